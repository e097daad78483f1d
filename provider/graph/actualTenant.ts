import type { Caller } from "./caller";
import { isGuid } from "./config/settings";
import { OfficeConfigurationError } from "./errors/officeConfigurationError";
import type { SessionSummary } from "./session";

/** The tenant of all personal Microsoft accounts. The API's pages say "Not supported." of them. */
const PERSONAL_ACCOUNTS = "9188040d-6c67-4c5b-b112-36a304b66dad";

/**
 * The tenant that requests go to: the token's, or the settings' if the token does not name one.
 *
 * @throws OfficeConfigurationError if token and settings differ, or for a personal Microsoft account.
 */
export function actualTenant(session: SessionSummary, caller: Caller): string | undefined {
  const configured = isGuid(session.tenantId) ? session.tenantId.toLowerCase() : undefined;
  const { tenantId } = caller;
  if (tenantId !== undefined && configured !== undefined && tenantId !== configured) {
    throw refused(
      `The credential "${session.credential}" is for the tenant ${tenantId}, and officeConfiguration:tenantId is ${configured}. ` +
        "Nothing was sent. Give the credential of that tenant, or the tenant of that credential.",
    );
  }
  if (tenantId === PERSONAL_ACCOUNTS) {
    throw refused(
      `The credential "${session.credential}" is a personal Microsoft account, which this API does not support. Nothing was sent. ` +
        "Sign in with a work or school account, or as an app.",
    );
  }
  return tenantId ?? configured;
}

function refused(message: string): OfficeConfigurationError {
  const sharedCause = { key: message, brief: "The credential is not for this stack's tenant." };
  return new OfficeConfigurationError(message, { sharedCause });
}
