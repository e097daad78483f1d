/**
 * Agreement to a change of a fleet: by options, by a saved preview, or by somebody at the terminal.
 *
 * @module
 */
import { oneLine } from "../../provider/text/messageText";
import { screenWidth } from "../catalogue/screen";
import { CommandFailure } from "../options";
import { say, textAsker } from "../terminal";
import { FAILED, INTERRUPTED } from "./exitCode";
import { refusalOf, tooManyChanges } from "./guards";
import { inWords, isInWords } from "./numberWords";
import { operate } from "./operation";
import type { FleetOptions } from "./options";
import type { FleetCommand, FleetResult, StackResult } from "./result";
import { resultText } from "./resultText";
import { tenants } from "./resultWords";
import { type FleetRun, runStacks, type StackWork } from "./run";

/** A user's options, and the way to ask for more. */
interface Agreement {
  readonly options: FleetOptions;
  readonly saved: FleetResult | undefined;
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * The work on a stack, once the guards and the user have agreed to it.
 *
 * @throws CommandFailure if they do not.
 */
export async function agreedWork(
  command: FleetCommand,
  run: FleetRun,
  { options, saved, ask }: Agreement,
): Promise<StackWork> {
  const plain: StackWork = (stack, operations) => operate(command, stack, operations);
  const count = run.stacks.length - run.done.size;
  if (command === "destroy") {
    await confirmDestroy(count, options.yesDestroy);
    return plain;
  }
  if (command === "refresh" && !options.yes) {
    await confirm(ask, `Read ${tenants(count)} into the states of their stacks?`);
  }
  if (command !== "up") return plain;
  if (saved !== undefined) {
    const own = saved.stacks.filter(({ stack }) => run.stacks.some(({ name }) => name === stack));
    checkMaxChanges(own, options);
    return asPreviewed(saved);
  }
  if (options.yes && options.maxChanges === undefined) return plain;
  say(`Previewing ${tenants(count)} first.`);
  const preview = await runStacks(
    "preview",
    { ...run, canaries: [], stopAfter: undefined },
    { work: (stack, operations) => operate("preview", stack, operations) },
  );
  if (run.stop.aborted) throw new CommandFailure("stopped: nothing was changed", INTERRUPTED);
  if (!options.yes) say(resultText(preview, screenWidth(process.stderr.columns)));
  checkMaxChanges(preview.stacks, options);
  // A stack that cannot be previewed is not updated.
  const previews = new Map(preview.stacks.map((each) => [each.stack, each]));
  const able = preview.stacks.filter(({ error }) => error === undefined).length;
  if (!options.yes) await confirm(ask, `Update ${tenants(able)}?`);
  return (stack, operations) => {
    const previewed = previews.get(stack.name);
    return previewed?.error === undefined
      ? operate(command, { ...stack, isNew: false }, operations)
      : Promise.resolve(previewed);
  };
}

/** Work that previews each stack once more, and refuses it if that differs from what was saved. */
function asPreviewed(saved: FleetResult): StackWork {
  return async (stack, operations) => {
    const now = await operate("preview", stack, operations);
    if (now.error !== undefined) return now;
    const refusal = refusalOf(saved, now);
    if (refusal === undefined) return operate("up", { ...stack, isNew: false }, operations);
    return { ...now, result: "failed", changes: [], error: refusal };
  };
}

function checkMaxChanges(stacks: readonly StackResult[], { maxChanges }: FleetOptions): void {
  const problem = maxChanges === undefined ? undefined : tooManyChanges(stacks, maxChanges);
  if (problem !== undefined) throw new CommandFailure(problem, FAILED);
}

async function confirm(
  ask: ((question: string) => Promise<boolean>) | undefined,
  question: string,
): Promise<void> {
  if ((await ask?.(question)) !== true) throw NOT_AGREED();
}

async function confirmDestroy(count: number, given: string | undefined): Promise<void> {
  const ask = textAsker();
  const words = inWords(count);
  if (given === undefined && ask === undefined) {
    throw new TypeError(
      `there is no terminal to ask on: this deletes the policies of ${tenants(count)}. To agree, give that number in words: --yes-destroy "${words}"`,
    );
  }
  const answer =
    given ??
    (await ask?.(
      `This deletes the policies of ${tenants(count)}. To go on, type that number in words:`,
    ));
  if (answer !== undefined && isInWords(answer, count)) return;
  if (given === undefined) throw NOT_AGREED();
  throw new TypeError(
    `--yes-destroy says ${oneLine(given, 40)}. This deletes the policies of ${tenants(count)}: agree with that number in words, --yes-destroy "${words}". Nothing was changed`,
  );
}

const NOT_AGREED = () => new CommandFailure("not agreed to: nothing was changed", FAILED);
