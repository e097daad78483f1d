/**
 * An emulator's options, parts and answers.
 *
 * @module
 */
import type { CopilotStore } from "./copilot/copilotStore";
import type { SeedPolicy } from "./deviceManagement/policySeed";
import type { PolicyStore } from "./deviceManagement/policyStore";
import type { GraphObject } from "./graph/api";
import type { EmulatorMode, EmulatorPreset } from "./modes";
import type { SeedConfiguration } from "./officeConfiguration/seed";
import type { Store } from "./officeConfiguration/store";
import type { AuditLog } from "./security/auditLog";

/** A fault, as data. It ends after `times` requests. */
export interface Fault {
  /** Method and path below `/beta` or with another version, `*` for any characters: `PATCH /officeConfiguration/*`. */
  readonly match: string;
  /** A text that the request's body must also contain, to select one of many similar requests. */
  readonly holds?: string;
  /** Number of requests that get the fault. Default: 1. */
  readonly times?: number;
  /** Number of matching requests that pass first. Default: 0. */
  readonly after?: number;
  /** Status to answer with instead of carrying the request out. */
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** Value of a Retry-After header: seconds, or a date as text. */
  readonly retryAfterSeconds?: number | string;
  /** Puts a JSON text into `error.message`, as Intune's services do. */
  readonly intuneStyle?: boolean;
  /** Milliseconds to wait before everything else. */
  readonly delayMs?: number;
  /** Closes the connection before or after carrying the request out: the answer is lost. */
  readonly drop?: "before" | "after";
  /** Carries the request out and cuts the answer in the middle. */
  readonly truncate?: boolean;
  /** A body to answer with, unchanged. */
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A limit of requests. Beyond it, requests get 429 with Retry-After. */
export interface Throttle {
  readonly limit: number;
  readonly perSeconds: number;
  readonly writesOnly?: boolean;
}

/** Record of one request. Never holds the Authorization header. */
export interface RequestLogEntry {
  readonly index: number;
  readonly method: string;
  /** Below `/beta`, with the query. */
  readonly path: string;
  readonly status: number;
  /** The parsed JSON body, if there was one. */
  readonly body: unknown;
  readonly clientRequestId: string | undefined;
  readonly requestId: string;
  readonly tenantId: string | undefined;
  /** Time of the request by the emulator's clock, ISO 8601. */
  readonly at: string;
  /** Arrival time in milliseconds of a monotonic clock, to find requests that ran at the same time. */
  readonly startedAtMs: number;
  /** Time of the answer, or of the cut of its connection, by the same clock. Undefined until then. */
  readonly endedAtMs: number | undefined;
  readonly viaBatch: boolean;
  /** The fault that the request got; undefined if none. */
  readonly fault: Fault | undefined;
}

/** An application that the token endpoint knows. */
export interface EmulatorCredential {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A group of the emulated directory. */
export interface EmulatedGroup {
  readonly id: string;
  /** Null: it has one, which the token does not show. */
  readonly displayName: string | null;
}

/** Options of an emulator; everything has a default. */
export interface EmulatorOptions {
  /** Default: 0, any free port. */
  readonly port?: number;
  /**
   * Serves https with a certificate made for this emulator: for localhost, and for more `hosts` if a proxy
   * leads their names here. Default: false.
   */
  readonly tls?: boolean | { readonly hosts: readonly string[] };
  readonly seed?: readonly SeedConfiguration[];
  /** Intune's policies from the start, in Graph's JSON. Default: those of the mode `othersPolicies`. */
  readonly configurationPolicies?: readonly SeedPolicy[];
  /**
   * Definitions of Intune's settings catalogue, in Graph's JSON: those to list, and to check policies by. Default:
   * invented ones.
   */
  readonly settingDefinitions?: readonly GraphObject[];
  /** Groups for `/groups`, which is served in the mode `groupReads: "allowed"` only. Default: none. */
  readonly groups?: readonly EmulatedGroup[];
  /** Values of Copilot's settings from the start, by id. Default: those of the mode `othersPolicies`. */
  readonly copilotSettings?: Readonly<Record<string, string>>;
  /** Display name of the tenant. Default: `Emulated tenant`. */
  readonly tenantName?: string;
  /** Permissions that tokens hold. Default: those for all that the emulator can do. */
  readonly permissions?: readonly string[];
  readonly faults?: readonly Fault[];
  /** Milliseconds before each answer. Default: 0. */
  readonly latencyMs?: number;
  /** Default: the preset in the environment variable `OFFICE_EMULATOR_PRESET`, otherwise `unkind`. */
  readonly preset?: EmulatorPreset;
  /** Modes that differ from the preset. */
  readonly mode?: Partial<EmulatorMode>;
  readonly throttle?: Throttle;
  readonly tenantId?: string;
  /** The token to accept, in any form; it does not expire. Default: a signed one, for an hour. */
  readonly accessToken?: string;
  /** Holder of that token: an app on its own, or a user. Default: `app`. */
  readonly caller?: "user" | "app";
  /** Default: any tenant and client, with the secret `emulator-secret`. */
  readonly credentials?: readonly EmulatorCredential[];
  /** Default: the system's clock. */
  readonly clock?: () => Date;
  /** Makes the ids of objects. Default: random GUIDs. */
  readonly ids?: () => string;
}

/** A running emulator. */
export interface Emulator {
  /** Scheme, host and port; Graph is below `/beta`, its audit log below `/v1.0`. */
  readonly url: string;
  /** The token endpoint of the emulator's tenant. */
  readonly tokenUrl: string;
  /** Value for the setting `authority`. */
  readonly authority: string;
  /** A valid token, app-only unless the option `caller` is `user`. */
  readonly accessToken: string;
  /** The certificate to trust, PEM; only with `tls`. */
  readonly certificate: string | undefined;
  readonly tenantId: string;
  readonly mode: EmulatorMode;
  /** Every request to Graph so far. */
  readonly requests: readonly RequestLogEntry[];
  /** Contents of the tenant; tests change them behind the provider's back. */
  readonly store: Store;
  /** Intune's policies of the tenant. */
  readonly configurationPolicies: PolicyStore;
  /** Copilot's policies of the tenant. */
  readonly copilot: CopilotStore;
  /** The tenant's audit log. */
  readonly auditLog: AuditLog;
  /** The write requests. */
  writes(): RequestLogEntry[];
  addFault(fault: Fault): void;
  /** Removes the remaining faults. */
  clearFaults(): void;
  /**
   * A token for another kind of caller: `user` is delegated, `app` is app-only.
   *
   * @param permissions - Default: those of all tokens.
   */
  issueToken(kind: "user" | "app", tenantId?: string, permissions?: readonly string[]): string;
  /** Empties the store, the log and the faults, and seeds again. */
  reset(): void;
  /** Stops at once, with every open connection. */
  close(): Promise<void>;
}
