import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCompare } from "../../cli/compare/command";
import { environmentOf } from "../../cli/compare/sides/environment";
import { parseSide } from "../../cli/compare/sides/open";
import { readProject } from "../../cli/compare/sides/project";
import { sideOfState } from "../../cli/compare/sides/stack";
import { CommandFailure } from "../../cli/options";
import { UNKNOWN } from "../../provider/settings/json";
import { CATALOGUE } from "../inventedCatalogue";

const GROUP = "11111111-1111-4111-8111-11111111111a";

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

describe("the project of a program", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-project-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  it("runs in the folder of its main file, in TypeScript, if it does not say otherwise", () => {
    write("Pulumi.yaml", "name: p\nruntime: nodejs\n");
    assert.deepEqual(readProject(folder, undefined), {
      name: "p",
      root: folder,
      folder,
      main: ".",
      isTypeScript: true,
      tsconfig: undefined,
      nodeArguments: [],
      config: {},
      secretKeys: [],
    });
    mkdirSync(join(folder, "src"));
    write(
      "Pulumi.yaml",
      "name: p\nmain: src\nruntime:\n  name: nodejs\n  options: { typescript: false, tsconfig: t.json, nodeargs: --a  --b }\n",
    );
    const project = readProject(folder, undefined);
    assert.deepEqual([project.folder, project.main], [join(folder, "src"), "."]);
    assert.deepEqual([project.isTypeScript, project.tsconfig], [false, "t.json"]);
    assert.deepEqual(project.nodeArguments, ["--a", "--b"]);
    write("Pulumi.yaml", "name: p\nmain: src/main.js\nruntime: nodejs\n");
    const { folder: place, main } = readProject(folder, undefined);
    assert.deepEqual([place, main], [join(folder, "src"), "main.js"]);
  });

  it("has the configuration of a stack, and defaults of its own; secrets are not known", () => {
    mkdirSync(join(folder, "stacks"));
    write(
      "Pulumi.yaml",
      "name: p\nruntime: nodejs\nstackConfigDir: stacks\nconfig:\n  a: { default: 1 }\n  b: { type: string }\n  azure:c: 2\n  d: { value: x }\n",
    );
    write(
      "stacks/Pulumi.dev.yaml",
      "config:\n  p:d: own\n  list: [1]\n  secret: { secure: AAA }\n  deep: { x: { secure: BBB }, y: 1 }\n  on: true\n",
    );
    const { config, secretKeys } = readProject(folder, "org/p/dev");
    assert.deepEqual(config, {
      "p:a": "1",
      "azure:c": "2",
      "p:d": "own",
      "p:list": "[1]",
      "p:secret": UNKNOWN,
      "p:deep": JSON.stringify({ x: UNKNOWN, y: 1 }),
      "p:on": "true",
    });
    assert.deepEqual(secretKeys, ["p:secret", "p:deep"]);
    assert.deepEqual(readProject(folder, undefined).config, {
      "p:a": "1",
      "azure:c": "2",
      "p:d": "x",
    });
  });

  for (const [what, text, message] of [
    [
      "has another runtime",
      "name: p\nruntime: python\n",
      /runs on python; only programs for nodejs/,
    ],
    ["has no name", "runtime: nodejs\n", /Pulumi\.yaml: name: /],
    ["is no YAML", "name: [", /Pulumi\.yaml cannot be read: /],
    ["is too large", `name: p\nruntime: nodejs\n#${"x".repeat(1_050_000)}`, /is larger than 1 MB/],
    ["has no such stack", "name: p\nruntime: nodejs\n", /there is no .*Pulumi\.other\.yaml/],
  ] as const) {
    it(`is refused if it ${what}`, () => {
      write("Pulumi.yaml", text);
      assert.throws(
        () => readProject(folder, "other"),
        (error) => error instanceof TypeError && message.test(error.message),
      );
    });
  }
});

