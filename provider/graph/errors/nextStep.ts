/**
 * What to do after Graph refused.
 *
 * @see https://learn.microsoft.com/graph/errors
 * @module
 */

/** The part of a refusal that advice depends on. */
export interface Refused {
  readonly status: number;
  readonly method: string;
  readonly graphMessage: string;
}

const PERMISSION = "DeviceManagementConfiguration.ReadWrite.All";

/** Graph's words for a path that the tenant's service does not have. */
const UNKNOWN_SEGMENT = /resource not found for the segment ['"]officeConfiguration['"]/i;

const NOT_SERVED =
  "This tenant's Graph does not serve the beta API /officeConfiguration: Microsoft has taken it " +
  "out of the published beta metadata, and not every tenant has it. No setting of this package " +
  "changes that. A GET of /beta/officeConfiguration in Graph Explorer shows whether it comes back.";

const STEPS: Readonly<Record<number, string>> = {
  401:
    "Graph does not accept the token. Check that it is for this cloud (officeConfiguration:cloud) " +
    "and this tenant (officeConfiguration:tenantId), and that the clock of this machine is right.",
  403:
    `Grant the app the Graph permission ${PERMISSION} (reading needs ` +
    "DeviceManagementConfiguration.Read.All) with admin consent, and check that the tenant has an " +
    "active Intune license. A new grant takes some minutes; then run it again.",
  404:
    "It is not there, or this credential cannot see it. If it was deleted by hand, run " +
    "`pulumi refresh`, then `pulumi up` makes it anew.",
  409:
    "It collides with what the tenant has, such as a priority that another policy holds, or it was " +
    "changed at the same moment. Run `pulumi refresh`, look at the difference, and run it again.",
  429:
    "Graph throttles this app in this tenant. Run it again later, or lower " +
    "officeConfiguration:maxRequestsInFlight, or for writes officeConfiguration:writeLimit.",
};

/** What to do next; undefined where there is no better advice than Graph's own words. */
export function nextStep({ status, graphMessage }: Refused): string | undefined {
  if ((status === 400 || status === 404) && UNKNOWN_SEGMENT.test(graphMessage)) return NOT_SERVED;
  return STEPS[status];
}
