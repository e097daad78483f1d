/**
 * The input in which a resource class names what is secret (see `secretNames`). It starts like the
 * engine's own internal properties, so the engine does not show it.
 */
export const SECRETS_KEY = "__secrets";
