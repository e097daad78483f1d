/**
 * The policy pack: previews of a stack with and without it, in turns.
 *
 * @module
 */
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../scripts/engine/index";
import { packRunner } from "../../scripts/engine/policyPacks";
import { BenchProject, PROVIDER_COMMAND } from "../project";
import { RemoteEmulator } from "../remoteEmulator";
import { type Spread, spreadOf } from "../statistics";
import { timed } from "../timed";

const root = join(__dirname, "..", "..");

const GROUP = "11111111-1111-4111-8111-11111111111a";

/** Every rule has work, and none is violated. */
const CONFIG = {
  "no-policy-left-unassigned": { enforcementLevel: "mandatory", days: 0 },
  "only-allowed-groups": { groups: [GROUP] },
  "required-settings": { baseline: { policies: { "office16;L_SendFeedback": "0" } } },
  "policy-names": { pattern: "^Policy " },
  "no-take-over": { stacks: "-prod$" },
};

/** Size of the trial. */
export interface PackPlan {
  readonly policies: number;
  /** Pairs of previews. */
  readonly rounds: number;
}

/** Result of the trial: times in seconds. */
export interface PackResult {
  readonly plan: PackPlan;
  readonly without: Spread;
  readonly with: Spread;
  /** Quotient of the two of each round. */
  readonly ratio: Spread;
  /** Difference of the two of each round. */
  readonly added: Spread;
  /** Whether the engine ran the folder as it is shipped. */
  readonly isOrdinary: boolean;
}

/** Previews a new stack with and without the pack, one after the other, in an order that changes. Rejects if a rule is violated. */
export async function measurePack(
  engine: Engine,
  plan: PackPlan,
  report: (line: string) => void,
): Promise<PackResult> {
  const { policies, rounds } = plan;
  const emulator = await RemoteEmulator.start({});
  const project = new BenchProject(engine);
  project.pointAt(emulator);
  try {
    await project.run("stack", "init", "packed");
    const { isOrdinary, runnable } = await packRunner(project);
    const pack = runnable(copyOfPack(project.folder));
    project.write("policy-pack.json", JSON.stringify(CONFIG));
    writePolicies(project, policies);
    const packed = ["--policy-pack", pack, "--policy-pack-config", "policy-pack.json"];
    const preview = async (name: string, ...args: string[]) => {
      const expected = { emulator, provider: PROVIDER_COMMAND, name, policies: 0 };
      const { seconds } = await timed(() => project.run("preview", ...args), expected);
      report(`${policies} policies ${name}: ${seconds.toFixed(2)} s`);
      return seconds;
    };
    // The first one compiles modules.
    await preview("with the pack, to warm up", ...packed);
    const pairs: { readonly bare: number; readonly packed: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const bareFirst = round % 2 === 0 ? await preview("without the pack") : undefined;
      const withPack = await preview("with the pack", ...packed);
      pairs.push({ bare: bareFirst ?? (await preview("without the pack")), packed: withPack });
    }
    return {
      plan,
      without: spreadOf(pairs.map(({ bare }) => bare)),
      with: spreadOf(pairs.map((pair) => pair.packed)),
      ratio: spreadOf(pairs.map((pair) => pair.packed / pair.bare)),
      added: spreadOf(pairs.map((pair) => pair.packed - pair.bare)),
      isOrdinary,
    };
  } finally {
    project.remove();
    await emulator.close();
  }
}

/** The pack's folder where it may be changed, with the build beside it. */
function copyOfPack(folder: string): string {
  const copy = join(folder, "package", "policy-pack");
  mkdirSync(join(folder, "package"));
  cpSync(join(root, "policy-pack"), copy, { recursive: true });
  symlinkSync(join(root, "dist"), join(folder, "package", "dist"));
  return copy;
}

/** Each has three settings, a group and a priority of its own. */
function writePolicies(project: BenchProject, policies: number): void {
  project.write(
    "index.js",
    `const office = require("pulumi-office-configuration");
for (let index = 0; index < ${policies}; index++) {
  new office.WindowsOfficeClientConfiguration(\`policy-\${index}\`, {
    displayName: \`Policy \${index}\`,
    priority: index,
    policies: [
      { settingId: "office16;L_SendFeedback", value: "0" },
      { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "2" },
      { settingId: "excel16;L_BlockMacroExecutionFromInternet", value: "1" },
    ],
    assignments: [${JSON.stringify(GROUP)}],
  });
}
`,
  );
}
