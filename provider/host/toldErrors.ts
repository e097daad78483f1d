import { OfficeConfigurationError } from "../graph";
import { doctorHint } from "../graph/errors/doctorHint";

/**
 * The errors of a run that concern the whole stack. The first resource with such an error shows it in full, the
 * others show one line. The doctor is named once a run.
 */
export class ToldErrors {
  readonly #resources = new Map<string, string>();
  #resourceWithHint: string | undefined;

  /**
   * Notes an error of a resource.
   *
   * @param resource - The name of the resource.
   * @returns one line to show in place of the error's text; undefined if the text is to be shown in full.
   */
  brief(error: unknown, resource: string): string | undefined {
    const cause = OfficeConfigurationError.isInstance(error) ? error.sharedCause : undefined;
    if (cause === undefined) return undefined;
    const first = this.#resources.get(cause.key);
    if (first === undefined) this.#resources.set(cause.key, resource);
    // The same resource may have the error twice: in a refresh, and in the update after it.
    if (first === undefined || first === resource) return undefined;
    return `${cause.brief} See the resource "${first}" for the reason and what to do.`;
  }

  /**
   * The text of an error that is shown in full, with a line that names the doctor if the doctor explains it further.
   *
   * @param resource - The name of the resource. Only the first such resource of a run gets the line.
   */
  withHint(text: string, error: unknown, resource: string): string {
    const hint = doctorHint(error);
    if (hint === undefined) return text;
    this.#resourceWithHint ??= resource;
    return this.#resourceWithHint === resource ? `${text}\n${hint}` : text;
  }
}
