import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

const CONTOSO = "c0c0c0c0-0000-4000-8000-00000000000c";
const FABRIKAM = "fabfabfa-0000-4000-8000-00000000000f";

describe("a stack that is pointed at another tenant", () => {
  let contoso: Emulator;
  let fabrikam: Emulator;
  let project: TestProject;

  before(async () => {
    contoso = await createEmulator({ tenantId: CONTOSO });
    fabrikam = await createEmulator({ tenantId: FABRIKAM });
    project = await TestProject.create(contoso);
    project.policy({ displayName: "Baseline" });
    await project.up();
    // A tenant in which the same id would mean nothing, and a policy of the same name exists.
    fabrikam.store.insert({
      type: "#microsoft.graph.windowsOfficeClientConfiguration",
      displayName: "Other",
    });
    project.pointAt(fabrikam);
  });

  after(async () => {
    project.remove();
    await contoso.close();
    await fabrikam.close();
  });

  it("records the tenant with every resource", () => {
    const [policy] = project.policies();
    assert.equal(policy?.outputs?.tenantId, CONTOSO);
  });

  for (const [verb, args] of [
    ["preview", ["preview"]],
    ["up", ["up", "--yes", "--skip-preview"]],
    ["refresh", ["refresh", "--yes", "--skip-preview"]],
    ["destroy", ["destroy", "--yes", "--skip-preview"]],
  ] as const) {
    it(`is refused by ${verb}, which names both tenants and asks nothing of either`, async () => {
      const before = contoso.requests.length;
      const output = await project.fail(...args);
      assert.match(
        output,
        new RegExp(`Baseline is recorded in the tenant ${CONTOSO}, and .* tenant ${FABRIKAM}`),
      );
      assert.match(output, /officeConfiguration:onTenantChange to replace/);
      assert.deepEqual(fabrikam.requests, []);
      assert.equal(contoso.requests.length, before);
      assert.equal(project.policies().length, 1);
    });
  }

  it("is made anew where the user says so, and leaves the old tenant as it is", async () => {
    await project.run("config", "set", "officeConfiguration:onTenantChange", "replace");
    const preview = await project.preview();
    assert.match(
      preview,
      /Baseline: is recreated in fabfabfa.*; what is in c0c0c0c0.* stays there/,
    );
    const updated = await project.up();
    assert.match(updated, /Baseline: left as it is in the tenant c0c0c0c0/);
    assert.deepEqual(
      fabrikam.store.list().map(({ displayName }) => displayName),
      ["Other", "Baseline"],
    );
    assert.equal(contoso.store.list().length, 1);
    const [policy, ...others] = project.policies();
    assert.deepEqual(others, []);
    assert.equal(policy?.outputs?.tenantId, FABRIKAM);
    await project.run("config", "rm", "officeConfiguration:onTenantChange");
    assert.match(await project.preview(), /2 unchanged/);
  });
});

describe("a token for another tenant than the settings name", () => {
  it("is refused by a preview, before anything is sent", async () => {
    const emulator = await createEmulator({ tenantId: FABRIKAM });
    const project = await TestProject.create(emulator);
    try {
      project.policy({ displayName: "Baseline" });
      await project.run("config", "set", "officeConfiguration:tenantId", CONTOSO);
      assert.match(
        await project.fail("preview"),
        new RegExp(`"accessToken" is for the tenant ${FABRIKAM}, and .* is ${CONTOSO}`),
      );
      assert.deepEqual(emulator.requests, []);
    } finally {
      project.remove();
      await emulator.close();
    }
  });
});

describe("who signs in", () => {
  const MSA = "9188040d-6c67-4c5b-b112-36a304b66dad";

  for (const [what, tenantId, kind] of [
    ["an app", CONTOSO, "app"],
    ["a user with a work or school account", CONTOSO, "user"],
    ["a user with a personal Microsoft account", MSA, "user"],
  ] as const) {
    const isSupported = tenantId !== MSA;
    it(`may be ${what}: ${isSupported ? "yes" : "no, before anything is sent"}`, async () => {
      const emulator = await createEmulator({ tenantId });
      const project = await TestProject.create(emulator);
      try {
        project.env.OFFICE_CONFIGURATION_ACCESS_TOKEN = emulator.issueToken(kind);
        project.policy({ displayName: "Baseline" });
        if (isSupported) await project.up();
        else assert.match(await project.fail("preview"), /is a personal Microsoft account/);
        assert.equal(emulator.store.list().length, isSupported ? 1 : 0);
        assert.equal(emulator.requests.length > 0, isSupported);
      } finally {
        project.remove();
        await emulator.close();
      }
    });
  }
});
