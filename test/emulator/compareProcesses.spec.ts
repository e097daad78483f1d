import { strict as assert } from "node:assert";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { programSide } from "../../cli/compare/sides/program";
import { stackSide } from "../../cli/compare/sides/stack";
import { createEmulator } from "../../emulator";
import { UNKNOWN } from "../../provider/settings/json";

const ROOT = join(__dirname, "..", "..");
const GROUP = "11111111-1111-4111-8111-11111111111a";

/** The program has this package from its sources. */
const HEAD = `require("ts-node").register({ transpileOnly: true, project: ${JSON.stringify(join(ROOT, "tsconfig.json"))} });
const pulumi = require("@pulumi/pulumi");
const office = require(${JSON.stringify(join(ROOT, "provider"))});
`;

describe("the sides of a comparison that start a process", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-processes-"));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    const options = "runtime:\n  name: nodejs\n  options: { typescript: false }\n";
    writeFileSync(join(folder, "Pulumi.yaml"), `name: test\n${options}`);
    writeFileSync(
      join(folder, "Pulumi.dev.yaml"),
      `config:\n  level: 3\n  hidden: { secure: AAAA }\n  officeConfiguration:tenantId: ${GROUP}\n`,
    );
    writeFileSync(join(folder, "package.json"), "{}");
  });

  after(() => rmSync(folder, { recursive: true }));

  function evaluate(body: string, stack?: string) {
    writeFileSync(join(folder, "index.js"), HEAD + body);
    return programSide({ path: folder, stack, log: () => {} });
  }

  describe("a program", () => {
    it("has its policies, with what depends on others not known", async () => {
      const side = await evaluate(
        `
        const config = new pulumi.Config();
        class Group extends pulumi.CustomResource {
          constructor(name) { super("azuread:index/group:Group", name, { objectId: undefined }); }
        }
        const group = new Group("all");
        const a = new office.WindowsOfficeClientConfiguration("a", {
          displayName: "A",
          policies: { "a;Level": config.requireNumber("level"), "a;Group": group.objectId },
          userPreferences: { "a;Own": pulumi.secret("own"), "a;Hidden": config.requireSecret("hidden") },
          assignments: [group.objectId],
        });
        const b = new office.WindowsOfficeClientSecurityConfiguration("b", {
          adopt: { id: "adopted" }, displayName: "B", assignments: ["${GROUP}"],
        });
        new office.OfficeClientConfigurationPriorities("order", { configurationIds: [b.id, a.id] });
        new office.OfficeClientConfigurationPatch("p", { configurationId: "theirs", policies: { "a;P": "1" } });
        office.WindowsOfficeClientConfiguration.get("read", "other");
        module.exports = { name: a.displayName };`,
        "dev",
      );
      const [a, b, patch] = side.policies;
      assert.deepEqual(
        side.policies.map(({ name, id, rank, audience }) => [name, id, rank?.place, audience.kind]),
        [
          ["A", "new a", 1, "unknown"],
          ["B", "adopted", 0, "groups"],
          ["patch p", "theirs", undefined, "unsaid"],
        ],
      );
      assert.deepEqual(a?.payloads, {
        policies: { "a;Level": "3", "a;Group": UNKNOWN },
        userPreferences: { "a;Own": "own", "a;Hidden": UNKNOWN },
      });
      const keys = ["a;Own", "a;Hidden"].map((key) => a?.isSecret?.("userPreferences", key));
      assert.deepEqual([...keys, a?.isSecret?.("policies", "a;Level")], [true, true, false]);
      assert.deepEqual(b?.audience, { kind: "groups", ids: [GROUP] });
      assert.deepEqual(patch?.payloads.policies, { "a;P": "1" });
      assert.equal(side.tenantId, GROUP);
      assert.match(side.title, /^program test in .* with the configuration of dev$/);
      assert.deepEqual(side.notes, [
        "the secrets of the configuration are not decrypted: test:hidden",
      ]);
    });

    it("asks no tenant, even if it could, and says what was not asked", async () => {
      const emulator = await createEmulator();
      const env = { ...process.env };
      Object.assign(process.env, {
        OFFICE_CONFIGURATION_ENDPOINT: emulator.url,
        OFFICE_CONFIGURATION_ACCESS_TOKEN: emulator.accessToken,
      });
      try {
        const { policies, notes } = await evaluate(`
          module.exports = async () => {
            const one = await office.getOfficeClientConfiguration({ displayName: "Theirs" });
            const all = await office.getOfficeClientConfigurations();
            pulumi.runtime.invoke("azuread:index/getGroup:getGroup", {});
            new office.WindowsOfficeClientConfiguration("a", {
              displayName: one.displayName, policies: one.policies, description: String(all.length),
            });
          };`);
        assert.deepEqual(
          policies.map(({ name, payloads }) => [name, payloads.policies]),
          [["a", UNKNOWN]],
        );
        assert.deepEqual(
          notes.map((note) => /^the program calls (\S+), which is not asked/.exec(note)?.[1]),
          [
            "getOfficeClientConfiguration",
            "getOfficeClientConfigurations",
            "azuread:index/getGroup:getGroup",
          ],
        );
        assert.deepEqual(emulator.requests, []);
      } finally {
        for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
        await emulator.close();
      }
    });

    it("is noted if a preview would refuse it, or if it is changed by what only an engine calls", async () => {
      const { notes } = await evaluate(`
        pulumi.runtime.registerResourceTransform(() => undefined);
        new office.WindowsOfficeClientConfiguration("a", { displayName: " " });
        new office.WindowsOfficeClientConfiguration("b", {
          displayName: "B",
          policies: [{ settingId: "a;A", value: pulumi.secret("planted") }, { settingId: "a;B", valu: 1 }],
        });`);
      assert.match(notes[0] ?? "", /^the program's resource transforms are not run/);
      assert.match(
        notes[1] ?? "",
        /^a preview would refuse the policy a: displayName must be a text/,
      );
      assert.match(notes[2] ?? "", /^a preview would refuse the policy b: policies\[[^ ]*$/);
      assert.equal(notes.length, 3);
    });

    for (const [what, body, message] of [
      [
        "throws",
        `throw new Error("its own\\nwords");`,
        /^the program failed: Error: its own words$/,
      ],
      ["rejects", `Promise.reject(new Error("later"));`, /^the program failed: Error: later$/],
      ["ends itself", "process.exit(0);", /it ended with exit code 0, before all was evaluated$/],
      [
        "lacks configuration",
        `new pulumi.Config().require("x");`,
        /Missing required configuration variable 'test:x'.*--stack <name> gives it/,
      ],
    ] as const) {
      it(`fails with its own words if it ${what}`, async () => {
        await assert.rejects(
          evaluate(body),
          (error) => error instanceof Error && message.test(error.message),
        );
      });
    }

    it("needs its packages", async () => {
      const bare = mkdtempSync(join(tmpdir(), "office-configuration-bare-"));
      writeFileSync(join(bare, "Pulumi.yaml"), "name: bare\nruntime: nodejs\n");
      try {
        const options = { path: bare, stack: undefined, log: () => {} };
        await assert.rejects(
          programSide(options),
          /there is no node_modules in .*: run `npm install` there/,
        );
      } finally {
        rmSync(bare, { recursive: true });
      }
    });
  });

  describe("a stack", () => {
    const path = process.env.PATH;

    afterEach(() => {
      process.env.PATH = path;
    });

    /** Puts a program `pulumi` in the place of the real one. */
    function pulumi(script: string): void {
      const bin = mkdtempSync(join(folder, "bin-"));
      writeFileSync(join(bin, "pulumi"), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin, "pulumi"), 0o755);
      process.env.PATH = `${bin}${delimiter}${path}`;
    }

    const read = () => stackSide({ name: "dev", folder, log: () => {} });

    it("is exported without its secrets", async () => {
      pulumi(`[ "$*" = "stack export --stack=dev --cwd=${folder} --non-interactive" ] || exit 9
        echo '{ "deployment": { "resources": [] } }'`);
      const nothing = { policies: [], left: [], notes: [], copilotSettings: 0 };
      assert.deepEqual(await read(), { title: "stack dev", ...nothing });
    });

    it("fails with the words of Pulumi's CLI", async () => {
      pulumi("echo \"error: no stack named 'dev' found\" >&2; exit 6");
      await assert.rejects(
        read(),
        /^Error: `pulumi stack export` failed: no stack named 'dev' found$/,
      );
    });

    it("needs Pulumi's CLI", async () => {
      process.env.PATH = folder;
      await assert.rejects(read(), /^Error: the program `pulumi` is not on the PATH: install/);
    });
  });
});
