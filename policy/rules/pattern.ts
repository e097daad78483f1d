import { oneLine } from "../../provider/text/messageText";

type Pattern =
  | { readonly regExp: RegExp; readonly problem?: undefined }
  | { readonly regExp?: undefined; readonly problem: string };

/** A regular expression of a rule's settings. @param setting - Name of the setting, for the problem. */
export function patternOf(setting: string, pattern: string): Pattern {
  try {
    return { regExp: new RegExp(pattern) };
  } catch (error) {
    const reason = oneLine((error as Error).message, 200);
    return {
      problem: `${setting} of this rule is no regular expression: ${reason}.\nCorrect ${setting} in the pack's configuration.`,
    };
  }
}
