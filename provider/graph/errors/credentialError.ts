import { hasName, OfficeConfigurationError } from "./officeConfigurationError";

/** There is no token: the credential is not available here, or Microsoft Entra refused it. */
export class CredentialError extends OfficeConfigurationError {
  override name = "CredentialError" as const;

  /** Microsoft Entra's code: `AADSTS7000215`. Undefined if Microsoft Entra gave none, or was not reached. */
  declare readonly code?: string;

  /** The kind of credential that was used, as `officeConfiguration:credential` names it. */
  readonly kind: string;

  /**
   * @param kind - The kind of credential that was used.
   * @param message - Without secrets.
   * @param code - Microsoft Entra's code, `AADSTS7000215`, if it gave one.
   * @internal
   */
  constructor(kind: string, message: string, code?: string) {
    super(message, { code, sharedCause: { key: message, brief: "Sign-in failed." } });
    this.kind = kind;
  }

  /** Whether an error is a CredentialError of this package or of another copy of it. */
  static override isInstance(error: unknown): error is CredentialError {
    return hasName(error, "CredentialError");
  }
}
