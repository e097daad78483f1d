import { strict as assert } from "node:assert";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { type FleetResult, parseResult } from "../../cli/fleet/result";
import { createEmulator, type Emulator } from "../../emulator";
import { attempt } from "../../scripts/command";
import { packRunner } from "../../scripts/engine/policyPacks";
import { installPacked, NAME } from "./packed";
import { TestProject } from "./support";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const TOKEN = "fleet";
const MACROS = "macros-from-internet-blocked";

/** Planted as secrets: shown nowhere. */
const PLANTED = "hunter2-planted";

/** Stacks, and what each of them breaks. */
const STACKS = { contoso: "mandatory", fabrikam: "advisory", tailspin: "nothing" };

const PROGRAM = `
  const breaks = new pulumi.Config().require("breaks");
  new office.WindowsOfficeClientConfiguration("macros", {
    displayName: "Macro security",
    ...(breaks === "advisory" ? {} : { assignments: ["${GROUP}"] }),
    policies: {
      "excel16;L_VBAWarningsPolicy;L_empty4": pulumi.secret("${PLANTED}"),
      ...(breaks === "mandatory" ? {} : { "excel16;L_BlockMacroExecutionFromInternet": "1" }) } });`;

/** A pack of somebody else's, which says where it runs. */
const OWN = `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("own", { policies: [{ name: "where", description: "It is nowhere.", enforcementLevel: "mandatory",
  validateStack: (args, report) => report(process.env.PWD) }] });
`;

