import type { Vocabulary } from "./api";
import { badRequest } from "./errors";

/** The property that a query names. Throws Graph's 400 if there is none. */
export function propertyNamed(name: string, { properties }: Vocabulary): string {
  if (properties.includes(name)) return name;
  throw badRequest(`Could not find a property named '${name}'.`);
}
