import { strict as assert } from "node:assert";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { descendants, endProcess } from "../../scripts/processes";
import { documented } from "../emulator/ask";
import { TestProject } from "./support";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const COLLECTION = "/officeConfiguration/clientConfigurations";

const ARGS = {
  displayName: "Baseline",
  priority: 3,
  policies: [{ settingId: "office16;L_SendFeedback", value: "0" }],
  assignments: [GROUP],
};

describe("state and faults", () => {
  let emulator: Emulator;
  let project: TestProject;

  beforeEach(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
    project.policy(ARGS);
  });

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const replaceEmulator = async (options: EmulatorOptions) => {
    await emulator.close();
    const { tenantId } = emulator;
    emulator = await createEmulator({ tenantId, ...options });
    project.pointAt(emulator);
  };

  const posts = () =>
    emulator.writes().filter(({ method, path }) => method === "POST" && path === COLLECTION).length;

  it("stores a constant of at most 120 characters as the provider, and the line of the program", async () => {
    project.program(`
      new office.WindowsOfficeClientConfiguration("a", { displayName: "A" });
      new office.WindowsOfficeClientSecurityConfiguration("b", { displayName: "B" });`);
    await project.up();
    const [a, b] = project.policies();
    const text = (kind: string) =>
      `exports.handler = () => require("pulumi-office-configuration/runtime").${kind};`;
    assert.equal(a?.inputs?.__provider, text("WindowsOfficeClientConfiguration"));
    assert.equal(b?.inputs?.__provider, text("WindowsOfficeClientSecurityConfiguration"));
    assert.ok(text("WindowsOfficeClientSecurityConfiguration").length <= 120);
    assert.deepEqual(Object.keys(a?.outputs ?? {}).sort(), [
      "__owner",
      "__provider",
      "configurationId",
      "displayName",
      "lastModifiedDateTime",
      "tenantId",
    ]);
    const positions = [a, b].map((resource) => resource?.sourcePosition?.replace(/,\d+$/, ""));
    assert.deepEqual(positions, ["project:///index.js#4", "project:///index.js#5"]);
  });

  for (const drop of ["before", "after"] as const) {
    it(`makes one object when the connection breaks ${drop} a POST is carried out`, async () => {
      emulator.addFault({ match: `POST ${COLLECTION}`, drop });
      await project.up();
      assert.equal(emulator.store.list().length, 1);
      assert.equal(posts(), drop === "before" ? 2 : 1);
      assert.match(await project.up(), /2 unchanged/);
    });
  }

  it("makes one object when the answer to a POST is cut in the middle", async () => {
    emulator.addFault({ match: `POST ${COLLECTION}`, truncate: true });
    await project.up();
    assert.equal(emulator.store.list().length, 1);
    assert.equal(posts(), 1);
  });

  it("takes nothing over that has the same name and another content", async () => {
    const other = emulator.store.insert({
      type: "#microsoft.graph.windowsOfficeClientConfiguration",
      displayName: "Baseline",
      priority: 9,
      policyPayload: [],
    });
    project.policy({ ...ARGS, allowDuplicateName: true });
    await project.up();
    assert.equal(emulator.store.list().length, 2);
    assert.equal(String(emulator.store.get(other.id)?.policyPayload), "[]");
  });

  it("keeps the id when a later step fails, and finishes the work in the next update", async () => {
    await replaceEmulator({ mode: { assignmentsInPost: "ignored" } });
    emulator.addFault({ match: "POST *assign", status: 400, message: "Not now." });
    assert.match(
      await project.fail("up", "--yes", "--skip-preview"),
      /Assigning groups to client configuration "Baseline" failed: 400/,
    );
    const [partial] = project.policies();
    assert.equal(partial?.id, emulator.store.list()[0]?.id);
    assert.equal(partial?.initErrors?.length, 1);
    await project.up();
    assert.equal(emulator.store.list().length, 1);
    assert.equal(emulator.store.list()[0]?.assignments.length, 1);
    assert.equal(posts(), 1);
    assert.match(await project.up(), /2 unchanged/);
  });

  it("waits for what is not visible right after it was made", async () => {
    await replaceEmulator({
      mode: { assignmentsInPost: "ignored", visibleAfterReads: 2 },
    });
    await project.up();
    assert.equal(emulator.store.list()[0]?.assignments.length, 1);
  });

  for (const status of [429, 503, 504]) {
    it(`waits as Retry-After says on ${status}, and makes one object`, async () => {
      emulator.addFault({ match: `POST ${COLLECTION}`, status, retryAfterSeconds: 2 });
      await project.up();
      const [first, second] = emulator
        .writes()
        .filter(({ path }) => path === COLLECTION)
        .map(({ at }) => Date.parse(at));
      assert.ok((second ?? 0) - (first ?? 0) >= 2000);
      assert.equal(emulator.store.list().length, 1);
    });
  }

  it("refuses an id that belongs to the other type, and names both", async () => {
    await project.up();
    const [object] = emulator.store.list();
    assert.ok(object);
    Object.assign(object, { type: "#microsoft.graph.windowsOfficeClientSecurityConfiguration" });
    const shown = await project.fail("refresh", "--yes", "--skip-preview");
    assert.match(
      shown,
      /belongs to a windowsOfficeClientSecurityConfiguration, and this resource is a windowsOfficeClientConfiguration/,
    );
    assert.equal(project.policies().length, 1);
  });

  it("reads an object by its id without managing it, and fails where there is none", async () => {
    const { id } = emulator.store.insert({
      type: "#microsoft.graph.windowsOfficeClientConfiguration",
      displayName: "By hand",
      policyPayload: ARGS.policies,
      groupIds: [GROUP],
    });
    project.program(`
      const found = office.WindowsOfficeClientConfiguration.get("found", ${JSON.stringify(id)});
      exports.name = found.displayName;
      exports.policies = found.policies;`);
    const shown = await project.up();
    assert.match(shown, /name *: "By hand"/);
    assert.match(shown, /office16;L_SendFeedback: "0"/);
    assert.deepEqual(emulator.writes(), []);
    project.program('office.WindowsOfficeClientConfiguration.get("found", "no-such-id");');
    assert.match(
      await project.fail("up", "--yes", "--skip-preview"),
      /no client configuration with the id no-such-id/,
    );
  });

  it("keeps check-in data out of the state unless it is asked for", async () => {
    await project.up();
    const [plain] = project.policies();
    assert.equal(plain?.outputs?.userCheckinSummary, undefined);
    project.policy({ ...ARGS, includeCheckinData: true });
    const before = emulator.writes().length;
    await project.up();
    const [asked] = project.policies();
    assert.deepEqual(documented(asked?.outputs?.userCheckinSummary), {
      failedUserCount: 0,
      succeededUserCount: 0,
    });
    const [object] = emulator.store.list();
    emulator.store.patch(object?.id ?? "", {
      userCheckinSummary: { failedUserCount: 1, succeededUserCount: 7 },
    });
    await project.refresh();
    assert.match(await project.preview(), /2 unchanged/);
    assert.equal(emulator.writes().length, before);
  });

  it("says what Graph refused, with its request id and what to do, and sends it once", async () => {
    emulator.addFault({
      match: `POST ${COLLECTION}`,
      times: 5,
      status: 403,
      message: "Insufficient privileges.",
      intuneStyle: true,
    });
    const shown = await project.fail("up", "--yes", "--skip-preview");
    assert.match(
      shown,
      /Creating client configuration "Baseline" failed: 403 accessDenied "Insufficient privileges/,
    );
    assert.match(shown, /request-id [0-9a-f-]{36}/);
    assert.match(shown, /DeviceManagementConfiguration\.ReadWrite\.All/);
    assert.equal(posts(), 1);
    assert.deepEqual(project.policies(), []);
  });

  it("ends with one object a resource after the engine was killed in the middle", async () => {
    await replaceEmulator({ latencyMs: 1000 });
    const names = ["A", "B", "C", "D", "E", "F"];
    project.program(
      names
        .map(
          (name) =>
            `new office.WindowsOfficeClientConfiguration("${name}", { displayName: "${name}" });`,
        )
        .join("\n"),
    );
    const killed = project.start("up", "--yes", "--skip-preview");
    const ended = once(killed, "exit");
    while (posts() === 0 && killed.exitCode === null) await wait(20);
    // Its provider process survives it, as it does in real life; the test ends it.
    const orphans = descendants(killed.pid);
    killed.kill("SIGKILL");
    await ended;
    await project.run("cancel", "--yes");
    await project.up();
    assert.deepEqual(
      emulator.store
        .list()
        .map(({ displayName }) => displayName)
        .sort(),
      names,
    );
    assert.equal(project.policies().length, names.length);
    assert.match(await project.up(), /7 unchanged/);
    for (const { pid } of orphans) endProcess(pid);
  });
});

