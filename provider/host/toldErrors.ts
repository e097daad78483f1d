import { OfficeConfigurationError } from "../graph";

/**
 * The errors of a run that concern the whole stack: each is told in full for the first resource that
 * meets it, and in one line for the others.
 */
export class ToldErrors {
  readonly #resources = new Map<string, string>();

  /**
   * Notes an error of a resource.
   *
   * @param resource - The name of the resource.
   * @returns one line in the place of the error's text; undefined where that is to be told in full.
   */
  brief(error: unknown, resource: string): string | undefined {
    const cause = OfficeConfigurationError.isInstance(error) ? error.sharedCause : undefined;
    if (cause === undefined) return undefined;
    const first = this.#resources.get(cause.key);
    if (first === undefined) this.#resources.set(cause.key, resource);
    // The same resource may meet it again: in a refresh, and in the update after it.
    if (first === undefined || first === resource) return undefined;
    return `${cause.brief} See the resource "${first}" for the reason and what to do.`;
  }
}
