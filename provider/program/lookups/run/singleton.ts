/**
 * Looks up the tenant's singleton.
 *
 * @module
 */

import { bare, readOfficeConfiguration } from "../../../api/officeConfiguration";
import { paths } from "../../../api/paths";
import { GraphAnswerError } from "../../../graph";
import type { GetOfficeConfigurationResult } from "../types";
import type { LookupContext } from "./context";
import { reported } from "./result";

/**
 * The tenant's singleton.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeconfiguration?view=graph-rest-beta
 */
export async function readSingleton(context: LookupContext): Promise<GetOfficeConfigurationResult> {
  const path = paths.officeConfiguration;
  const call = context.call("Reading", "the tenant's officeConfiguration");
  const { body, requestId } = await context.graph.get(path, call);
  const found = readOfficeConfiguration(body);
  if (found === undefined) {
    throw new GraphAnswerError("is no officeConfiguration", {
      ...call,
      method: "GET",
      path,
      ...(requestId !== undefined && { requestId }),
    });
  }
  return reported<GetOfficeConfigurationResult>({
    id: found.id,
    tenantUserCheckinSummary: bare(found.tenantUserCheckinSummary),
    tenantCheckinStatuses: bare(found.tenantCheckinStatuses),
  });
}
