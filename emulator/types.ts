/**
 * Parts of an emulator, and its answers.
 *
 * @module
 */
import type { EmulatorMode, EmulatorPreset } from "./modes";
import type { SeedConfiguration } from "./officeConfiguration/seed";
import type { Store } from "./officeConfiguration/store";

/** A fault, as data. It stops after `times`. */
export interface Fault {
  /** Method and path below `/beta`, `*` for any characters: `PATCH /officeConfiguration/*`. */
  readonly match: string;
  /** A text that the request's body has to hold as well: one of many alike is meant. */
  readonly holds?: string;
  /** How many requests it strikes. Default: 1. */
  readonly times?: number;
  /** How many matching requests it lets pass first. Default: 0. */
  readonly after?: number;
  /** Status to answer with instead of carrying the request out. */
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** Value of a Retry-After header: seconds, or a date as text. */
  readonly retryAfterSeconds?: number | string;
  /** Puts a JSON text into `error.message`, as Intune's services do. */
  readonly intuneStyle?: boolean;
  /** Milliseconds to wait before anything else. */
  readonly delayMs?: number;
  /** Closes the connection before or after carrying the request out: the answer is lost. */
  readonly drop?: "before" | "after";
  /** Carries the request out and cuts the answer in the middle. */
  readonly truncate?: boolean;
  /** A body to answer with as it is. */
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A limit of requests, answered with 429 and Retry-After beyond it. */
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
  /** The parsed JSON body, where there was one. */
  readonly body: unknown;
  readonly clientRequestId: string | undefined;
  readonly requestId: string;
  readonly tenantId: string | undefined;
  /** Time of the request by the emulator's clock, ISO 8601. */
  readonly at: string;
  /** When it arrived, in milliseconds of a clock that only goes forward: for what ran side by side. */
  readonly startedAtMs: number;
  /** When it was answered, or its connection cut, by the same clock. Undefined until then. */
  readonly endedAtMs: number | undefined;
  readonly viaBatch: boolean;
  /** The fault that struck it. Undefined where none did. */
  readonly fault: Fault | undefined;
}

/** An application that the token endpoint knows. */
export interface EmulatorCredential {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** How to make an emulator; everything has a default. */
export interface EmulatorOptions {
  /** Default: 0, any free port. */
  readonly port?: number;
  /**
   * Serves https with a certificate made for this emulator: for localhost, and for more `hosts` where
   * a proxy leads their names here. Default: false.
   */
  readonly tls?: boolean | { readonly hosts: readonly string[] };
  readonly seed?: readonly SeedConfiguration[];
  readonly faults?: readonly Fault[];
  /** Milliseconds before each answer. Default: 0. */
  readonly latencyMs?: number;
  /** Default: what the environment variable `OFFICE_EMULATOR_PRESET` names, else `unkind`. */
  readonly preset?: EmulatorPreset;
  /** Modes that differ from the preset. */
  readonly mode?: Partial<EmulatorMode>;
  readonly throttle?: Throttle;
  readonly tenantId?: string;
  /** The app-only token to take, whatever its form; it does not expire. Default: a signed one, for an hour. */
  readonly accessToken?: string;
  /** Default: any tenant and client, with the secret `emulator-secret`. */
  readonly credentials?: readonly EmulatorCredential[];
  /** Default: the system's clock. */
  readonly clock?: () => Date;
  /** Makes ids of objects. Default: random GUIDs. */
  readonly ids?: () => string;
}

/** A running emulator. */
export interface Emulator {
  /** Scheme, host and port; Graph is below `/beta`. */
  readonly url: string;
  /** The token endpoint of the emulator's tenant. */
  readonly tokenUrl: string;
  /** Value for the setting `authority`. */
  readonly authority: string;
  /** A valid app-only token. */
  readonly accessToken: string;
  /** The certificate to trust, PEM, with `tls`. */
  readonly certificate: string | undefined;
  readonly tenantId: string;
  readonly mode: EmulatorMode;
  /** Every request to Graph so far. */
  readonly requests: readonly RequestLogEntry[];
  /** Contents of the tenant; tests change them behind the provider's back. */
  readonly store: Store;
  /** The requests that were writes. */
  writes(): RequestLogEntry[];
  addFault(fault: Fault): void;
  /** Takes back the faults that have not struck yet. */
  clearFaults(): void;
  /** A token for another kind of caller: `user` is delegated, `app` is app-only. */
  issueToken(kind: "user" | "app", tenantId?: string): string;
  /** Empties the store, the log and the faults, and seeds again. */
  reset(): void;
  /** Stops at once, with every open connection. */
  close(): Promise<void>;
}
