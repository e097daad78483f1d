/**
 * Gives policies the priorities that put them into the wanted order.
 *
 * @module
 */
import type { ConfigurationAnswer } from "../../api/configurationAnswer";

/**
 * The priorities that put policies into an order. The policies keep their priorities as a set, and only exchange
 * them: so no other policy is in the way, and other policies keep their places.
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
  // Two policies should not share a priority, and none should be without. If so, the rest get new ones.
  let next = Math.max(-1, ...all.map(({ priority }) => priority ?? -1)) + 1;
  while (slots.length < ordered.length) slots.push(next++);
  return new Map(ordered.map(({ id }, place) => [id, slots[place] ?? place]));
}

/** Policies in the order in which they win; those without a priority last. */
export function byPriority(configurations: readonly ConfigurationAnswer[]): ConfigurationAnswer[] {
  const rank = ({ priority }: ConfigurationAnswer) => priority ?? Number.MAX_SAFE_INTEGER;
  return [...configurations].sort((a, b) => rank(a) - rank(b));
}
