/**
 * One result from those of a fleet's shards, which ran on machines of their own.
 *
 * @module
 */
import { oneLine } from "../../provider/text/messageText";
import { emptyResult, type FleetResult } from "./result";
import { packsText } from "./resultNames";
import { namesText } from "./resultText";
import { shownName, tenants } from "./resultWords";

/** The result of a shard, and the file that it is from. */
export interface ShardResult {
  readonly file: string;
  readonly result: FleetResult;
}

/** A result of all shards, and what is missing from it. */
export interface Collection {
  readonly result: FleetResult;
  /** Missing shards and stacks, a sentence each. */
  readonly missing: readonly string[];
}

/**
 * Merges the results of shards. What has no result is in `notRun`: silence is no success.
 *
 * @param expected - Names of all stacks that must have a result, if they are known.
 * @throws TypeError if the results are of different runs, or one is there twice.
 */
export function collectResults(
  shards: readonly ShardResult[],
  expected: readonly string[] = [],
): Collection {
  const [first] = shards;
  if (first === undefined) throw new TypeError("there is no result to collect");
  for (const each of shards.slice(1)) refuseOther(first, each);
  refuseTwice(shards);
  const { command, project, refreshed, policyPacks } = first.result;
  const startedAt = shards.map(({ result }) => result.startedAt).sort()[0] ?? "";
  const whole = emptyResult({
    command,
    project,
    refreshed,
    policyPacks,
    startedAt,
    shard: null,
  });
  const absent = missingShards(shards);
  const without = missingStacks(shards, expected);
  const byName = (a: { readonly stack: string }, b: { readonly stack: string }) =>
    a.stack < b.stack ? -1 : 1;
  return {
    result: {
      ...whole,
      stacks: shards.flatMap(({ result }) => result.stacks).sort(byName),
      notRun: [
        ...shards.flatMap(({ result }) => result.notRun).sort(byName),
        ...absent.map((shard) => ({ stack: `all of shard ${shard}`, why: NO_SHARD })),
        ...without.map((stack) => ({ stack, why: NO_STACK })),
      ],
    },
    missing: [
      ...absent.map((shard) => `shard ${shard} has no result`),
      ...(without.length === 0
        ? []
        : [`${tenants(without.length)} without a result: ${namesText(without.map(shownName))}`]),
    ],
  };
}

const NO_SHARD = "no file has the result of this shard: see the log of its job";
const NO_STACK = "no file has a result of this stack";

/** @throws TypeError if the second result cannot be of the same run as the first. */
function refuseOther(first: ShardResult, other: ShardResult): void {
  const [a, b] = [first.result, other.result];
  const is = (what: (result: FleetResult) => string) =>
    `${first.file} is ${what(a)}, and ${other.file} is ${what(b)}: collect the results of one run`;
  if (a.project !== b.project) {
    throw new TypeError(is(({ project }) => `of the project ${shownName(project)}`));
  }
  if (a.command !== b.command) throw new TypeError(is(({ command }) => `of \`fleet ${command}\``));
  if (a.refreshed !== b.refreshed) {
    throw new TypeError(is(({ refreshed }) => `${refreshed ? "with" : "without"} --refresh`));
  }
  // The folder of a pack may be another one on each machine.
  if (a.policyPacks.length !== b.policyPacks.length) {
    throw new TypeError(is(({ policyPacks: { length } }) => `with ${packsText(length)}`));
  }
  const [of, otherOf] = [a, b].map(({ shard }) => shardOf(shard)?.of);
  if (of !== otherOf) {
    const part = ({ shard }: FleetResult) =>
      shard === null ? "of no shard" : `shard ${oneLine(shard, 20)}`;
    throw new TypeError(is(part));
  }
}

/** @throws TypeError if a shard or a stack has two results. */
function refuseTwice(shards: readonly ShardResult[]): void {
  const files = new Map<string, string>();
  const note = (what: string, file: string) => {
    const earlier = files.get(what);
    if (earlier !== undefined) {
      throw new TypeError(`${what} is in ${earlier} and in ${file}: give only one of them`);
    }
    files.set(what, file);
  };
  for (const { file, result } of shards) {
    if (result.shard !== null) note(`shard ${oneLine(result.shard, 20)}`, file);
  }
  for (const { file, result } of shards) {
    for (const { stack } of [...result.stacks, ...result.notRun]) {
      note(`the stack ${shownName(stack)}`, file);
    }
  }
}

/** Shards, such as `2/5`, of which there is no result. */
function missingShards(shards: readonly ShardResult[]): string[] {
  const found = shards.flatMap(({ result }) => shardOf(result.shard) ?? []);
  const of = found[0]?.of ?? 0;
  const there = new Set(found.map(({ index }) => index));
  return Array.from({ length: of }, (_, place) => place + 1)
    .filter((index) => !there.has(index))
    .map((index) => `${index}/${of}`);
}

function missingStacks(shards: readonly ShardResult[], expected: readonly string[]): string[] {
  const there = new Set(
    shards.flatMap(({ result }) => [...result.stacks, ...result.notRun].map(({ stack }) => stack)),
  );
  return expected.filter((stack) => !there.has(stack));
}

/** The parts of `2/5`. */
function shardOf(
  shard: string | null,
): { readonly index: number; readonly of: number } | undefined {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(shard ?? "") ?? [];
  return index === undefined ? undefined : { index: Number(index), of: Number(of) };
}
