/**
 * The tenant's singleton as Graph sends and takes it.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeconfiguration?view=graph-rest-beta
 * @module
 */
import { z } from "zod";
import { isPlainObject, type PlainObject, sameJson } from "../settings/json";

/** The `@odata.type` of the singleton. */
export const OFFICE_CONFIGURATION_TYPE = "#microsoft.graph.officeConfiguration";

/** The properties that a PATCH can write, and the types of what they hold. */
export const REPORTS = {
  tenantUserCheckinSummary: "microsoft.graph.officeUserCheckinSummary",
  tenantCheckinStatuses: "microsoft.graph.officeClientCheckinStatus",
} as const;

/** The name of such a property. */
export type ReportName = keyof typeof REPORTS;

/** The names of those properties. */
export const REPORT_NAMES = Object.keys(REPORTS) as ReportName[];

/** Required form of an answer; Graph's metadata has no id here since September 2020. */
const officeConfigurationAnswer = z.looseObject({
  "@odata.type": z
    .literal([OFFICE_CONFIGURATION_TYPE, "microsoft.graph.officeConfiguration"])
    .nullish(),
  id: z.string().nullish(),
  tenantUserCheckinSummary: z.record(z.string(), z.json()).nullish(),
  tenantCheckinStatuses: z.array(z.record(z.string(), z.json())).nullish(),
});

/** The singleton as Graph answered it. */
export type OfficeConfigurationAnswer = z.infer<typeof officeConfigurationAnswer>;

/**
 * Reads an answer as the singleton, bare or wrapped in `value` as some of the API's pages have it.
 *
 * @returns undefined if it is none.
 */
export function readOfficeConfiguration(body: unknown): OfficeConfigurationAnswer | undefined {
  const isWrapped = isPlainObject(body) && isPlainObject(body.value);
  const result = officeConfigurationAnswer.safeParse(isWrapped ? body.value : body);
  return result.success ? result.data : undefined;
}

/** The body of a PATCH: the given properties, each object with its type, as the API's page has it. */
export function patchBody(given: Partial<Record<ReportName, unknown>>): PlainObject {
  const typed = (name: ReportName, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item) => typed(name, item));
    return isPlainObject(value) ? { ...value, "@odata.type": REPORTS[name] } : value;
  };
  return {
    "@odata.type": OFFICE_CONFIGURATION_TYPE,
    ...Object.fromEntries(
      REPORT_NAMES.filter((name) => name in given).map((name) => [name, typed(name, given[name])]),
    ),
  };
}

/**
 * Whether a report of the tenant says what is given. Annotations and what is null say nothing, and
 * properties that a service adds do not count.
 */
export function sameReport(found: unknown, given: unknown): boolean {
  const wanted = bare(given);
  return sameJson(asFarAsGiven(bare(found), wanted), wanted);
}

function asFarAsGiven(found: unknown, given: unknown): unknown {
  if (Array.isArray(found) && Array.isArray(given)) {
    return found.map((item, index) => asFarAsGiven(item, given[index]));
  }
  if (!isPlainObject(found) || !isPlainObject(given)) return found;
  const known = Object.entries(found).filter(([key]) => Object.hasOwn(given, key));
  return Object.fromEntries(known.map(([key, item]) => [key, asFarAsGiven(item, given[key])]));
}

/** A report without what says nothing. */
export function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !key.includes("@") && item !== null)
      .map(([key, item]) => [key, bare(item)]),
  );
}
