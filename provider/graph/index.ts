/**
 * A tenant's Microsoft Graph: settings, credentials, requests, errors. Knows nothing of Pulumi.
 *
 * @module
 */

export type { Caller } from "./caller";
export { createGraphClient, type GraphClientOptions } from "./client";
export { type Clock, systemClock } from "./clock";
export { CLOUD_NAMES, type CloudName, cloudOf } from "./clouds";
export { type CredentialOptions, createCredential, type SessionCredential } from "./credential";
export { CredentialError, isCredentialError } from "./errors/credentialError";
export { GraphAnswerError, isGraphAnswerError } from "./errors/graphAnswerError";
export {
  GraphHttpError,
  isChangedSince,
  isGraphHttpError,
  isNotFound,
} from "./errors/graphHttpError";
export { GraphNoAnswerError, isGraphNoAnswerError } from "./errors/graphNoAnswerError";
export {
  isAmbiguous,
  isOfficeConfigurationError,
  OfficeConfigurationError,
} from "./errors/officeConfigurationError";
export { isOperationEndedError, OperationEndedError } from "./errors/operationEndedError";
export { isSessionConfigError, SessionConfigError } from "./errors/sessionConfigError";
export { paths } from "./paths";
export { createSession, type Session, type SessionOptions, type SessionSummary } from "./session";
export { CONFIG_NAMESPACE, resolveSessionConfig } from "./sessionConfig";
export type { CredentialConfig, CredentialKind, SessionConfig } from "./sessionTypes";
export { isGuid } from "./settings";
export type {
  GraphCallOptions,
  GraphClient,
  GraphPutOptions,
  GraphResponse,
  Log,
} from "./types";
export { type StackConfig, unknownSettings } from "./unknownSettings";
