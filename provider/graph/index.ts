/**
 * A tenant's Microsoft Graph: settings, credentials, requests, errors. Knows nothing of Pulumi.
 *
 * @module
 */

export { actualTenant } from "./actualTenant";
export type { Caller } from "./caller";
export { type ClientFacts, GraphClient } from "./client";
export { type Clock, systemClock } from "./clock";
export { CLOUD_NAMES, type CloudName, cloudOf } from "./config/clouds";
export { CONFIG_NAMESPACE, resolveSessionConfig } from "./config/sessionConfig";
export type { CredentialConfig, CredentialKind, SessionConfig } from "./config/sessionTypes";
export { isGuid } from "./config/settings";
export { type StackConfig, unknownSettings } from "./config/unknownSettings";
export { type CredentialOptions, createCredential, type SessionCredential } from "./credential";
export { CredentialError } from "./errors/credentialError";
export { GraphAnswerError } from "./errors/graphAnswerError";
export { GraphHttpError, isChangedSince, isNotFound } from "./errors/graphHttpError";
export { GraphNoAnswerError } from "./errors/graphNoAnswerError";
export { isAmbiguous, OfficeConfigurationError } from "./errors/officeConfigurationError";
export { OperationEndedError } from "./errors/operationEndedError";
export { SessionConfigError } from "./errors/sessionConfigError";
export { createGraphClient, type GraphClientOptions } from "./microsoftGraph";
export { createSession, type Session, type SessionOptions, type SessionSummary } from "./session";
export type {
  Graph,
  GraphCallOptions,
  GraphPutOptions,
  GraphRequest,
  GraphResponse,
  Log,
} from "./types";
export { withLimit } from "./withLimit";
