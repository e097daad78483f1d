import { listing } from "../../provider/catalogue/listing";
import { type Baseline, readBaseline } from "../../provider/settings/baseline";
import { PAYLOAD_NAMES, type PayloadName } from "../../provider/settings/names";
import { show } from "../../provider/settings/show";
import { findFile, type PackPlace } from "../files";
import { forEachKnown, known } from "../validate";
import type { OfficePolicy } from "../view/officePolicy";
import { stackRule } from "./rule";

interface Settings {
  readonly baseline?: string | object;
}

/** Most settings that a message names. */
const MOST_SETTINGS = 20;

export const requiredSettings = (place: PackPlace) =>
  stackRule<Settings>({
    name: "required-settings",
    description: "The policies of the stack have the settings of a baseline.",
    remedy: "Add the settings that are missing, with the values of the baseline.",
    settings: {
      baseline: {
        type: ["string", "object"],
        description:
          "The baseline, or the file with it, which office-configuration convert --baseline writes. The rule does nothing without it.",
      },
    },
    checkAll(policies, report, { baseline: given }, args) {
      if (given === undefined) return args.notApplicable("No baseline is configured.");
      const { baseline, problem } = baselineOf(given, place);
      if (baseline === undefined) return report(problem);
      const wrong = () =>
        forEachKnown(policies, (policy) => {
          const problems: string[] = [];
          const read = known(() => addWrongValues(baseline, policy, problems));
          if (problems.length > 0) {
            report(
              `It has other values than the baseline: ${sentence(problems)}\nGive it the values of the baseline.`,
              policy.urn,
            );
          }
          if (read.unknown !== undefined) throw read.unknown;
        });
      forEachKnown([wrong, () => reportMissing(baseline, policies, report)], (part) => part());
    },
  });

type Found =
  | { readonly baseline: Baseline; readonly problem?: undefined }
  | { readonly baseline?: undefined; readonly problem: string };

function baselineOf(given: string | object, place: PackPlace): Found {
  const file = typeof given === "string" ? findFile(given, place) : undefined;
  const text = file === undefined ? JSON.stringify(given) : file.text;
  if (text === undefined) return { problem: file?.problem ?? "" };
  try {
    return { baseline: readBaseline(text) };
  } catch (error) {
    const name = file?.path ?? "The baseline in the pack's configuration";
    return { problem: `${name} ${(error as Error).message}.\nCorrect the baseline.` };
  }
}

/** Values of settings that the user cannot change: the others do not decide. */
function addWrongValues({ policies }: Baseline, policy: OfficePolicy, problems: string[]): void {
  forEachKnown(policy.settingsOf("policies"), (setting) => {
    const allowed = Object.hasOwn(policies, setting.id) ? policies[setting.id] : undefined;
    if (allowed === undefined || isAllowed(setting.value, allowed)) return;
    problems.push(`${setting.id} must be ${valuesText(allowed)}`);
  });
}

function reportMissing(
  baseline: Baseline,
  policies: readonly OfficePolicy[],
  report: (message: string) => void,
): void {
  const set = new Set<string>();
  const read = known(() =>
    forEachKnown(policies, (policy) =>
      forEachKnown(PAYLOAD_NAMES, (payload) => {
        for (const { id } of policy.settingsOf(payload)) set.add(`${payload} ${id}`);
      }),
    ),
  );
  const missing = PAYLOAD_NAMES.flatMap((payload) =>
    Object.entries(baseline[payload])
      .filter(([id]) => !placesOf(payload).some((name) => set.has(`${name} ${id}`)))
      .map(([id, allowed]) => `${id} (${valuesText(allowed)})`),
  );
  if (missing.length === 0) return;
  // The input that is not known yet may have them.
  if (read.unknown !== undefined) throw read.unknown;
  const names = listing(missing, MOST_SETTINGS, "and");
  report(`No policy sets ${names}.\nAdd what is missing.`);
}

/** Inputs that a required setting may be in: what a user may change may also be enforced. */
function placesOf(payload: PayloadName): readonly PayloadName[] {
  return payload === "policies" ? ["policies"] : PAYLOAD_NAMES;
}

function isAllowed(value: unknown, allowed: readonly string[]): boolean {
  return typeof value === "string" && allowed.includes(value);
}

function valuesText(allowed: readonly string[]): string {
  return listing(
    allowed.map((value) => show(value)),
    MOST_SETTINGS,
    "or",
  );
}

function sentence(problems: readonly string[]): string {
  return `${listing(problems, MOST_SETTINGS, "and")}.`;
}
