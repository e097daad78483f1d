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

/** The properties that a PATCH can write, and the types of their values. */
export const REPORTS = {
  tenantUserCheckinSummary: "microsoft.graph.officeUserCheckinSummary",
  tenantCheckinStatuses: "microsoft.graph.officeClientCheckinStatus",
} as const;

/** The name of a property that a PATCH can write. */
export type ReportName = keyof typeof REPORTS;

/** The names of the properties that a PATCH can write. */
export const REPORT_NAMES = Object.keys(REPORTS) as ReportName[];

/** Required form of an answer. Graph's metadata has had no id here since September 2020. */
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
 * Reads an answer as the singleton, either bare or wrapped in `value` as on some of the API's pages.
 *
 * @returns undefined if it is not the singleton.
 */
export function readOfficeConfiguration(body: unknown): OfficeConfigurationAnswer | undefined {
  const isWrapped = isPlainObject(body) && isPlainObject(body.value);
  const result = officeConfigurationAnswer.safeParse(isWrapped ? body.value : body);
  return result.success ? result.data : undefined;
}

/** The body of a PATCH: the given properties, each with its type, as on the API's page. */
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
 * Whether a report of the tenant equals the given one. Ignores annotations, nulls, and properties that the
 * service adds.
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

/** A report without annotations and nulls. */
export function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !key.includes("@") && item !== null)
      .map(([key, item]) => [key, bare(item)]),
  );
}
