/**
 * Many policies in one stack, on one emulator.
 *
 * @module
 */
import type { EmulatorOptions } from "../../emulator";
import type { Engine } from "../../scripts/engine/index";
import { BenchProject, PROVIDER_COMMAND } from "../project";
import { RemoteEmulator } from "../remoteEmulator";
import { type Cost, timed } from "../timed";
import { writeProgram } from "./program";

/** Size of the trial. */
export interface OneStackPlan {
  readonly policies: number;
  /**
   * Whether the engine saves the state once at the end of an operation, and not after each resource
   * (PULUMI_SKIP_CHECKPOINTS): an engine that is killed then loses what it made.
   */
  readonly skipCheckpoints: boolean;
  /** The service that it meets. @default a kind one, which answers at once */
  readonly service?: EmulatorOptions;
}

/** Cost of one operation on the whole stack. */
export interface Phase extends Cost {
  readonly name: string;
}

/**
 * Takes a stack from nothing to nothing, and measures each operation. The emulator has no limit: what
 * is measured is the engine and the provider, not waiting. Rejects if an operation goes wrong.
 *
 * @param report - Gets all phases so far after each.
 */
export async function measureOneStack(
  engine: Engine,
  { policies, skipCheckpoints, service = {} }: OneStackPlan,
  report: (phases: readonly Phase[]) => void,
): Promise<void> {
  const emulator = await RemoteEmulator.start(service);
  const project = new BenchProject(engine);
  project.pointAt(emulator);
  if (skipCheckpoints) {
    project.env.PULUMI_EXPERIMENTAL = "true";
    project.env.PULUMI_SKIP_CHECKPOINTS = "true";
  }
  const phases: Phase[] = [];
  const measure = async (name: string, left: number, ...command: string[]) => {
    const expected = { emulator, provider: PROVIDER_COMMAND, name: `"${name}"`, policies: left };
    phases.push({ name, ...(await timed(() => project.run(...command), expected)) });
    report(phases);
  };
  try {
    await project.run("stack", "init", "many");
    writeProgram(project, policies, "0");
    await measure("first up", policies, "up", "--yes", "--skip-preview");
    await measure("up without change", policies, "up", "--yes", "--skip-preview");
    await measure("refresh", policies, "refresh", "--yes", "--skip-preview");
    writeProgram(project, policies, "1");
    await measure("update of all", policies, "up", "--yes", "--skip-preview");
    await measure("destroy", 0, "destroy", "--yes", "--skip-preview");
  } finally {
    project.remove();
    await emulator.close();
  }
}
