import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCompare } from "../../cli/compare/command";
import { environmentOf } from "../../cli/compare/sides/environment";
import { parseSide } from "../../cli/compare/sides/open";
import { sourceSide } from "../../cli/compare/sides/source";
import { CommandFailure } from "../../cli/options";
import { choice, definition } from "../intuneInstances";
import { CATALOGUE } from "../inventedCatalogue";

describe("the argument of a side", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-sides-"));
    writeFileSync(join(folder, "gpo.reg"), "");
    mkdirSync(join(folder, "program"));
    writeFileSync(join(folder, "program", "Pulumi.yml"), "");
  });

  after(() => rmSync(folder, { recursive: true }));

  it("is a tenant, a stack, a program, or anything else that is there", () => {
    assert.deepEqual(parseSide("tenant"), { kind: "tenant" });
    assert.deepEqual(parseSide("tenant:a.example"), { kind: "tenant", id: "a.example" });
    assert.deepEqual(parseSide("intune"), { kind: "intune" });
    assert.deepEqual(parseSide("intune:a.example"), { kind: "intune", id: "a.example" });
    assert.deepEqual(parseSide("stack:org/p/dev"), {
      kind: "stack",
      name: "org/p/dev",
      folder: ".",
    });
    assert.deepEqual(parseSide("stack:dev@../a@b"), {
      kind: "stack",
      name: "dev",
      folder: "../a@b",
    });
    const program = join(folder, "program");
    assert.deepEqual(parseSide(program), { kind: "program", path: program });
    const source = join(folder, "gpo.reg");
    assert.deepEqual(parseSide(source), { kind: "source", path: source });
    assert.deepEqual(parseSide(folder), { kind: "source", path: folder });
  });

  for (const [text, message] of [
    ["tenants", /^'tenants': there is no such file or folder\. A side is tenant, /],
    ["", /^'': there is no such file/],
    ["tenant:", /^'tenant:': it names no tenant/],
    ["intune:", /^'intune:': it names no tenant/],
    ["stack:", /^'stack:': it names no stack/],
    ["stack:@here", /^'stack:@here': it names no stack/],
    ["a\u001b[2Jb", /^'a \[2Jb': there is no such/],
  ] as const) {
    it(`is refused: ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => parseSide(text),
        (error) => error instanceof TypeError && message.test(error.message),
      );
    });
  }
});

describe("a comparison", () => {
  const run = (...sides: [string, string]) => runCompare(...sides, { format: "table" });
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-files-"));
    writeFileSync(join(folder, "list.csv"), "id,value\na;A,1\n");
    writeFileSync(join(folder, "none.txt"), "nothing");
    writeFileSync(join(folder, "catalogue.json"), "[]");
  });

  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string) => join(folder, name);

  it("is refused as wrong usage if a side is none, or a file has no catalogue", async () => {
    await assert.rejects(run("nothing", "tenant"), TypeError);
    await assert.rejects(run(file("list.csv"), file("list.csv")), (error) => {
      return (
        error instanceof TypeError && /give --catalogue office-settings\.json/.test(error.message)
      );
    });
    await assert.rejects(runCompare("tenant", "tenant", { format: "xml" }), TypeError);
  });

  it("fails with 2 and the name of the side if a file or the catalogue cannot be read", async () => {
    const given = { format: "table", catalogue: file("catalogue.json") };
    const failure = (message: RegExp) => (error: unknown) =>
      error instanceof CommandFailure && error.exitCode === 2 && message.test(error.message);
    await assert.rejects(runCompare("tenant", "tenant", given), failure(/catalogue\.json/));
    writeFileSync(file("catalogue.json"), JSON.stringify(CATALOGUE));
    const sides = [file("list.csv"), file("none.txt")] as const;
    await assert.rejects(
      runCompare(...sides, given),
      failure(/^right, [^ ]*none\.txt: it is text of another kind/),
    );
  });
});

describe("a GPO as a side", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-gpo-"));
  });

  after(() => rmSync(folder, { recursive: true }));

  it("says in a sentence each which of its conditions are not compared", () => {
    const namespace = "http://www.microsoft.com/GroupPolicy/Settings";
    const off = "<User><Enabled>false</Enabled></User>";
    const filter = "<FilterName>Laptops</FilterName>";
    const path = join(folder, "report.xml");
    writeFileSync(path, `<GPO xmlns="${namespace}"><Name>Office</Name>${off}${filter}</GPO>`);
    assert.deepEqual(sourceSide(path, CATALOGUE).notes, [
      '"Office" has a condition that is not compared: its settings for users are turned off',
      '"Office" has a condition that is not compared: the WMI filter "Laptops"',
    ]);
  });
});

describe("a file of Intune's as a side", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-intune-"));
  });

  after(() => rmSync(folder, { recursive: true }));

  const GROUP = "11111111-1111-4111-8111-111111111111";
  const FILTER = "22222222-2222-4222-8222-222222222222";
  const target = (type: string, more: object = {}) => ({
    target: { "@odata.type": `#microsoft.graph.${type}AssignmentTarget`, ...more },
  });
  const filter = {
    deviceAndAppManagementAssignmentFilterId: FILTER,
    deviceAndAppManagementAssignmentFilterType: "include",
  };

  function sideOf(...assignments: object[]) {
    const path = join(folder, "policy.json");
    const settingInstance = choice(definition("excel16v2", "l_macros"), "1");
    const settings = [{ id: "0", settingInstance }];
    writeFileSync(path, JSON.stringify({ name: "Macros", settings, assignments }));
    const { policies, notes } = sourceSide(path, CATALOGUE);
    return { audience: policies[0]?.audience, notes };
  }

  it("has the audience of its assignments, be it all users, a group or nobody", () => {
    assert.deepEqual(sideOf(target("allLicensedUsers")), {
      audience: { kind: "targets", targets: [{ all: "users" }], unread: 0 },
      notes: [],
    });
    const groups = { audience: { kind: "groups", ids: [GROUP] }, notes: [] };
    assert.deepEqual(sideOf(target("group", { groupId: GROUP })), groups);
    const include = { groupId: GROUP, filter: { include: FILTER } };
    assert.deepEqual(sideOf(target("group", { groupId: GROUP, ...filter })), {
      audience: { kind: "targets", targets: [include], unread: 0 },
      notes: [],
    });
    assert.deepEqual(sideOf(), { audience: { kind: "groups", ids: [] }, notes: [] });
  });

  it("is for others than groups if a target cannot be compared, and says which", () => {
    assert.deepEqual(sideOf(target("somebodyElses")), {
      audience: { kind: "others" },
      notes: [
        '"Macros" has a condition that is not compared: the assignment target somebodyElsesAssignmentTarget',
      ],
    });
  });
});

describe("the environment of a side", () => {
  const env = { PATH: "/bin", AZURE_CLIENT_ID: "a", AZURE_CLIENT_SECRET: "s", HTTPS_PROXY: "p" };

  it("is that of the process if no variable has its prefix", () => {
    assert.equal(environmentOf("left", env), env);
    assert.equal(environmentOf("left", { ...env, LEFT_HAND: "x" }).AZURE_CLIENT_ID, "a");
  });

  it("has its own variables in place of all that sign in, and keeps the others", () => {
    const both = { ...env, RIGHT_AZURE_CLIENT_ID: "b", LEFT_OFFICE_CONFIGURATION_ENDPOINT: "e" };
    const { PATH, HTTPS_PROXY, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET } = environmentOf(
      "right",
      both,
    );
    assert.deepEqual(
      [PATH, HTTPS_PROXY, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET],
      ["/bin", "p", "b", undefined],
    );
    const left = environmentOf("left", both);
    assert.deepEqual([left.OFFICE_CONFIGURATION_ENDPOINT, left.AZURE_CLIENT_ID], ["e", undefined]);
  });
});
