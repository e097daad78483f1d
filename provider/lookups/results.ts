/**
 * From what Graph answers to what a lookup returns.
 *
 * @module
 */

import { ConfigurationReader } from "../clientConfiguration/reader";
import type {
  OfficeClientCheckinStatus,
  OfficeUserCheckinSummary,
} from "../clientConfiguration/resource";
import {
  CONFIGURATION_TYPES,
  type ConfigurationAnswer,
  type ConfigurationKind,
  shortType,
} from "../clientConfiguration/wire";
import type { GraphClient } from "../graph";
import type { OfficeConfigurationAnswer } from "../officeConfiguration/wire";
import { canonicalJson, isPlainObject, type JsonValue } from "../payload/json";
import { isStoredSettings, JSON_KEY, type StoredPayload, settingsOf } from "../payload/stored";
import type {
  GetOfficeClientConfigurationResult,
  GetOfficeConfigurationResult,
  LookedUpPayload,
  LookedUpSetting,
} from "./types";

/** The class of a policy's resource; undefined for a type that this package does not know. */
export function kindOf({
  "@odata.type": type,
}: ConfigurationAnswer): ConfigurationKind | undefined {
  const kinds = Object.keys(CONFIGURATION_TYPES) as ConfigurationKind[];
  return kinds.find(
    (kind) => type != null && shortType(CONFIGURATION_TYPES[kind]) === shortType(type),
  );
}

/** A policy with all its parts, whatever form the service gives them. */
export async function configurationResult(
  graph: GraphClient,
  found: ConfigurationAnswer,
): Promise<GetOfficeClientConfigurationResult> {
  const { id, displayName } = found;
  const reader = new ConfigurationReader(graph, undefined, { displayName: displayName ?? id });
  const [policies, userPreferences, assignments] = await Promise.all([
    reader.payload(found, "policies"),
    reader.payload(found, "userPreferences"),
    reader.groups(found),
  ]);
  return {
    id,
    kind: kindOf(found),
    displayName: displayName ?? "",
    description: found.description ?? undefined,
    priority: found.priority ?? undefined,
    policies: asWritten(policies),
    userPreferences: asWritten(userPreferences),
    assignments,
    lastModifiedDateTime: found.lastModifiedDateTime ?? undefined,
    userCheckinSummary: (found.userCheckinSummary ?? undefined) as
      | OfficeUserCheckinSummary
      | undefined,
    checkinStatuses: (found.checkinStatuses ?? []) as unknown as OfficeClientCheckinStatus[],
  };
}

/** A stored payload as a program writes it. */
function asWritten(stored: StoredPayload | undefined): LookedUpPayload | undefined {
  if (stored === undefined) return undefined;
  if (isStoredSettings(stored)) return settingsOf(stored) as LookedUpSetting[];
  if (!(JSON_KEY in stored)) return stored as Record<string, string>;
  const value = stored[JSON_KEY];
  return isPlainObject(value) ? (value as Record<string, JsonValue>) : canonicalJson(value);
}

/** The singleton. */
export function singletonResult(found: OfficeConfigurationAnswer): GetOfficeConfigurationResult {
  return {
    id: found.id ?? undefined,
    tenantUserCheckinSummary: (found.tenantUserCheckinSummary ?? undefined) as
      | OfficeUserCheckinSummary
      | undefined,
    tenantCheckinStatuses: (found.tenantCheckinStatuses ??
      []) as unknown as OfficeClientCheckinStatus[],
  };
}
