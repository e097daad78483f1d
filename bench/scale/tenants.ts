/**
 * Many tenants side by side, through Pulumi's Automation API. Each tenant is an emulator of its own.
 *
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import { WindowsOfficeClientConfiguration } from "pulumi-office-configuration";
import { createEmulator, type Emulator, type Throttle } from "../../emulator";
import { inTurns } from "../inTurns";
import { type Handles, handlesOf, type ProcessFigures, ProcessSampler } from "../processFigures";
import { growthProblems, isolationProblems } from "./checks";
import { writeLimitOf } from "./throttled";

const root = join(__dirname, "..", "..");

/** After about so many tenants, what this process opens once and keeps is open. */
const WARM_UP_TENANTS = 10;

/** Node's `gc`, without a flag on the command line. */
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Size of the trial. */
export interface TenantsPlan {
  readonly tenants: number;
  readonly policiesEach: number;
  readonly sideBySide: number;
  /** A limit that each tenant has, and its stack says. */
  readonly throttle?: Throttle;
}

/** Memory of a process, in bytes. */
export interface Memory {
  /** Memory as the system counts it, with the room that V8 keeps for objects to come. */
  readonly rss: number;
  /** Objects that a full garbage collection leaves. */
  readonly live: number;
}

/** Result of the trial. */
export interface TenantsResult {
  readonly plan: TenantsPlan;
  readonly seconds: number;
  /** Seconds that each tenant took, in the order they were done. */
  readonly secondsEach: readonly number[];
  /** Handles of this process while nothing ran, after the warm-up and at the end. */
  readonly handles: readonly [warm: Handles | undefined, last: Handles | undefined];
  /** Memory of this process at the same two moments. */
  readonly memory: readonly [warm: Memory, last: Memory];
  /** Of the live objects at the end, those of the emulators: their policies and logs. In bytes. */
  readonly emulatorsBytes: number;
  /** All processes below this one: engines, language hosts, providers. */
  readonly processes: ProcessFigures | undefined;
  readonly requests: number;
  /** Answers with status 429. */
  readonly throttled: number;
  /** Expectations that were not met. Empty if all is well. */
  readonly problems: readonly string[];
}

/** Gives each tenant its policies, and checks that it has them and that nobody met another tenant. */
export async function measureTenants(
  plan: TenantsPlan,
  report: (line: string) => void,
): Promise<TenantsResult> {
  const folder = mkdtempSync(join(tmpdir(), "office-configuration-tenants-"));
  const emulators: Emulator[] = [];
  try {
    for (let index = 0; index < plan.tenants; index++)
      emulators.push(
        await createEmulator({ preset: "kind", ...(plan.throttle && { throttle: plan.throttle }) }),
      );
    const pulumi = await PulumiCommand.get();
    const secondsEach: number[] = [];
    const figures = await runAll(emulators, plan, async (emulator) => {
      const number = emulators.indexOf(emulator);
      const startedAtMs = performance.now();
      await upOf(emulator, { number, folder, pulumi, plan });
      secondsEach.push((performance.now() - startedAtMs) / 1_000);
      report(`tenant ${number}: ${secondsEach.at(-1)?.toFixed(1)} s, ${secondsEach.length} done`);
    });
    const [warm, last] = figures.handles;
    const { processes } = figures;
    const foreign = emulators.flatMap((emulator, number) =>
      isolationProblems(emulator, namesOf(number, plan.policiesEach)),
    );
    const { sideBySide } = plan;
    const result = {
      plan,
      secondsEach,
      ...figures,
      requests: emulators.reduce((sum, { requests }) => sum + requests.length, 0),
      throttled: emulators.flatMap(({ requests }) =>
        requests.filter(({ status }) => status === 429),
      ).length,
      problems: [...foreign, ...growthProblems({ warm, last, processes, sideBySide })],
    };
    for (const emulator of emulators.splice(0)) await emulator.close();
    const { memory } = await atRest();
    return { ...result, emulatorsBytes: figures.memory[1].live - memory.live };
  } finally {
    for (const emulator of emulators) await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Works on all tenants, and measures what that takes. Between the warm-up and the rest, all rests. */
async function runAll(
  emulators: readonly Emulator[],
  { sideBySide }: TenantsPlan,
  work: (emulator: Emulator) => Promise<void>,
): Promise<Pick<TenantsResult, "seconds" | "handles" | "memory" | "processes">> {
  const sampler = new ProcessSampler(/./);
  const few = Math.min(WARM_UP_TENANTS, Math.floor(emulators.length / 2));
  // Whole rounds, so that no place is idle for want of tenants.
  const warmUp = few - (few % sideBySide);
  const timed = async (some: readonly Emulator[]) => {
    const startedAtMs = performance.now();
    await inTurns(some, sideBySide, work);
    const seconds = (performance.now() - startedAtMs) / 1_000;
    return { seconds, ...(await atRest()) };
  };
  sampler.start();
  try {
    const warm = await timed(emulators.slice(0, warmUp));
    const last = await timed(emulators.slice(warmUp));
    return {
      seconds: warm.seconds + last.seconds,
      handles: [warm.handles, last.handles],
      memory: [warm.memory, last.memory],
      processes: sampler.stop(),
    };
  } finally {
    sampler.stop();
  }
}

interface Tenant {
  readonly number: number;
  readonly plan: TenantsPlan;
  readonly folder: string;
  readonly pulumi: PulumiCommand;
}

async function upOf(emulator: Emulator, { number, plan, folder, pulumi }: Tenant) {
  const stackName = `tenant-${number}`;
  // The provider's process resolves its packages from here.
  const workDir = join(folder, stackName);
  for (const name of ["", "backend", "home"]) mkdirSync(join(workDir, name));
  symlinkSync(join(root, "node_modules"), join(workDir, "node_modules"));
  const program = () => {
    for (const displayName of namesOf(number, plan.policiesEach)) {
      new WindowsOfficeClientConfiguration(displayName.replaceAll(" ", "-"), {
        displayName,
        policies: [{ settingId: "office16;L_SendFeedback", value: "0" }],
      });
    }
    return Promise.resolve();
  };
  const stack = await LocalWorkspace.createStack(
    { stackName, projectName: "scale", program },
    {
      workDir,
      pulumiCommand: pulumi,
      pulumiHome: join(workDir, "home"),
      envVars: {
        PULUMI_BACKEND_URL: `file://${join(workDir, "backend")}`,
        PULUMI_CONFIG_PASSPHRASE: "scale",
        OFFICE_CONFIGURATION_ENDPOINT: emulator.url,
        OFFICE_CONFIGURATION_ACCESS_TOKEN: emulator.accessToken,
        OFFICE_CONFIGURATION_TENANT_ID: emulator.tenantId,
        ...(plan.throttle && { OFFICE_CONFIGURATION_WRITE_LIMIT: writeLimitOf(plan.throttle) }),
      },
    },
  );
  await stack.up();
}

function namesOf(tenant: number, policies: number): string[] {
  return Array.from({ length: policies }, (_, index) => `Tenant ${tenant} policy ${index}`);
}

/** Open handles and memory of this process at rest, a second after the last work so that it can close. */
async function atRest() {
  await sleep(1_000);
  const rss = process.memoryUsage.rss();
  // Objects that finalizers hold go with the second one.
  for (let round = 0; round < 2; round += 1) {
    collectGarbage();
    await sleep(100);
  }
  const memory: Memory = { rss, live: process.memoryUsage().heapUsed };
  return { handles: handlesOf(process.pid), memory };
}
