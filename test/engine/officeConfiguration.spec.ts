import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { UPDATE_SINGLETON } from "../apiPages";
import { documented } from "../emulator/ask";
import { TestProject } from "./support";

const SUMMARY = { succeededUserCount: 2, failedUserCount: 15 };

describe("officeConfiguration", () => {
  let emulator: Emulator;
  let project: TestProject;

  beforeEach(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
  });

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const declare = (args: object, name = "tenant") =>
    project.program(`
      const tenant = new office.OfficeConfiguration("${name}", ${JSON.stringify(args)});
      exports.summary = tenant.tenantUserCheckinSummary;
      exports.statuses = tenant.tenantCheckinStatuses;`);

  const signInAsUser = () => {
    project.env.OFFICE_CONFIGURATION_ACCESS_TOKEN = emulator.issueToken("user");
  };

  const outputs = async () =>
    documented(
      JSON.parse(await project.run("stack", "output", "--json")) as Record<string, unknown>,
    );

  const methods = () => emulator.requests.map(({ method, path }) => `${method} ${path}`);

  it("only reads where nothing is given, which an app may do", async () => {
    emulator.store.singleton.tenantUserCheckinSummary = SUMMARY;
    declare({});
    await project.up();
    assert.deepEqual(methods(), ["GET /officeConfiguration"]);
    assert.deepEqual(await outputs(), { summary: SUMMARY });
  });

  it("takes check-in data that changes by itself for no drift", async () => {
    declare({ includeCheckinStatuses: true });
    await project.up();
    emulator.store.singleton.tenantUserCheckinSummary = SUMMARY;
    emulator.store.singleton.tenantCheckinStatuses = UPDATE_SINGLETON.tenantCheckinStatuses;
    assert.match(await project.run("preview", "--refresh", "--expect-no-changes"), /2 unchanged/);
    assert.doesNotMatch(await project.refresh(), /changed in the tenant|=>/);
    assert.match(await project.up(), /2 unchanged/);
    assert.deepEqual(await outputs(), {
      summary: SUMMARY,
      statuses: UPDATE_SINGLETON.tenantCheckinStatuses,
    });
    assert.deepEqual(emulator.writes(), []);
  });

  it("is written as the API page's example is, by a user, and only where it differs", async () => {
    signInAsUser();
    const { tenantUserCheckinSummary, tenantCheckinStatuses } = UPDATE_SINGLETON;
    declare({ tenantUserCheckinSummary, tenantCheckinStatuses, includeCheckinStatuses: true });
    await project.up();
    assert.deepEqual(
      emulator.writes().map(({ method, path, body }) => ({ method, path, body })),
      [{ method: "PATCH", path: "/officeConfiguration", body: UPDATE_SINGLETON }],
    );
    assert.deepEqual(emulator.store.singleton, { tenantUserCheckinSummary, tenantCheckinStatuses });
    assert.match(await project.up(), /2 unchanged/);

    // A new report of the tenant is no reason to write the singleton again.
    const since = { ...SUMMARY, succeededUserCount: 9 };
    Object.assign(emulator.store.singleton, { tenantUserCheckinSummary: since });
    assert.doesNotMatch(await project.refresh(), /changed in the tenant/);
    assert.match(await project.up(), /2 unchanged/);

    declare({ tenantUserCheckinSummary: SUMMARY, tenantCheckinStatuses });
    assert.match(await project.up(), /1 updated/);
    assert.equal(emulator.writes().length, 1);

    const changed = { succeededUserCount: 3, failedUserCount: 15 };
    declare({ tenantUserCheckinSummary: changed, tenantCheckinStatuses });
    assert.match(
      await project.preview(),
      /officeConfiguration: tenantUserCheckinSummary => \{"failedUserCount":15,"succeededUserCount":3\}/,
    );
    await project.up();
    assert.deepEqual(emulator.writes()[1]?.body, {
      "@odata.type": UPDATE_SINGLETON["@odata.type"],
      tenantUserCheckinSummary: {
        "@odata.type": "microsoft.graph.officeUserCheckinSummary",
        ...changed,
      },
    });
  });

  it("writes nothing where the tenant says the same already", async () => {
    signInAsUser();
    emulator.store.singleton.tenantUserCheckinSummary = SUMMARY;
    declare({ tenantUserCheckinSummary: SUMMARY });
    await project.up();
    assert.deepEqual(emulator.writes(), []);
  });

  it("is refused to an app on its own before anything is sent, with who could write it", async () => {
    declare({ tenantUserCheckinSummary: SUMMARY });
    const output = await project.fail("up", "--yes", "--skip-preview");
    assert.match(output, /cannot be written by an app on its own/);
    assert.match(output, /takes delegated permissions only/);
    assert.match(output, /Microsoft's page "Update officeConfiguration"/);
    assert.match(output, /DeviceManagementConfiguration\.ReadWrite\.All/);
    assert.match(
      output,
      /officeConfiguration:credential deviceCode and an app registration of your own, or give a user's token \(officeConfiguration:accessToken\)/,
    );
    assert.deepEqual(emulator.requests, []);
  });

  it("is refused to an app in an update too, and can be read by it all the same", async () => {
    declare({});
    await project.up();
    const before = emulator.requests.length;
    declare({ tenantUserCheckinSummary: SUMMARY });
    assert.match(
      await project.fail("up", "--yes", "--skip-preview"),
      /cannot be written by an app on its own/,
    );
    assert.equal(emulator.requests.length, before);
    declare({});
    await project.up();
  });

  it("stays as it is in the tenant when the resource is deleted, and says so", async () => {
    signInAsUser();
    declare({ tenantUserCheckinSummary: SUMMARY });
    await project.up();
    const before = emulator.requests.length;
    assert.match(
      await project.destroy(),
      /the tenant keeps it as it is; only the resource is gone/,
    );
    assert.equal(emulator.requests.length, before);
  });

  it("keeps in the tenant what the program no longer gives", async () => {
    signInAsUser();
    declare({ tenantUserCheckinSummary: SUMMARY });
    await project.up();
    declare({});
    assert.match(await project.preview(), /tenantUserCheckinSummary is left as it is/);
    await project.up();
    assert.equal(emulator.writes().length, 1);
    assert.deepEqual(await outputs(), {
      summary: { "@odata.type": "microsoft.graph.officeUserCheckinSummary", ...SUMMARY },
    });
  });

  it("can be read without being managed", async () => {
    emulator.store.singleton.tenantUserCheckinSummary = SUMMARY;
    project.program(`
      const tenant = office.OfficeConfiguration.get("tenant");
      exports.summary = tenant.tenantUserCheckinSummary;`);
    await project.up();
    assert.deepEqual(await outputs(), { summary: SUMMARY });
    // How the program ran is told to the provider, and kept in no state.
    assert.doesNotMatch(await project.run("stack", "export"), /__run|isPreview/);
    await project.destroy();
    assert.ok(methods().every((method) => method === "GET /officeConfiguration"));
  });

  it("can be one resource of a stack, not two", async () => {
    project.program(`
      new office.OfficeConfiguration("one");
      new office.OfficeConfiguration("two");`);
    const output = await project.fail("preview");
    assert.match(
      output,
      /A tenant has one officeConfiguration, and the resource "(one|two)" has it already/,
    );
    assert.deepEqual(emulator.requests, []);
  });

  it("has every problem of its inputs named at once", async () => {
    declare({
      tenantUserCheckinSummary: { succeededUserCount: -1 },
      tenantCheckinStatuses: [{ userId: "a", wasSuccessful: true, checkinDateTime: "today" }],
      includeCheckinStatus: true,
    });
    const output = await project.fail("preview");
    for (const part of [
      /tenantUserCheckinSummary\.succeededUserCount must not be negative/,
      /tenantUserCheckinSummary\.failedUserCount is required/,
      /tenantCheckinStatuses\[0\]\.checkinDateTime must be an ISO 8601 time/,
      /includeCheckinStatus is no known name; did you mean "includeCheckinStatuses"\?/,
    ]) {
      assert.match(output, part);
    }
  });

  it("is an error where the tenant does not serve the API, and is never gone", async () => {
    declare({});
    await project.up();
    emulator.addFault({
      match: "GET /officeConfiguration",
      times: 9,
      status: 400,
      code: "BadRequest",
      message: "Resource not found for the segment 'officeConfiguration'.",
    });
    assert.match(
      await project.fail("refresh", "--yes", "--skip-preview"),
      /This tenant's Graph does not serve the beta API \/officeConfiguration/,
    );
    emulator.addFault({ match: "GET /officeConfiguration", times: 9, status: 404 });
    await project.fail("refresh", "--yes", "--skip-preview");
    assert.equal(project.policies().length, 1);
  });

  it("masks what is secret, and keeps it encrypted", async () => {
    signInAsUser();
    project.program(`
      new office.OfficeConfiguration("tenant", {
        tenantCheckinStatuses: pulumi.secret([{
          userId: "planted-7b1e", wasSuccessful: true, checkinDateTime: "2026-01-01T00:00:00Z",
        }]),
        includeCheckinStatuses: true,
      });`);
    assert.doesNotMatch(await project.preview(), /planted-7b1e/);
    assert.doesNotMatch(await project.up(), /planted-7b1e/);
    assert.doesNotMatch(project.stateText(), /planted-7b1e/);
    assert.match(JSON.stringify(emulator.store.singleton), /planted-7b1e/);
    const [resource] = project.policies();
    // A hash of few possible values could be guessed.
    assert.ok("ciphertext" in ((resource?.outputs?.__written ?? {}) as object));
    assert.doesNotMatch(await project.refresh(), /planted-7b1e/);
    assert.doesNotMatch(project.stateText(), /planted-7b1e/);
  });
});
