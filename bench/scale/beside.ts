/**
 * `office-configuration fleet up` beside the bare Automation API: the same stacks, programs and parallelism, in turns.
 *
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaNode } from "execa";
import { createEmulator, type Emulator } from "../../emulator";
import { ProcessSampler } from "../processFigures";

const root = join(__dirname, "..", "..");

/** Longest run, in milliseconds. */
const TIMEOUT_MS = 3_600_000;

/** A token that all emulators take. */
const TOKEN = "fleet";

/** Processes of a stack in flight, by their command lines. */
const PARTS = {
  "Pulumi's CLI": /^\S*pulumi (?:up|stack)/,
  "Pulumi's language host": /pulumi-language-nodejs(?:\s|$)/,
  "the program, in Node with Pulumi's SDK": /pulumi[/\\]cmd[/\\]run/,
  "the provider, in Node with Pulumi's SDK": /dynamic-provider/,
} as const;

/** Size of the trial. */
export interface BesidePlan {
  /** For each of the two. */
  readonly tenants: number;
  readonly policiesEach: number;
  readonly sideBySide: number;
}

/** Result of the trial. */
export interface BesideResult {
  readonly plan: BesidePlan;
  readonly bareSeconds: number;
  readonly fleetSeconds: number;
  /** Most that fleet's own process had, in bytes. Undefined where it is not measured. */
  readonly ownBytes: number | undefined;
  /** The same for all processes below it together. */
  readonly belowBytes: number | undefined;
  /** The same by kind of process. */
  readonly parts: readonly (readonly [name: string, bytes: number | undefined])[];
  readonly problems: readonly string[];
}

type Runner = "bare" | "fleet";

/** Updates as many new stacks with each, one half after the other: bare, fleet, fleet, bare. */
export async function measureBeside(
  plan: BesidePlan,
  report: (line: string) => void,
): Promise<BesideResult> {
  const seconds = { bare: 0, fleet: 0 };
  const problems: string[] = [];
  const samplers = {
    own: new ProcessSampler(/dist\/cli\/main\.js fleet/),
    below: new ProcessSampler(/^(?!.*dist\/cli\/main\.js fleet).*pulumi/),
    parts: Object.entries(PARTS).map(
      ([name, pattern]) => [name, new ProcessSampler(pattern)] as const,
    ),
  };
  const peaks = new Map<string, number>();
  const raise = (name: string, bytes: number | undefined) => {
    if (bytes !== undefined) peaks.set(name, Math.max(peaks.get(name) ?? 0, bytes));
  };
  for (const runner of ["bare", "fleet", "fleet", "bare"] as const) {
    const half = { ...plan, tenants: Math.ceil(plan.tenants / 2) };
    const all = [samplers.own, samplers.below, ...samplers.parts.map(([, sampler]) => sampler)];
    if (runner === "fleet") for (const sampler of all) sampler.start();
    const run = await runOnce(runner, half);
    if (runner === "fleet") {
      raise("own", samplers.own.stop()?.peakTotalRssBytes);
      raise("below", samplers.below.stop()?.peakTotalRssBytes);
      for (const [name, sampler] of samplers.parts) raise(name, sampler.stop()?.peakTotalRssBytes);
    }
    seconds[runner] += run.seconds;
    problems.push(...run.problems);
    report(`${runner}: ${half.tenants} stacks in ${run.seconds.toFixed(1)} s`);
  }
  return {
    plan,
    bareSeconds: seconds.bare,
    fleetSeconds: seconds.fleet,
    ownBytes: peaks.get("own"),
    belowBytes: peaks.get("below"),
    parts: Object.keys(PARTS).map((name) => [name, peaks.get(name)] as const),
    problems,
  };
}

async function runOnce(runner: Runner, { tenants, policiesEach, sideBySide }: BesidePlan) {
  const folder = mkdtempSync(join(tmpdir(), "office-configuration-beside-"));
  const emulators: Emulator[] = [];
  try {
    for (let index = 0; index < tenants; index++) {
      emulators.push(await createEmulator({ preset: "kind", accessToken: TOKEN }));
    }
    writeProject(folder, emulators, policiesEach);
    const env = {
      PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "scale",
      PULUMI_HOME: join(folder, "home"),
      OFFICE_CONFIGURATION_ACCESS_TOKEN: TOKEN,
      NODE_OPTIONS: `--require ${join(__dirname, "withoutTypeScript.js")}`,
    };
    const startedAtMs = performance.now();
    // Without ts-node, under which this process runs.
    const options = {
      cwd: folder,
      env,
      timeout: TIMEOUT_MS,
      stdout: "ignore",
      nodeOptions: [],
    } as const;
    if (runner === "fleet") {
      const args = ["fleet", "up", "--yes", "--parallel", String(sideBySide)];
      await execaNode(join(root, "dist", "cli", "main.js"), args, options);
    } else {
      const names = emulators.map((_, index) => nameOf(index));
      await execaNode(
        join(__dirname, "bareAutomation.js"),
        [String(sideBySide), ...names],
        options,
      );
    }
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const wrong = emulators.filter(({ store }) => store.list().length !== policiesEach).length;
    return {
      seconds,
      problems: wrong === 0 ? [] : [`${wrong} tenants do not have their policies after ${runner}`],
    };
  } finally {
    for (const emulator of emulators) await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function nameOf(index: number): string {
  return `tenant-${String(index).padStart(4, "0")}`;
}

/** The project of both: the stacks' configurations are there for the one, and in fleet.yaml for the other. */
function writeProject(folder: string, emulators: readonly Emulator[], policies: number): void {
  mkdirSync(join(folder, "backend"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write(
    "Pulumi.yaml",
    "name: scale\nmain: index.js\nruntime: { name: nodejs, options: { typescript: false } }\n",
  );
  write("package.json", '{ "name": "scale", "private": true }\n');
  write(
    "index.js",
    `const { WindowsOfficeClientConfiguration } = require("pulumi-office-configuration");
for (let index = 0; index < ${policies}; index++) {
  new WindowsOfficeClientConfiguration(\`policy-\${index}\`, {
    displayName: \`Policy \${index}\`,
    policies: [{ settingId: "office16;L_SendFeedback", value: "0" }],
  });
}
`,
  );
  const names = emulators.map((_, index) => nameOf(index));
  for (const [index, { url, tenantId }] of emulators.entries()) {
    write(
      `Pulumi.${nameOf(index)}.yaml`,
      `config:\n  officeConfiguration:endpoint: ${url}\n  officeConfiguration:tenantId: ${tenantId}\n`,
    );
  }
  write("fleet.yaml", `stacks:\n${names.map((name) => `  ${name}:\n`).join("")}`);
}
