/**
 * Which policy gets which priority, so that they stand in a wanted order.
 *
 * @module
 */
import type { ConfigurationAnswer } from "../../api/configurationAnswer";

/**
 * The priorities that put policies in an order: those that they have now, handed out anew. So no
 * other policy is in the way, and none changes its place among the others.
 *
 * @param ordered - The policies, the one that wins first.
 * @param all - All policies of the tenant.
 */
export function prioritiesInOrder(
  ordered: readonly ConfigurationAnswer[],
  all: readonly ConfigurationAnswer[],
): Map<string, number> {
  const own = ordered.flatMap(({ priority }) => priority ?? []);
  const slots = [...new Set(own)].sort((a, b) => a - b);
  // A tenant should have no priority twice and none without. Where it has, there are new ones.
  let next = Math.max(-1, ...all.map(({ priority }) => priority ?? -1)) + 1;
  while (slots.length < ordered.length) slots.push(next++);
  return new Map(ordered.map(({ id }, place) => [id, slots[place] ?? place]));
}

/** Policies in the order in which they win; those without a priority last. */
export function byPriority(configurations: readonly ConfigurationAnswer[]): ConfigurationAnswer[] {
  const rank = ({ priority }: ConfigurationAnswer) => priority ?? Number.MAX_SAFE_INTEGER;
  return [...configurations].sort((a, b) => rank(a) - rank(b));
}
