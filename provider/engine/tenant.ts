/**
 * Keeps resources in the tenant they were made in. The same ids mean nothing in another tenant: a
 * stack that is pointed elsewhere would find everything gone, forget it, and make it a second time.
 *
 * @module
 */
import { type Caller, isGuid, OfficeConfigurationError, type SessionSummary } from "../graph";
import type { PlainObject } from "../payload/json";
import { TENANT_KEY } from "./providerText";

/** The tenant of all personal Microsoft accounts, for which the API's pages say "Not supported." */
const PERSONAL_ACCOUNTS = "9188040d-6c67-4c5b-b112-36a304b66dad";

/**
 * The tenant that requests go to: the token's, or, where it does not say, the settings'.
 *
 * @throws OfficeConfigurationError if the two differ, and for a personal Microsoft account.
 */
export function actualTenant(session: SessionSummary, caller: Caller): string | undefined {
  const configured = isGuid(session.tenantId) ? session.tenantId.toLowerCase() : undefined;
  const { tenantId } = caller;
  if (tenantId !== undefined && configured !== undefined && tenantId !== configured) {
    throw new OfficeConfigurationError(
      `The credential "${session.credential}" is for the tenant ${tenantId}, and officeConfiguration:tenantId is ${configured}. ` +
        "Nothing was sent. Give the credential of that tenant, or the tenant of that credential.",
    );
  }
  if (tenantId === PERSONAL_ACCOUNTS) {
    throw new OfficeConfigurationError(
      `The credential "${session.credential}" is a personal Microsoft account, which this API does not support. Nothing was sent. ` +
        "Sign in with a work or school account, or as an app.",
    );
  }
  return tenantId ?? configured;
}

/** The tenant that a resource is recorded in; undefined where its credential did not say. */
export function recordedTenant(outputs: PlainObject): string | undefined {
  const tenantId = outputs[TENANT_KEY];
  return typeof tenantId === "string" ? tenantId : undefined;
}

/** Whether a resource is recorded in another tenant than the one that is worked in. */
export function isElsewhere(outputs: PlainObject, tenantId: string | undefined): boolean {
  const recorded = recordedTenant(outputs);
  return recorded !== undefined && tenantId !== undefined && recorded !== tenantId;
}

/** The error for a resource that is recorded in another tenant. */
export function foreignTenant(
  label: string,
  outputs: PlainObject,
  tenantId: string | undefined,
): OfficeConfigurationError {
  const recorded = recordedTenant(outputs);
  return new OfficeConfigurationError(
    `${label} is recorded in the tenant ${recorded}, and this stack now works in the tenant ${tenantId}. Nothing was changed. ` +
      `Point the stack back at ${recorded} (officeConfiguration:tenantId and its credential). Or, to make it anew in ${tenantId} and ` +
      `leave what is in ${recorded} there, set officeConfiguration:onTenantChange to replace for this update; ` +
      "officeConfiguration:tenantId must then be the tenant's GUID.",
  );
}
