/**
 * Ends the provider process once nobody reads its output. The engine reads it as long as it lives, so it was killed.
 *
 * Pulumi's server would go on: it prints the failure to write, fails again, and takes a processor and ever more memory.
 * The process would also go on to write to the tenant beside the next update. What it was creating is on record, and that
 * update takes it over, as after the kill of this process.
 *
 * @module
 */

/** Part of a stream that tells of a failure to write. */
type Output = Pick<NodeJS.WriteStream, "once">;

/**
 * Ends this process at the first failure to write to one of its outputs.
 *
 * @param end - Ends the process. @default `process.exit` with 1
 */
export function endWithoutReader(
  outputs: readonly Output[] = [process.stdout, process.stderr],
  end: () => void = () => process.exit(1),
): void {
  for (const output of outputs) output.once("error", end);
}
