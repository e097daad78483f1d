import { problemLine } from "../../../provider/settings/inputProblem";
import { INPUT_NAMES, inputProblems } from "../../../provider/settings/inputs/clientConfiguration";
import { ownValue, propertyPath } from "../../../provider/settings/json";
import { secretsOf } from "../../../provider/settings/label";
import { CONFIGURATION_KINDS } from "../../../provider/settings/names";
import { oneLine } from "../../../provider/text/messageText";
import type { OfficeResource } from "./resources";

/** Most policies that notes name. */
const MOST_NAMED = 10;

/** Longest reason, in UTF-16 units. */
const MAX_REASON = 300;

/** A note for each policy of a program that a preview would refuse. */
export function refusals(resources: readonly OfficeResource[]): string[] {
  const notes = resources.flatMap((resource) => refusal(resource) ?? []);
  const more = notes.length - MOST_NAMED;
  const rest = more > 0 ? [`${more} more policies would be refused by a preview`] : [];
  return [...notes.slice(0, MOST_NAMED), ...rest];
}

function refusal({ kind, name, properties }: OfficeResource): string | undefined {
  if (!CONFIGURATION_KINDS.some((known) => known === kind)) return undefined;
  const inputs = Object.fromEntries(
    INPUT_NAMES.filter((input) => Object.hasOwn(properties, input)).map((input) => [
      input,
      ownValue(properties, input),
    ]),
  );
  const [problem] = inputProblems(inputs);
  if (problem === undefined) return undefined;
  // A reason may show a value.
  const isOpen = secretsOf(properties).length === 0;
  const reason = isOpen ? problemLine(problem) : propertyPath(problem.path);
  return `a preview would refuse the policy ${name}: ${oneLine(reason, MAX_REASON)}`;
}
