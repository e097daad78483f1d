/**
 * The seam between Graph, as all its APIs behave, and one API: a folder of its own beside this one.
 *
 * @module
 */
import type { Hono } from "hono";

/** An entity as Graph's JSON has it. */
export type GraphObject = Record<string, unknown>;

/** Names that an API gives to queries, paths and answers. */
export interface Vocabulary {
  /** Properties of its objects that a query can name, `@odata.type` among them. */
  readonly properties: readonly string[];
  /** Types without their namespace: those that a path can cast to. */
  readonly types: readonly string[];
  /** The type that all others derive from, if there is one. */
  readonly baseType?: string;
  /** Actions whose namespace a path can spell out. */
  readonly actions: readonly string[];
  /** Forms of the properties that the modes of the emulator change in answers. */
  readonly forms: Readonly<Record<string, PropertyForm>>;
}

/** Form of a property: a GUID, the bytes of a stream, an object, a list of objects. */
export type PropertyForm = "id" | "stream" | "object" | "objects";

/** One API of Graph as the emulator plays it: its data, its rules, its routes. */
export interface EmulatedApi {
  readonly vocabulary: Vocabulary;
  /** Adds its routes of Graph, below `/beta`. */
  routes(app: Hono): void;
  /** Adds the routes by which tests in other processes change its data, below `/emulator`. */
  controls(app: Hono): void;
  /** Puts its data back to those of the start. */
  fill(): void;
}

/** Request header that tells a route whose token a request had: `app` or `user`. Clients cannot set it. */
export const CALLER_HEADER = "x-emulator-caller";
