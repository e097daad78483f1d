/**
 * The table that explains a failure and says what to do next: a failure of a sign-in, of a request to
 * Graph, or of the network between.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 * @see https://learn.microsoft.com/graph/errors
 * @module
 */
import { shownMinute } from "../clock";
import type { CredentialKind } from "../config/sessionTypes";
import type { MicrosoftsApp } from "../microsoftsApps";
import { entraDiagnosis } from "./entraCodes";
import { grantAdvice, ownAppAdvice, permissionsFor } from "./permissions";
import { signInAdvice } from "./signInAdvice";

/** The facts of a failure that its diagnosis depends on. */
export interface Failure {
  readonly at: "signIn" | "graph";
  /** Path of the request from the root of the API version. @default that of no API */
  readonly path?: string;
  /** Words of Graph, Microsoft Entra or a library, without secrets. */
  readonly words: string;
  /** Status of the answer; undefined if there was none. */
  readonly status?: number;
  /** Microsoft Entra's code (`AADSTS7000215`), or the system's (`ENOTFOUND`). */
  readonly code?: string;
  /** Code of Graph's inner error. */
  readonly innerCode?: string;
  /** True if a web page came instead of JSON. */
  readonly isPage?: boolean;
  /** Origin of the login. */
  readonly login?: string;
  readonly kind?: CredentialKind;
  readonly clientId?: string;
  readonly tenantId?: string;
  /** Expiry of the given access token, in milliseconds; undefined for one that has not. */
  readonly expiredAtMs?: number;
  /** The app that asked for the token, if it is one of Microsoft's, and what the token permits. */
  readonly microsoftsApp?: MicrosoftsApp;
  /** The environment, which shows whether this is a CI job. @default empty */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Kind of a failure that concerns an API as a whole: Graph does not have the API, it refuses this sign-in, the tenant
 * lacks a license, or Graph is not reached.
 */
export type FailureKind = "closed" | "noPermission" | "noLicense" | "notReachable";

/** Meaning of a failure, and advice. */
export interface Diagnosis {
  /** The event, as the end of a sentence; undefined if the given words say it best. */
  readonly what?: string;
  /** The next step for the reader. */
  readonly next: string;
  /** True if the failure concerns every resource of the stack. */
  readonly isShared: boolean;
  /** Undefined if the failure concerns one object, one moment, or the sign-in. */
  readonly kind?: FailureKind;
}

interface Row {
  readonly when: (failure: Failure) => boolean;
  /** @default the words that were given */
  readonly what?: (failure: Failure) => string;
  readonly next: string | ((failure: Failure) => string);
  /** @default true */
  readonly isShared?: boolean;
  readonly kind?: FailureKind;
}

/** Graph's words for a path that the tenant's service does not have, with status 404 or 400. */
const UNKNOWN_SEGMENT = /resource not found for the segment ['"]([\w.]+)['"]/i;

/** Path of a policy, of a part of one, or of a change to several. */
const OF_POLICIES = /\/(?:clientConfigurations|configurationPolicies)\b/i;

/**
 * Graph's words, with status 400 or 403, for an API that the tenant has no license for. Microsoft365DSC and CIPP read the
 * first ones so.
 */
const NOT_LICENSED =
  /request not applicable to target tenant|\b(?:no|not|without|missing|requires?|doesn't|does not)\b.*\blicen[cs]ed?\b/i;

/**
 * Inner codes of Copilot's policy settings.
 *
 * @see https://learn.microsoft.com/microsoft-365/copilot/extensibility/api/admin-settings/copilotpolicysetting-update
 */
export const COPILOT_CODES = {
  /** 404: the API does not support the setting. */
  unsupported: "unsupportedSetting",
  /** 422: a policy for groups has the setting. */
  groupScoped: "groupScopedSettingNotSupported",
  /** 502, though nothing passes: the tenant has too many policies for groups. */
  tooManyGroups: "tooManyGroupPolicies",
} as const;

/** Codes and words for a certificate that this machine has no reason to trust. */
const UNKNOWN_ISSUER =
  /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|self[- ]signed certificate|unable to (get (local )?issuer certificate|verify the first certificate)/i;

const BAD_CERTIFICATE = /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_TLS_CERT_ALTNAME_INVALID/;

const UNKNOWN_NAME = /ENOTFOUND|EAI_AGAIN/;

const UNREACHED = /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT/;

/** The sign-in library's only words for a missing answer: it does not report the cause. */
const NO_LOGIN = /endpoints_resolution_error|network_error/;

const reach = (failure: Failure) =>
  `Check that this machine can reach ${hostOf(failure)}. If it needs a proxy, set HTTPS_PROXY and NO_PROXY, and ` +
  "NODE_EXTRA_CA_CERTS if the proxy has a certificate of its own.";

const says = (pattern: RegExp) => (failure: Failure) =>
  pattern.test(failure.code ?? "") || pattern.test(failure.words);
const hasStatus =
  (...statuses: readonly number[]) =>
  ({ at, status }: Failure) =>
    at === "graph" && status !== undefined && statuses.includes(status);

/** The first row that fits decides. */
const ROWS: readonly Row[] = [
  {
    when: ({ isPage }) => isPage === true,
    kind: "notReachable",
    next:
      "The answer is a web page and not Graph's: a proxy, firewall or gateway answered in its place. Let requests to Graph pass " +
      "through it unchanged, or set HTTPS_PROXY to the right proxy (NO_PROXY for no proxy).",
  },
  {
    when: (failure) => hasStatus(400, 404)(failure) && lacksSegment(failure, "officeConfiguration"),
    kind: "closed",
    next:
      "This tenant's Graph does not serve the beta API /officeConfiguration: Microsoft has taken it " +
      "out of the published beta metadata, and not every tenant has it. No setting of this package " +
      "changes that. A GET of /beta/officeConfiguration in Graph Explorer shows when the tenant has it.",
  },
  {
    when: (failure) => hasStatus(400, 404)(failure) && lacksSegment(failure),
    kind: "closed",
    next: ({ path = "" }) =>
      `This tenant's Graph does not serve ${path}: no setting of this package changes that. Not every tenant has every beta API.`,
  },
  {
    when: (failure) => hasStatus(400, 403)(failure) && NOT_LICENSED.test(failure.words),
    kind: "noLicense",
    next: ({ path = "" }) =>
      `Graph says this to tenants without a license for the API${permissionsFor(path).needsIntune ? ", most often for Intune" : ""}. ` +
      "An administrator sees the tenant's licenses in the Microsoft 365 admin center, under Billing > Licenses.",
  },
  {
    when: ({ innerCode }) => innerCode === COPILOT_CODES.unsupported,
    next:
      "Copilot's API does not support a setting of that id. Check its spelling: docs/reference.md, CopilotPolicySetting, has the ids that " +
      "Microsoft documents.",
    isShared: false,
  },
  {
    when: ({ innerCode }) => innerCode === COPILOT_CODES.groupScoped,
    next:
      "A policy for groups has this setting, and Copilot's API manages policies for the whole tenant only. Remove the setting from the " +
      "policies for groups, under Customization > Policy Management in https://config.office.com. Or set it there, and remove the resource from the program.",
    isShared: false,
  },
  {
    when: ({ innerCode }) => innerCode === COPILOT_CODES.tooManyGroups,
    next:
      "The tenant has more policies for groups than Copilot's API supports while it is in preview. It was not tried again, because waiting does not help. " +
      "Set Copilot's settings by hand, under Customization > Policy Management in https://config.office.com, or remove policies for groups there.",
  },
  {
    when: (failure) => hasStatus(401)(failure) && failure.expiredAtMs !== undefined,
    kind: "noPermission",
    next: ({ expiredAtMs = 0 }) =>
      `The given access token expired at ${shownMinute(expiredAtMs)}. Set a new one (officeConfiguration:accessToken or ` +
      "OFFICE_CONFIGURATION_ACCESS_TOKEN), or sign in as an app, whose tokens are renewed.",
  },
  {
    when: hasStatus(401),
    kind: "noPermission",
    next:
      "Graph does not accept the token. Check that it is for this cloud (officeConfiguration:cloud) " +
      "and this tenant (officeConfiguration:tenantId), and that the clock of this machine is right.",
  },
  {
    when: hasStatus(403),
    kind: "noPermission",
    next: ({ path = "", microsoftsApp }) =>
      microsoftsApp === undefined || isPermitted(path, microsoftsApp.permissions)
        ? grantAdvice(path)
        : ownAppAdvice(path, microsoftsApp.name),
  },
  {
    when: (failure) => hasStatus(404)(failure) && OF_POLICIES.test(failure.path ?? ""),
    next:
      "The tenant does not have it, or this credential cannot see it. If somebody deleted it, run " +
      "`pulumi refresh`; the next `pulumi up` recreates it.",
    isShared: false,
  },
  {
    when: hasStatus(404),
    next: ({ path = "it" }) =>
      `Graph does not have ${path} in this tenant, or this credential cannot see it. Check the tenant (officeConfiguration:tenantId) ` +
      "and the cloud (officeConfiguration:cloud).",
    isShared: false,
  },
  {
    when: hasStatus(409),
    next:
      "The change conflicts with what the tenant has, such as a priority that another policy holds, or somebody changed " +
      "the policy at the same moment. Run `pulumi refresh`, look at the differences, and try again.",
    isShared: false,
  },
  {
    when: hasStatus(429),
    next:
      "Graph throttles this app in this tenant. Run it again later, or lower " +
      "officeConfiguration:maxRequestsInFlight, or for writes officeConfiguration:writeLimit.",
    isShared: false,
  },
  {
    when: says(UNKNOWN_ISSUER),
    kind: "notReachable",
    next: (failure) =>
      `This machine does not trust the certificate of ${hostOf(failure)}. If a proxy or firewall inspects TLS, put its CA ` +
      "certificate into a PEM file, and set NODE_EXTRA_CA_CERTS to that file's path.",
  },
  {
    when: says(BAD_CERTIFICATE),
    kind: "notReachable",
    next: (failure) =>
      `The certificate of ${hostOf(failure)} is not valid. Check the clock of this machine, and whether a proxy answers in its place.`,
  },
  {
    when: says(UNKNOWN_NAME),
    kind: "notReachable",
    next: (failure) =>
      `The name of ${hostOf(failure)} cannot be resolved. Check the network and DNS of this machine, and HTTPS_PROXY if it ` +
      `needs a proxy; then ${addressSettings(failure)}.`,
  },
  {
    when: says(UNREACHED),
    kind: "notReachable",
    next: reach,
  },
  {
    when: (failure) => failure.at === "signIn" && says(NO_LOGIN)(failure),
    what: (failure) => `there is no usable answer from ${hostOf(failure)}`,
    next: reach,
  },
];

/** Meaning of a failed request; undefined if nothing is known beyond Graph's own words. */
export function diagnose(failure: Omit<Failure, "at">): Diagnosis | undefined {
  return inTable({ at: "graph", ...failure });
}

/** Meaning of a failed sign-in: it concerns every resource of the stack. */
export function diagnoseSignIn(failure: Omit<Failure, "at">): Omit<Diagnosis, "isShared"> {
  return entraDiagnosis(failure) ?? inTable({ at: "signIn", ...failure }) ?? signInAdvice(failure);
}

function inTable(failure: Failure): Diagnosis | undefined {
  const row = ROWS.find(({ when }) => when(failure));
  if (row === undefined) return undefined;
  const { what, next, isShared = true, kind } = row;
  return {
    ...(what !== undefined && { what: what(failure) }),
    next: typeof next === "string" ? next : next(failure),
    isShared,
    ...(kind !== undefined && { kind }),
  };
}

/** Whether Graph lacks a segment of the request's path; others are parts of a query. @default any of them */
function lacksSegment({ path = "", words }: Failure, segment?: string): boolean {
  const missing = UNKNOWN_SEGMENT.exec(words)?.[1]?.toLowerCase();
  if (segment !== undefined) return missing === segment.toLowerCase();
  return missing !== undefined && path.toLowerCase().split("/").includes(missing);
}

/** Whether a token has a permission for the path, so that the app is not what Graph refuses. */
function isPermitted(path: string, permissions: readonly string[]): boolean {
  const { write, read } = permissionsFor(path);
  return permissions.includes(write ?? read);
}

function hostOf({ at, login }: Failure): string {
  return at === "graph" ? "Graph" : `the login at ${login}`;
}

function addressSettings({ at }: Failure): string {
  const setting = at === "graph" ? "endpoint" : "authority";
  return `officeConfiguration:cloud and officeConfiguration:${setting}`;
}
