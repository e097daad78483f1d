import { print, screenWidth } from "../catalogue/screen";
import { type FleetResult, resultJson } from "./result";
import { resultJunit } from "./resultJunit";
import { resultMarkdown } from "./resultMarkdown";
import { resultText } from "./resultText";

/** Form in which a result is printed. */
export interface ResultForm {
  readonly format: "table" | "json" | "markdown" | "junit";
  /** Whether a change counts as a failure. */
  readonly expectNoChanges: boolean;
}

/** Prints a result. */
export function showResult(result: FleetResult, { format, expectNoChanges }: ResultForm): void {
  const forms = {
    table: () => resultText(result, screenWidth()),
    json: () => resultJson(result),
    markdown: () => resultMarkdown(result),
    junit: () => resultJunit(result, { expectNoChanges }),
  };
  print(forms[format]());
}
