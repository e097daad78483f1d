/**
 * The seam between the behaviour that all Graph APIs share and a single API, which has its own folder
 * beside this one.
 *
 * @module
 */
import type { Hono } from "hono";
import type { Access } from "./access";

/** An entity in Graph's JSON. */
export type GraphObject = Record<string, unknown>;

/** Names that an API adds to queries, paths and answers. */
export interface Vocabulary {
  /** Properties of its objects that a query can name, including `@odata.type`. */
  readonly properties: readonly string[];
  /** Types without their namespace; a path can cast to them. */
  readonly types: readonly string[];
  /** The base type of all others, if there is one. */
  readonly baseType?: string;
  /** Actions whose namespace a path can spell out. */
  readonly actions: readonly string[];
  /** Forms of the properties that the emulator's modes change in answers. */
  readonly forms: Readonly<Record<string, PropertyForm>>;
}

/** Form of a property: a GUID, the bytes of a stream, an object, a list of objects. */
export type PropertyForm = "id" | "stream" | "object" | "objects";

/** One emulated API of Graph: its data, rules and routes. */
export interface EmulatedApi {
  readonly vocabulary: Vocabulary;
  /** Conditions for its requests. @default none */
  readonly access?: Access;
  /** Adds its routes of Graph, below `/beta`. */
  routes(app: Hono): void;
  /** Adds the routes, below `/emulator`, with which tests in other processes change its data. */
  controls(app: Hono): void;
  /** Resets its data to the initial state. */
  fill(): void;
}

/**
 * Request header that tells a route whose token the request had: `app` or `user`. Clients cannot set it.
 */
export const CALLER_HEADER = "x-emulator-caller";

/** Request header that tells a route which tenant the request's token is for. Clients cannot set it. */
export const TENANT_HEADER = "x-emulator-tenant";
