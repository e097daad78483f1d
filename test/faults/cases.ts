/**
 * The matrix: which fault strikes which request of which operation.
 *
 * @module
 */
import { FAULT_KINDS, type FaultKind } from "./faultKinds";
import { INTERRUPTIONS, type Interruption } from "./interruptions";
import { CHAINS, type Chain, type Operation } from "./operations";
import { SERIES_CASES, type SeriesCase } from "./series";
import { seeded } from "./subjects";

/** One fault at one request of one operation: a policy of its own. */
export interface RequestCase {
  readonly name: string;
  readonly operation: Operation;
  readonly fault: FaultKind;
}

/** The cases of one chain, by operation. */
export interface ChainPlan {
  readonly chain: Chain;
  readonly cases: readonly RequestCase[];
}

/** Everything that one run tries. */
export interface Plan {
  readonly chains: readonly ChainPlan[];
  readonly interruptions: readonly Interruption[];
  readonly series: readonly SeriesCase[];
  /** Number of cases. */
  readonly count: number;
}

/** Options that narrow a run. */
export interface Narrowing {
  readonly seed: number;
  /** At the most so many cases, picked by the seed. */
  readonly cases?: number;
  /** Only those whose name holds this text. */
  readonly only?: string;
  /** Only these. */
  readonly names?: readonly string[];
}

/** The cases of a run. A case is the same whatever else is run: it depends on the seed alone. */
export function planOf(narrowing: Narrowing): Plan {
  const { seed, cases = Number.POSITIVE_INFINITY, only = "", names: wanted } = narrowing;
  const chains = CHAINS.map((chain) => ({ chain, cases: casesOf(chain) }));
  const names = [
    ...chains.flatMap((plan) => plan.cases.map(({ name }) => name)),
    ...INTERRUPTIONS.map(({ name }) => name),
    ...SERIES_CASES.map(({ name }) => name),
  ].filter((name) => name.includes(only) && (wanted?.includes(name) ?? true));
  const rank = (name: string) => seeded(seed, `rank ${name}`, 2 ** 32);
  const kept = new Set(names.toSorted((a, b) => rank(a) - rank(b)).slice(0, cases));
  const isKept = ({ name }: { readonly name: string }) => kept.has(name);
  return {
    chains: chains
      .map(({ chain, cases: all }) => ({ chain, cases: all.filter(isKept) }))
      .filter((plan) => plan.cases.length > 0),
    interruptions: INTERRUPTIONS.filter(isKept),
    series: SERIES_CASES.filter(isKept),
    count: kept.size,
  };
}

function casesOf(chain: Chain): RequestCase[] {
  return chain.operations.flatMap((operation) =>
    FAULT_KINDS.map((fault) => ({
      name: `${operation.name} / ${operation.moment} / ${fault.name}`,
      operation,
      fault,
    })),
  );
}
