/**
 * Work on many items, a bounded number at a time.
 *
 * @module
 */

/**
 * Works on each item, in order, so many at a time. When one fails, those under way are finished,
 * none is begun, and the first failure is thrown.
 */
export async function inTurns<T>(
  items: readonly T[],
  sideBySide: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const queue = items.values();
  const failures: unknown[] = [];
  const worker = async () => {
    // The workers share one iterator: each item is taken once.
    for (const item of queue) {
      await work(item).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  if (failures.length > 0) throw failures[0];
}
