/**
 * Looking the tenant's singleton up.
 *
 * @module
 */
import { z } from "zod";
import { GraphAnswerError, paths } from "../graph";
import { isPlainObject } from "../payload/json";
import type { LookupContext } from "./context";
import { bare, reported } from "./result";
import type { GetOfficeConfigurationResult } from "./types";

/** What an answer must hold to be understood; services may add what they like. */
const singletonAnswer = z.looseObject({
  id: z.string().nullish(),
  tenantUserCheckinSummary: z.record(z.string(), z.json()).nullish(),
  tenantCheckinStatuses: z.array(z.record(z.string(), z.json())).nullish(),
});

/**
 * The tenant's singleton.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-officeconfiguration?view=graph-rest-beta
 */
export async function readSingleton(context: LookupContext): Promise<GetOfficeConfigurationResult> {
  const path = paths.officeConfiguration;
  const call = context.call("Reading", "the tenant's officeConfiguration");
  const { body } = await context.graph.get(path, call);
  // Some of the API's pages show an object wrapped in `value`.
  const isWrapped = isPlainObject(body) && isPlainObject(body.value);
  const { success, data } = singletonAnswer.safeParse(isWrapped ? body.value : body);
  if (!success) {
    throw new GraphAnswerError("is no officeConfiguration", { ...call, method: "GET", path });
  }
  return reported<GetOfficeConfigurationResult>({
    id: data.id,
    tenantUserCheckinSummary: bare(data.tenantUserCheckinSummary),
    tenantCheckinStatuses: bare(data.tenantCheckinStatuses),
  });
}
