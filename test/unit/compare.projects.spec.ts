import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readProject } from "../../cli/compare/sides/project";
import { sideOfState } from "../../cli/compare/sides/stack";
import { UNKNOWN } from "../../provider/settings/json";

const GROUP = "11111111-1111-4111-8111-11111111111a";

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
          lastModifiedDateTime: "2026-11-21T14:02:00Z",
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
    assert.deepEqual([a?.lastModified, b?.lastModified], ["2026-11-21T14:02:00Z", undefined]);
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
      policies.map(({ name, id, rank }) => [name, id, rank?.place, rank?.isOfOrder]),
      [
        ["A", "id-0", 5, true],
        ["B", "id-1", 4, true],
        ["Theirs, patched by r3", "other", undefined, undefined],
      ],
    );
  });

  it("has no places in two orders, and no priority that is secret", () => {
    const order = (...configurationIds: string[]) => ({
      type: type("OfficeClientConfigurationPriorities"),
      outputs: { configurationIds },
    });
    const policies = [{ outputs: { displayName: "A" } }, { outputs: { displayName: "B" } }];
    const ranks = (...orders: Record<string, unknown>[]) =>
      side(...policies, ...orders).policies.map(({ rank }) => rank?.place);
    assert.deepEqual(ranks(order("id-1", "id-0")), [1, 0]);
    assert.deepEqual(ranks(order("id-0"), order("id-1")), [undefined, undefined]);
    const secret = { displayName: "A", priority: 3, __secrets: ["priority"] };
    assert.equal(side({ outputs: secret }).policies[0]?.rank, undefined);
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
