import { strict as assert } from "node:assert";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runConvert } from "../../cli/convert/command";
import { readBaseline } from "../../provider/settings/baseline";
import { runCommand } from "../commandLine";
import { wideFile } from "../policyFiles";
import { DEFINED_CATALOGUE, REGISTRY_CATALOGUE } from "../registryCatalogue";

const OFFICE = "HKEY_CURRENT_USER\\Software\\Policies\\Microsoft\\Office\\16.0";

const export_ = (...lines: string[]) =>
  wideFile(`Windows Registry Editor Version 5.00\n\n${lines.join("\n")}\n`);

const SALES = export_(
  `[${OFFICE}\\Calc]`,
  '"Level"=dword:00000004',
  '"__proto__"=dword:00000001',
  '"*/ `x`"="*/"',
  `[${OFFICE}\\Common]`,
  '"PasteOptions"=dword:00000002',
);

const EVERYBODY = export_(`[${OFFICE}\\Calc]`, '"Level"=dword:00000001');

interface Report {
  readonly road: string;
  readonly converted: readonly object[];
  readonly left: readonly { readonly source: string; readonly kind: string }[];
}

describe("office-configuration convert", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-convert-"));
    mkdirSync(join(folder, "gpos"));
    writeFileSync(join(folder, "gpos", "sales.reg"), SALES);
    writeFileSync(join(folder, "gpos", "readme.txt"), "Saved in spring");
    writeFileSync(join(folder, "everybody.reg"), EVERYBODY);
    writeFileSync(join(folder, "office-settings.json"), JSON.stringify(REGISTRY_CATALOGUE));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the command in the folder, with nothing of this machine's environment but the path. */
  const run = (...args: string[]) => runCommand(["convert", ...args], { cwd: folder, env: {} });

  const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");

  it("writes a program with what the first source sets, and a report on each value", async () => {
    const { code, stdout, stderr } = await run(
      ...["gpos", "everybody.reg", "--out", "new/policies", "--report", "reports/left.json"],
    );
    assert.equal(code, 0, stderr);
    assert.deepEqual(stderr.split("\n").slice(0, 2), [
      "note: settings are those of office-settings.json",
      "note: gpos/readme.txt is text of another kind, and is left out",
    ]);
    assert.match(
      stdout,
      /^ values {2}settings {3}left {2}source\n {6}4 {9}2 {6}2 {2}sales \(registry export\)\n/,
    );
    assert.match(
      stdout,
      /\n {2}"Macro settings \(Calc\)": "4" \(Disable all\) of sales, not "1" \(Enable all\) of\n {4}everybody\n/,
    );
    assert.match(
      stdout,
      /\n2 policies written to new\/policies\/index\.ts\.\n\nNext:\n {2}cd new\/policies\n {2}npm install\n {2}pulumi stack init policies\n/,
    );
    assert.deepEqual(readdirSync(join(folder, "new", "policies")).sort(), [
      ...[".gitignore", "Pulumi.yaml", "README.md", "index.ts", "office-settings.json"],
      ...["package.json", "tsconfig.json"],
    ]);
    const program = read("new", "policies", "index.ts");
    assert.match(program, /\nnew OfficeClientConfigurationPriorities\("order"/);
    const report = JSON.parse(read("reports", "left.json")) as Record<string, unknown[]>;
    assert.deepEqual(
      ["converted", "left", "conflicts", "skipped"].map((part) => report[part]?.length),
      [3, 2, 1, 1],
    );
  });

  it("ends with 3 if it is strict and a value is left, and writes one policy an app", async () => {
    const { code, stdout } = await run(
      ...["everybody.reg", "gpos", "--out", "out", "--split", "app", "--strict"],
    );
    assert.equal(code, 3);
    assert.match(stdout, /\n {2}replaced by another value \(1\)\n/);
    const names = [...read("out", "index.ts").matchAll(/displayName: "(.*)"/g)];
    assert.deepEqual(
      names.map(([, name]) => name),
      ["Calc", "Office"],
    );
  });

  it("writes policies of Intune's, of which no two disagree, and leaves the rest", async () => {
    writeFileSync(join(folder, "defined.json"), JSON.stringify(DEFINED_CATALOGUE));
    const { code, stdout } = await run(
      ...["gpos", "everybody.reg", "--road", "intune", "--catalogue", "defined.json"],
      ...["--out", "out", "--report", "left.json", "--strict"],
    );
    assert.equal(code, 3);
    assert.match(
      stdout,
      /1 setting with different values in several sources\. Intune has no precedence\nbetween policies/,
    );
    assert.match(stdout, /\n1 policy written to out\/index\.ts\.\n/);
    assert.match(stdout, /pulumi up {9}# makes them; without assignments they reach nobody/);
    const program = read("out", "index.ts");
    assert.match(program, /^import \{ IntuneOfficePolicy \} from "pulumi-office-configuration";$/m);
    assert.match(program, /new IntuneOfficePolicy\("sales", \{\n {2}name: "sales",\n/);
    const report = JSON.parse(read("left.json")) as Report;
    assert.equal(report.road, "intune");
    assert.equal(report.converted.length + report.left.length, 5);
    assert.deepEqual(
      report.left.map(({ source, kind }) => [source, kind]),
      [
        ["sales", "unknown"],
        ["sales", "unknown"],
        ["everybody", "replaced"],
        ["sales", "noDefinition"],
      ],
    );
  });

  it("writes what the first source sets as a baseline, alone or beside a program", async () => {
    const sources = ["gpos", "everybody.reg", "--baseline", "rules/baseline.json"];
    const { code, stdout, stderr } = await run(...sources);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /\n2 required settings written to rules\/baseline\.json\.\nThe rule required-settings holds policies to them: docs\/policy-as-code\.md\n$/,
    );
    const { policies, userPreferences } = readBaseline(read("rules", "baseline.json"));
    assert.equal(policies["calc16;L_Macros;L_Level"]?.[0], "4");
    assert.deepEqual(Object.keys(policies).length + Object.keys(userPreferences).length, 2);
    assert.deepEqual(readdirSync(folder).sort(), [
      ...["everybody.reg", "gpos", "office-settings.json", "rules"],
    ]);

    const again = await run(...sources);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /--baseline rules\/baseline\.json is there already: name another/);
    const both = await run(...sources, "--out", "out", "--force");
    assert.equal(both.code, 0, both.stderr);
    assert.ok(existsSync(join(folder, "out", "index.ts")));
    const neither = await run("gpos");
    assert.equal(neither.code, 2);
    assert.match(
      neither.stderr,
      /convert writes to --out <folder>, to --baseline <file>, or to both/,
    );
  });

  it("writes nothing if no value is a setting, but for the report", async () => {
    writeFileSync(
      join(folder, "edge.reg"),
      export_("[HKEY_CURRENT_USER\\Software\\Edge]", '"a"="b"'),
    );
    const { code, stderr } = await run("edge.reg", "--out", "out", "--report", "left.json");
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^error: no value is a setting of the catalogue, so no program is written$/m,
    );
    assert.equal(existsSync(join(folder, "out")), false);
    assert.match(read("left.json"), /"foreign"/);
    const baseline = await run("edge.reg", "--baseline", "baseline.json");
    assert.match(baseline.stderr, /so no baseline is written$/m);
    assert.equal(existsSync(join(folder, "baseline.json")), false);
  });

  it("refuses what it cannot do before it writes", () => {
    const out = join(folder, "out");
    const sales = join(folder, "gpos", "sales.reg");
    const catalogue = join(folder, "office-settings.json");
    const refusals: [options: object, reason: RegExp, path?: string][] = [
      [{ out: "" }, /--out must name a folder/],
      [{ baseline: "" }, /--baseline must name a file/],
      [
        { baseline: "b.json" },
        /there is no office-settings\.json here, and --catalogue names none/,
      ],
      [{ out: folder }, /--out .* is not empty: name another folder, or give --force/],
      [{ out: sales }, /--out .*sales\.reg is not a folder/],
      [{ out, split: "page" }, /--split must be app, not 'page'/],
      [{ out, report: "" }, /--report must name a file/],
      [{ out, road: "tunnel" }, /--road must be cloudPolicy or intune, not 'tunnel'/],
      [
        { out, catalogue, road: "intune" },
        /^TypeError: convert --road intune needs a catalogue with Intune's definitions: .*office-settings\.json has none\. Read them from the tenant \(office-configuration catalogue fetch\), and build/,
      ],
      [{ out, package: "" }, /--package must not be empty/],
      [
        { out },
        /^TypeError: convert needs a catalogue: there is no office-settings\.json in .*out or here, and --catalogue names none\. Build one with office-configuration catalogue build --admx <folder>$/,
      ],
      [
        { out, catalogue: join(folder, "none.json") },
        /the catalogue .*none\.json is not there\. Build one with/,
      ],
      [
        { out, catalogue },
        /readme\.txt: it is text of another kind\. Can be read: /,
        join(folder, "gpos", "readme.txt"),
      ],
      [{ out, catalogue }, /none: it is not there/, join(folder, "none")],
    ];
    for (const [options, reason, path = sales] of refusals) {
      assert.throws(() => runConvert([path], options), reason);
    }
    assert.equal(existsSync(out), false);
  });
});
