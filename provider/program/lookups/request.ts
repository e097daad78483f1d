import type { LookupOptions } from "./options";
import type {
  GetIntuneOfficePolicyResult,
  GetOfficeClientConfigurationResult,
  GetOfficeConfigurationResult,
} from "./types";

/** The lookups by name, with their results. */
export interface LookupResults {
  getOfficeClientConfiguration: GetOfficeClientConfigurationResult;
  getOfficeClientConfigurations: GetOfficeClientConfigurationResult[];
  getOfficeConfiguration: GetOfficeConfigurationResult;
  getIntuneOfficePolicy: GetIntuneOfficePolicyResult;
  getIntuneOfficePolicies: GetIntuneOfficePolicyResult[];
}

/** Name of a lookup. */
export type LookupName = keyof LookupResults;

/** Result of a lookup. */
export type LookupResult<Name extends LookupName> = LookupResults[Name];

/** A lookup, as its caller requests it. */
export interface LookupRequest {
  readonly args: unknown;
  readonly options: LookupOptions | undefined;
  /** Whether the arguments are secret: no message repeats them. */
  readonly isSecret?: boolean;
}
