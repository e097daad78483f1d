import { z } from "zod";
import { int32 } from "../graph/body";

/**
 * Properties of a client configuration that are one text or number, as a body gives them and as Microsoft's
 * metadata types them. A body that leaves one out changes nothing of it.
 */
export const SCALARS = {
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  priority: int32.optional(),
} as const;

/** Names of those properties. */
export const SCALAR_NAMES = Object.keys(SCALARS) as (keyof typeof SCALARS)[];

/** Those properties of a body, or of a change behind a client's back. */
export type ScalarChanges = {
  readonly [Name in keyof typeof SCALARS]?: z.infer<(typeof SCALARS)[Name]>;
};

/** Those properties of an object that the tenant holds; a new object has its priority from the store. */
export type StoredScalars = {
  -readonly [Name in keyof typeof SCALARS]: Exclude<z.infer<(typeof SCALARS)[Name]>, undefined>;
};

/** Picks those properties from an object that has more; what is undefined is left out. */
export function scalarsOf(values: ScalarChanges): ScalarChanges {
  return Object.fromEntries(
    SCALAR_NAMES.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}
