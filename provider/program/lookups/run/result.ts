/**
 * Results of lookups, in a program's form.
 *
 * @module
 */

import type { ConfigurationAnswer } from "../../../api/configurationAnswer";
import { kindOf, scalarOf } from "../../../api/configurationAnswer";
import type { ConfigurationReader } from "../../../api/configurationReader";
import { bare } from "../../../api/officeConfiguration";
import { SCALAR_FIELDS } from "../../../settings/inputs/clientConfiguration";
import { forEngine } from "../../../settings/json";
import { PAYLOAD_NAMES, type PayloadName } from "../../../settings/names";
import { programForm } from "../../../settings/stored";
import type { OfficePayloadContent } from "../payloadContent";
import type { OfficeClientConfigurationContent } from "../results.generated";
import type { GetOfficeClientConfigurationResult } from "../types";

/** A policy with its payloads and groups; some services need separate requests for them. */
export async function resultOf(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
): Promise<GetOfficeClientConfigurationResult> {
  const contents = PAYLOAD_NAMES.map(
    async (name): Promise<[string, unknown]> => [name, await contentOf(reader, found, name)],
  );
  const [assignments, payloads] = await Promise.all([reader.groups(found), Promise.all(contents)]);
  const { id, lastModifiedDateTime } = found;
  const scalars = SCALAR_FIELDS.map((field): [string, unknown] => [
    field.name,
    scalarOf(found, field) ?? (field.isRequired ? "" : undefined),
  ]);
  return reported<GetOfficeClientConfigurationResult>({
    id,
    kind: kindOf(found),
    ...(Object.fromEntries([...scalars, ...payloads]) as Record<
      keyof OfficeClientConfigurationContent,
      unknown
    >),
    assignments,
    lastModifiedDateTime,
    userCheckinSummary: bare(found.userCheckinSummary),
    checkinStatuses: bare(found.checkinStatuses),
  });
}

async function contentOf(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  name: PayloadName,
): Promise<OfficePayloadContent | undefined> {
  const stored = await reader.payload(found, name);
  // Parsed from JSON text, so it is JSON.
  return stored === undefined ? undefined : (programForm(stored) as OfficePayloadContent);
}

/** A result without absent properties. The types of check-in data are those of the API's pages. */
export function reported<Result>(result: Record<keyof Result, unknown>): Result {
  const present = Object.entries(result).filter(([, value]) => value !== null);
  return forEngine(Object.fromEntries(present)) as Result;
}
