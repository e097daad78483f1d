/**
 * Copilot's settings that a policy service manages. Graph gives them one by one: there is no list.
 *
 * @see https://learn.microsoft.com/microsoft-365/copilot/extensibility/api/admin-settings/resources/copilotpolicysetting
 * @module
 */
import { z } from "zod";
import { GraphAnswerError, type GraphCallOptions, type GraphClient } from "../graph";
import { COPILOT_CODES } from "../graph/errors/diagnosis";
import type { GraphResponse } from "../graph/types";
import { paths } from "./paths";

/** A setting as the tenant has it. */
export interface CopilotSettingAnswer {
  /** Undefined if the setting has no value. */
  readonly value: string | undefined;
  /** Id of the policy that it is read from; undefined if the tenant has none. */
  readonly policyId: string | undefined;
}

/** A value to write. */
export interface CopilotSettingChange {
  /** Null clears the setting. */
  readonly value: string | null;
  /** Id of the policy to write to. @default Graph chooses */
  readonly policyId?: string | undefined;
}

const answerSchema = z.object({
  id: z.string().nullish(),
  // Documented as a text. A digit may come as a number all the same.
  value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  policyId: z.string().nullish(),
});

/** Name of a setting in messages. */
export function copilotSubject(id: string): string {
  return `Copilot setting ${id}`;
}

/**
 * Reads a setting. If the answer leaves out its value, asks for the value by name: a missing value is not taken for none.
 *
 * @throws GraphAnswerError if Graph does not say whether the setting has a value.
 */
export async function getCopilotSetting(
  graph: GraphClient,
  id: string,
): Promise<CopilotSettingAnswer> {
  const path = paths.copilotPolicySetting(id);
  const call = callOf("Reading", id);
  const response = await graph.get(path, call);
  const found = readSetting(response, id);
  if (found !== undefined) return found;
  const selected = await graph.get(`${path}?$select=id,value,policyId`, call);
  const again = readSetting(selected, id);
  if (again !== undefined) return again;
  const { status, requestId } = selected;
  throw new GraphAnswerError("does not say whether this setting has a value", {
    ...{ method: "GET", path, status, action: "Reading", subject: copilotSubject(id) },
    ...(requestId !== undefined && { requestId }),
  });
}

/** Sets or clears a setting. @returns the setting after that; undefined if Graph does not say it. */
export async function setCopilotSetting(
  graph: GraphClient,
  id: string,
  { value, policyId }: CopilotSettingChange,
): Promise<CopilotSettingAnswer | undefined> {
  const body = { value, ...(policyId !== undefined && { policyId }) };
  const action = value === null ? "Clearing" : "Setting";
  return readSetting(
    await graph.patch(paths.copilotPolicySetting(id), body, callOf(action, id)),
    id,
  );
}

/** Graph answers 502 for a tenant that has too many policies: waiting does not help. */
function callOf(action: string, id: string): GraphCallOptions {
  return { action, subject: copilotSubject(id), finalCodes: [COPILOT_CODES.tooManyGroups] };
}

function readSetting(
  { body }: Pick<GraphResponse, "body">,
  id: string,
): CopilotSettingAnswer | undefined {
  const { data } = answerSchema.safeParse(body);
  if (data === undefined || (data.id ?? id).toLowerCase() !== id.toLowerCase()) return undefined;
  const { value, policyId } = data;
  return { value: value === null ? undefined : String(value), policyId: policyId ?? undefined };
}