describe("a name that the tenant has already", () => {
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

  it("is free where its policy is of the other kind", async () => {
    emulator.store.insert({
      type: "#microsoft.graph.windowsOfficeClientSecurityConfiguration",
      displayName: "Baseline",
    });
    project.policy({ displayName: "Baseline" });
    await project.up();
    assert.equal(emulator.store.list().length, 2);
  });

  it("belongs to several resources of one stack only where the program allows it", async () => {
    const twins = (args: object, ...names: string[]) =>
      project.program(
        names
          .map((name) => {
            const given = JSON.stringify({ displayName: "Twin", ...args });
            return `new office.WindowsOfficeClientConfiguration("${name}", ${given});`;
          })
          .join("\n"),
      );
    twins({}, "a", "b");
    assert.match(
      await project.fail("preview"),
      /displayName is also the name of the resource "[ab]", of the same kind/,
    );
    twins({}, "a");
    await project.up();
    twins({}, "b", "a");
    // Which of the two the engine tells of first is not certain; the preview fails in any case, and says why.
    const shown = await project.fail("preview");
    assert.match(shown, /is refused|, of the same kind|a new resource of the program wants it too/);
    twins({ allowDuplicateName: true }, "b", "a");
    await project.up();
    const ids = project.policies().map(({ id }) => id);
    assert.equal(new Set(ids).size, 2);
    assert.equal(emulator.store.list().length, 2);
  });
});
