import { hasName, OfficeConfigurationError } from "./officeConfigurationError";

/** There is no token: the credential is not available here, or Microsoft Entra refused it. */
export class CredentialError extends OfficeConfigurationError {
  override name = "CredentialError" as const;

  /**
   * @param kind - The kind of credential that was tried.
   * @param message - Without secrets.
   * @param code - Microsoft Entra's code, `AADSTS7000215`, where it gave one.
   */
  constructor(
    readonly kind: string,
    message: string,
    readonly code?: string,
  ) {
    super(message, { sharedCause: { key: message, brief: "Sign-in failed." } });
  }
}

/** Whether an error is a {@link CredentialError}, of whichever copy of this package. */
export function isCredentialError(error: unknown): error is CredentialError {
  return hasName(error, "CredentialError");
}
