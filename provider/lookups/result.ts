/**
 * What was found, in the words of a program.
 *
 * @module
 */
import type { ConfigurationReader } from "../clientConfiguration/reader";
import {
  CONFIGURATION_TYPES,
  type ConfigurationAnswer,
  type ConfigurationKind,
  PAYLOAD_NAMES,
  type PayloadName,
} from "../clientConfiguration/wire";
import { bare } from "../officeConfiguration/wire";
import { forEngine } from "../payload/json";
import { programForm } from "../payload/stored";
import type { GetOfficeClientConfigurationResult, OfficePayloadContent } from "./types";

const KINDS = Object.keys(CONFIGURATION_TYPES) as ConfigurationKind[];

/** The kind of a policy; undefined where the service names no type, or another. */
export function kindOf(found: ConfigurationAnswer): ConfigurationKind | undefined {
  return KINDS.find((kind) => CONFIGURATION_TYPES[kind] === found["@odata.type"]);
}

/** A policy with its payloads and groups, which some services hold apart. */
export async function resultOf(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
): Promise<GetOfficeClientConfigurationResult> {
  const contents = PAYLOAD_NAMES.map(
    async (name): Promise<[string, unknown]> => [name, await contentOf(reader, found, name)],
  );
  const [assignments, payloads] = await Promise.all([reader.groups(found), Promise.all(contents)]);
  const { id, description, priority, lastModifiedDateTime } = found;
  return reported<GetOfficeClientConfigurationResult>({
    id,
    kind: kindOf(found),
    displayName: found.displayName ?? "",
    description,
    priority,
    ...(Object.fromEntries(payloads) as Record<PayloadName, unknown>),
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
  // JSON text has been read: it holds JSON and nothing else.
  return stored === undefined ? undefined : (programForm(stored) as OfficePayloadContent);
}

/** A result without what is absent. The types of check-in data are those of the API's pages. */
export function reported<Result>(result: Record<keyof Result, unknown>): Result {
  const present = Object.entries(result).filter(([, value]) => value !== null);
  return forEngine(Object.fromEntries(present)) as Result;
}