describe("the state of a stack", () => {
  const type = (kind: string) => `pulumi-nodejs:dynamic/officeConfiguration:${kind}`;
  const CIPHERTEXT = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: "AAAA",
  };

  function side(...resources: Record<string, unknown>[]) {
    const all = resources.map((resource, place) => ({
      type: type("WindowsOfficeClientConfiguration"),
      urn: `urn:pulumi:dev::p::t::r${place}`,
      id: `id-${place}`,
      ...resource,
    }));
    return sideOfState("stack dev", JSON.stringify({ deployment: { resources: all } }));
  }

  it("has the policies that it manages", () => {
    const { policies, tenantId } = side(
      {
        outputs: {
          displayName: "A",
          priority: 3,
          policies: { "a;A": "1" },
          assignments: [GROUP],
          tenantId: "t",
        },
      },
      {
        outputs: { displayName: "B", tenantId: "t" },
        type: type("WindowsOfficeClientSecurityConfiguration"),
      },
      { outputs: { displayName: "replaced" }, delete: true },
      { outputs: { displayName: "read" }, external: true },
      { outputs: { displayName: "foreign" }, type: "azuread:index/group:Group" },
    );
    assert.deepEqual(
      policies.map(({ name }) => name),
      ["A", "B"],
    );
    const [a, b] = policies;
    assert.deepEqual(a?.rank, { scale: "priority", place: 3 });
    assert.deepEqual(a?.audience, { kind: "groups", ids: [GROUP] });
    assert.deepEqual(a?.payloads, { policies: { "a;A": "1" }, userPreferences: undefined });
    assert.deepEqual([b?.audience, b?.rank], [{ kind: "unsaid" }, undefined]);
    assert.equal(tenantId, "t");
  });

  it("does not know what is encrypted, and marks it as secret", () => {
    const [policy] = side({
      outputs: {
        displayName: CIPHERTEXT,
        priority: CIPHERTEXT,
        assignments: [CIPHERTEXT],
        policies: { "a;A": CIPHERTEXT, "a;B": { value: CIPHERTEXT, type: "REG_SZ" }, "a;C": "1" },
        userPreferences: CIPHERTEXT,
      },
    }).policies;
    assert.deepEqual([policy?.name, policy?.rank], ["[secret]", undefined]);
    assert.deepEqual(policy?.audience, { kind: "unknown" });
    assert.deepEqual(policy?.payloads, {
      policies: { "a;A": UNKNOWN, "a;B": { value: UNKNOWN, type: "REG_SZ" }, "a;C": "1" },
      userPreferences: UNKNOWN,
    });
    const secret = ["a;A", "a;B", "a;C"].map((key) => policy?.isSecret?.("policies", key));
    assert.deepEqual(secret, [true, true, false]);
    assert.equal(policy?.isSecret?.("userPreferences", "x"), true);
  });

  it("has the order of policies, and patches of others'", () => {
    const { policies } = side(
      { outputs: { displayName: "A", priority: 9 } },
      { outputs: { displayName: "B" } },
      {
        type: type("OfficeClientConfigurationPriorities"),
        outputs: {
          configurationIds: ["id-1", "id-0"],
          configurations: [
            { configurationId: "id-1", displayName: "B", priority: 4 },
            { configurationId: "id-0", displayName: "A", priority: 5 },
          ],
        },
      },
      {
        type: type("OfficeClientConfigurationPatch"),
        outputs: { configurationId: "other", displayName: "Theirs", policies: { "a;A": "1" } },
      },
    );
    assert.deepEqual(
      policies.map(({ name, id, rank }) => [name, id, rank?.place]),
      [
        ["A", "id-0", 5],
        ["B", "id-1", 4],
        ["Theirs, patched by r3", "other", undefined],
      ],
    );
  });

  it("is of no tenant if its resources are in two, which it says", () => {
    const { tenantId, notes } = side(
      { outputs: { tenantId: "a" } },
      { outputs: { tenantId: "b" } },
    );
    assert.deepEqual([tenantId, notes], [undefined, ["its resources are in 2 tenants"]]);
  });

  it("may be empty, and is refused if it is none", () => {
    assert.deepEqual(sideOfState("s", '{"version":3,"deployment":{}}').policies, []);
    assert.deepEqual(sideOfState("s", '{"deployment":null}').policies, []);
    for (const text of ["", "[]", "null", '{"deployment":{"resources":[{"type":1}]}}']) {
      assert.throws(() => sideOfState("s", text), /printed no state/);
    }
  });
});
