/**
 * Keeps resources in the tenant that they were created in. The ids mean nothing in another tenant: a stack that
 * is pointed there would find no policy, forget all of them, and create them a second time.
 *
 * @module
 */
import { OfficeConfigurationError, type SessionSummary } from "../graph";
import type { PlainObject } from "../settings/json";
import { TENANT_KEY } from "../settings/keys";

/** The tenant that a resource is recorded in; undefined if its credential did not say. */
export function recordedTenant(outputs: PlainObject): string | undefined {
  const tenantId = outputs[TENANT_KEY];
  return typeof tenantId === "string" ? tenantId : undefined;
}

/** Whether a resource is recorded in another tenant than the session's. */
export function isElsewhere(outputs: PlainObject, tenantId: string | undefined): boolean {
  const recorded = recordedTenant(outputs);
  return recorded !== undefined && tenantId !== undefined && recorded !== tenantId;
}

/** A tenant in messages: `contoso.example.com (1111…)`, or its GUID alone. */
export function tenantName(
  { tenantId: named }: Pick<SessionSummary, "tenantId">,
  tenantId: string | undefined,
): string {
  if (tenantId === undefined) return named === undefined ? "the tenant" : `the tenant ${named}`;
  const isDomain = named !== undefined && named.toLowerCase() !== tenantId;
  return isDomain ? `${named} (${tenantId})` : `the tenant ${tenantId}`;
}

/** The error for a resource that is recorded in another tenant. */
export function foreignTenant(
  label: string,
  outputs: PlainObject,
  tenantId: string | undefined,
): OfficeConfigurationError {
  const recorded = recordedTenant(outputs);
  const problem = `${label} is recorded in the tenant ${recorded}`;
  return new OfficeConfigurationError(
    `${problem}, and this stack now works in the tenant ${tenantId}. Nothing was changed. ` +
      `Point the stack back at ${recorded} (officeConfiguration:tenantId and its credential). Or, to create it again in ${tenantId} and ` +
      `leave the one in ${recorded} as it is, set officeConfiguration:onTenantChange to replace for this update; ` +
      "officeConfiguration:tenantId must then be the tenant's GUID.",
    { sharedCause: { key: `tenant ${recorded} ${tenantId}`, brief: `${problem}.` } },
  );
}
