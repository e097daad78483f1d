import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { typesOf } from "../../cli/catalogue/types";
import { createEmulator, type Emulator } from "../../emulator";
import { dwordBytes, type PolicyValue, registryPol, TYPE, utf16 } from "../policyFiles";
import { REGISTRY_CATALOGUE } from "../registryCatalogue";
import { TestProject } from "./support";

const ROOT = join(__dirname, "..", "..");
const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const CALC = "Software\\Policies\\Microsoft\\Office\\16.0\\Calc";

const dword = (key: string, name: string, value: number): PolicyValue => {
  return { key, name, type: TYPE.dword, data: dwordBytes(value) };
};
const text = (key: string, name: string, value: string): PolicyValue => {
  return { key, name, type: TYPE.text, data: utf16(`${value}\0`) };
};

/** A name that would end a comment, or run, in a program that took it as it is. */
const SALES = `Sales */ \`\${process.exit(1)}\``;

const OPERATIONS = "http://www.microsoft.com/GroupPolicy/GPOOperations";

/** Files of a backup, by their places in it. */
function backup(name: string, values: readonly PolicyValue[]): Record<string, string | Buffer> {
  return {
    "bkupInfo.xml": `<BackupInst xmlns="${OPERATIONS}/Manifest"><GPODisplayName><![CDATA[${name}]]></GPODisplayName></BackupInst>`,
    "Backup.xml": `<GroupPolicyBackupScheme xmlns="${OPERATIONS}"><GroupPolicyObject><GroupPolicyCoreSettings><Options>0</Options></GroupPolicyCoreSettings></GroupPolicyObject></GroupPolicyBackupScheme>`,
    "DomainSysvol/GPO/User/registry.pol": registryPol(values),
  };
}

describe("backups of GPOs that are converted", () => {
  let emulator: Emulator;
  let project: TestProject;
  let shown: string;

  before(async () => {
    emulator = await createEmulator({});
    project = await TestProject.create(emulator);
    const write = (place: string, content: string | Uint8Array) => {
      const file = join(project.folder, place);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    };
    const backups = {
      "b/{5B1C0A5E-0000-4000-8000-000000000001}": backup(SALES, [
        dword(CALC, "Level", 4),
        dword(CALC, "**del.BlockMacros", 0),
        text(`${CALC}\\Places\\Place1`, "Path", "C:\\Users\\*/"),
        dword("Software\\Microsoft\\Office\\16.0\\Calc\\Save", "Minutes", 10),
      ]),
      "a/{5B1C0A5E-0000-4000-8000-000000000002}": backup("Everybody", [
        dword(CALC, "Level", 1),
        dword(CALC, "__proto__", 1),
        dword(CALC, "BlockMacros", 1),
      ]),
    };
    for (const [folder, files] of Object.entries(backups)) {
      for (const [place, content] of Object.entries(files)) write(join(folder, place), content);
    }
    write("catalogue/office-settings.json", JSON.stringify(REGISTRY_CATALOGUE));
    write("catalogue/office-settings.d.ts", typesOf(REGISTRY_CATALOGUE));
    const at = (place: string) => join(project.folder, place);
    shown = await project.tool(
      ...["convert", at("b"), at("a"), "--out", at("converted"), "--name", "test"],
      ...["--catalogue", at("catalogue/office-settings.json"), "--report", at("report.json")],
    );
    cpSync(at("converted"), project.folder, { recursive: true });
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  it("pass the type check of their catalogue", () => {
    assert.match(shown, /2 policies written to /);
    execFileSync(process.execPath, [TSC, "--project", project.folder], { timeout: 60_000 });
    const { left } = JSON.parse(readFileSync(join(project.folder, "report.json"), "utf8")) as {
      left: { valueName: string; kind: string }[];
    };
    assert.deepEqual(
      left.map(({ valueName, kind }) => [valueName, kind]),
      [
        ["BlockMacros", "deletion"],
        ["__proto__", "unknown"],
      ],
    );
  });

  it("are policies in the order of the paths, and differ in nothing afterwards", async () => {
    const preview = await project.preview();
    assert.match(preview, /Macro settings \(Calc\): Disable all \(4\)/);
    assert.doesNotMatch(preview, /warning/);
    await project.up();
    const made = emulator.store.list().map(({ displayName, priority }) => {
      return { displayName, priority: Number(priority) };
    });
    assert.deepEqual(
      made.sort((a, b) => a.priority - b.priority).map(({ displayName }) => displayName),
      [SALES, "Everybody"],
    );
    const writes = emulator.writes().length;
    await project.run("up", "--yes", "--refresh", "--expect-no-changes");
    assert.equal(emulator.writes().length, writes);
  });
});
