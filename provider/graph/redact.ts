/**
 * Takes secrets out of texts that others wrote, before they become part of a message.
 *
 * @module
 */

/** Shape of any token. */
const TOKENS = [/\bBearer\s+[\w.~+/=-]{8,}/gi, /\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g];

/** Shorter values are no secrets worth the damage that replacing them everywhere would do. */
const SHORTEST_SECRET = 6;

/** A text without the given secrets, and without anything that looks like a token. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  const masked = known.reduce(
    (rest, secret) => withoutStartOf(secret, rest.replaceAll(secret, "[secret]")),
    text,
  );
  return TOKENS.reduce((rest, pattern) => rest.replace(pattern, "[token]"), masked);
}

/** A text without the first part of a secret at its end: there it was cut off. */
function withoutStartOf(secret: string, text: string): string {
  for (let length = secret.length - 1; length >= SHORTEST_SECRET; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return `${text.slice(0, -length)}[secret]`;
  }
  return text;
}