describe("office-configuration fleet with policy packs", () => {
  const emulators = new Map<string, Emulator>();
  let project: TestProject;
  /** A folder that the user is in, which is not the project's. */
  let elsewhere: string;
  let pack: string;
  let own: string;

  const fleet = (...args: string[]) =>
    attempt(
      process.execPath,
      [join(project.folder, "node_modules", NAME, "dist/cli/main.js"), "fleet", ...args],
      {
        cwd: elsewhere,
        env: { ...project.env, PWD: elsewhere },
        timeoutMs: 120_000,
      },
    );

  const run = async (
    command: string,
    ...args: string[]
  ): Promise<FleetResult & { code: number | null; output: string }> => {
    // In the project it would be a file of the program.
    const file = join(elsewhere, "result.json");
    rmSync(file, { force: true });
    const { code, output } = await fleet(command, "-C", project.folder, ...args, "--save", file);
    assert.ok(existsSync(file), output);
    return { ...parseResult(readFileSync(file, "utf8"), file), code, output };
  };

  const withPack = (config = "policy-pack.json") => [
    "--policy-pack",
    relative(elsewhere, pack),
    "--policy-pack-config",
    relative(elsewhere, join(project.folder, config)),
  ];

  const outcomes = ({ stacks }: FleetResult) =>
    stacks.map(({ stack, result }) => `${stack}: ${result}`);

  const policies = () => [...emulators.values()].map(({ store }) => store.list().length);

  before(async () => {
    project = await TestProject.create();
    installPacked(project.folder);
    project.env.OFFICE_CONFIGURATION_ACCESS_TOKEN = TOKEN;
    for (const name of Object.keys(STACKS)) {
      emulators.set(name, await createEmulator({ accessToken: TOKEN }));
    }
    const { runnable } = await packRunner(project);
    pack = runnable(join(project.folder, "node_modules", NAME, "policy-pack"));
    elsewhere = mkdtempSync(join(tmpdir(), "office-configuration-elsewhere-"));
    // Records of creations are there: in the project they would be files of the program.
    project.env.PULUMI_HOME = join(elsewhere, "home");
    symlinkSync(join(project.folder, "node_modules"), join(elsewhere, "node_modules"));
    mkdirSync(join(elsewhere, "own"));
    const write = (name: string, text: string) => writeFileSync(join(elsewhere, "own", name), text);
    write("PulumiPolicy.yaml", "runtime: nodejs\nmain: index.js\n");
    write("package.json", '{ "version": "0.0.1", "main": "index.js" }\n');
    write("index.js", OWN);
    own = runnable(join(elsewhere, "own"));
    const config = (name: string, breaks: string) => {
      const { url = "", tenantId = "" } = emulators.get(name) ?? {};
      return `  ${name}:\n    config:\n      officeConfiguration:endpoint: ${url}\n      officeConfiguration:tenantId: ${tenantId}\n      breaks: ${breaks}\n`;
    };
    const stacks = Object.entries(STACKS).map(([name, breaks]) => config(name, breaks));
    project.write("fleet.yaml", `stacks:\n${stacks.join("")}`);
    const days = { "no-policy-left-unassigned": { days: 0 } };
    project.write("policy-pack.json", JSON.stringify(days));
    project.program(PROGRAM);
  });

  after(async () => {
    project.remove();
    rmSync(elsewhere, { recursive: true, force: true });
    for (const emulator of emulators.values()) await emulator.close();
  });

  it("fails the stack that violates a mandatory rule only, warns of an advisory one, and sends nothing", async () => {
    const preview = await run("preview", ...withPack());
    assert.deepEqual(outcomes(preview), [
      "contoso: failed",
      "fabrikam: changed",
      "tailspin: changed",
    ]);
    assert.equal(preview.code, 2);
    const [contoso, fabrikam, tailspin] = preview.stacks;
    assert.match(
      contoso?.error?.cause ?? "",
      new RegExp(`^${MACROS}: A policy that configures macros`),
    );
    assert.match(contoso?.error?.next ?? "", /^Add excel16;L_BlockMacroExecutionFromInternet with/);
    assert.deepEqual(
      [contoso, fabrikam, tailspin].map((stack) =>
        (stack?.violations ?? []).map(
          ({ policyName, enforcementLevel, resource, type }) =>
            `[${enforcementLevel}] ${policyName}: ${resource} ${type}`,
        ),
      ),
      [
        [`[mandatory] ${MACROS}: macros WindowsOfficeClientConfiguration`],
        ["[advisory] no-policy-left-unassigned: macros WindowsOfficeClientConfiguration"],
        [],
      ],
    );
    assert.match(
      preview.output,
      /\nFailed \(1\)\n {2}macros-from-internet-blocked: [\s\S]*\n {6}macros: It sets [\s\S]*\n {4}in contoso\n {4}Next: Add /,
    );
    assert.match(
      preview.output,
      /\nWarnings \(\d\)\n {2}no-policy-left-unassigned: [\s\S]*\n {4}in fabrikam\n {4}Next: Assign/,
    );
    const logs = ["contoso", "fabrikam", "tailspin"].map((stack) =>
      readFileSync(join(project.folder, ".fleet/logs/preview", `${stack}.log`), "utf8"),
    );
    assert.doesNotMatch(JSON.stringify([preview, logs]), new RegExp(PLANTED));
    assert.deepEqual(policies(), [0, 0, 0]);
  });

  it("is not forgotten by an update of that preview, nor by --resume and --only failed", async () => {
    const saved = join(elsewhere, "preview.json");
    await fleet("preview", "-C", project.folder, ...withPack(), "--save", saved);
    const without = await fleet("up", "-C", project.folder, "--preview", saved);
    assert.match(
      without.output,
      /was made with 1 policy pack \(.*\), and this update has no policy packs/,
    );
    assert.equal(without.code, 2);
    const up = await run("up", "--preview", saved, ...withPack());
    assert.deepEqual(outcomes(up), ["contoso: failed", "fabrikam: changed", "tailspin: changed"]);
    assert.deepEqual(policies(), [0, 1, 1]);
    const plain = await fleet("up", "-C", project.folder, "--yes", "--resume");
    assert.match(plain.output, /--policy-pack was given differently in the run of/);
    const again = await run("up", "--yes", "--resume", ...withPack());
    assert.match(again.output, /2 tenants done, 1 tenant to run/);
    assert.deepEqual(outcomes(again), [
      "contoso: failed",
      "fabrikam: changed",
      "tailspin: changed",
    ]);
    project.write("levels.json", JSON.stringify({ [MACROS]: "advisory" }));
    const failed = await run("up", "--yes", "--only", "failed", ...withPack("levels.json"));
    assert.deepEqual([failed.code, ...outcomes(failed)], [0, "contoso: changed"]);
    assert.deepEqual(policies(), [1, 1, 1]);
  });

  it("tells once, before any stack, that a pack does not start or that its configuration is wrong", async function () {
    // Older versions of Pulumi do not have the command that starts packs.
    const { output: help } = await project.attempt("policy", "analyze", "--help");
    if (!help.includes("--policy-pack")) this.skip();
    rmSync(join(project.folder, ".fleet"), { recursive: true });
    project.write("wrong.json", '{ "no-policy-left-unassigned": { "days": "many" } }');
    const wrong = await fleet("preview", "-C", project.folder, ...withPack("wrong.json"));
    assert.match(
      wrong.output,
      /Pulumi cannot run the policy pack: .*no-policy-left-unassigned.*days/s,
    );
    writeFileSync(join(own, "index.js"), "const { PolicyPack } = ;\n");
    const broken = await fleet("preview", "-C", project.folder, "--policy-pack", own);
    assert.match(broken.output, /Pulumi cannot run the policy pack: .*SyntaxError/);
    writeFileSync(join(own, "index.js"), OWN);
    assert.deepEqual([wrong.code, broken.code], [2, 2]);
    assert.ok(!existsSync(join(project.folder, ".fleet")));
  });

  it("looks for files of rules around the project, wherever the user is, and runs several packs", async () => {
    const { stacks, output } = await run(
      "preview",
      "tailspin",
      "--policy-pack",
      own,
      "--policy-pack",
      pack,
    );
    assert.deepEqual(
      stacks.flatMap(({ violations = [] }) => violations.map(({ message }) => message)),
      [project.folder],
      output,
    );
  });
});
