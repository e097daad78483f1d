import { badRequest } from "./errors";
import { SCALAR_NAMES } from "./scalars";

/** Properties of this API's objects, by Microsoft's metadata and the API's pages. */
const PROPERTIES: readonly string[] = [
  "id",
  ...SCALAR_NAMES,
  "policyPayload",
  "userPreferencePayload",
  "userCheckinSummary",
  "checkinStatuses",
  "lastModifiedDateTime",
  "assignments",
  "target",
  "tenantCheckinStatuses",
  "tenantUserCheckinSummary",
  "clientConfigurations",
  "@odata.type",
];

/** The property of that name, as a query asks for it. Throws Graph's 400 if there is none. */
export function propertyNamed(name: string): string {
  if (PROPERTIES.includes(name)) return name;
  throw badRequest(`Could not find a property named '${name}'.`);
}
