import { z } from "zod";
import { int32 } from "../graph/body";

/**
 * Properties of a client configuration that hold one text or number, with the types of Microsoft's
 * metadata. A body that omits one leaves it unchanged.
 */
export const SCALARS = {
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  priority: int32.optional(),
} as const;

/** Names of those properties. */
export const SCALAR_NAMES = Object.keys(SCALARS) as (keyof typeof SCALARS)[];

/** Those properties in a body, or in a change behind a client's back. */
export type ScalarChanges = {
  readonly [Name in keyof typeof SCALARS]?: z.infer<(typeof SCALARS)[Name]>;
};

/** Those properties of a stored object; the store gives a new object its priority. */
export type StoredScalars = {
  -readonly [Name in keyof typeof SCALARS]: Exclude<z.infer<(typeof SCALARS)[Name]>, undefined>;
};

/** Picks those properties from an object; leaves out undefined ones. */
export function scalarsOf(values: ScalarChanges): ScalarChanges {
  return Object.fromEntries(
    SCALAR_NAMES.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}
