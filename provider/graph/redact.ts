/**
 * Removes secrets from foreign texts before they become part of a message.
 *
 * @module
 */

/** Shape of any token. */
const TOKENS = [/\bBearer\s+[\w.~+/=-]{8,}/gi, /\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g];

/** Shorter values are not replaced: replacing them everywhere would do more harm than good. */
const SHORTEST_SECRET = 6;

/** A text without the given secrets and without anything that looks like a token. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  const masked = known.reduce(
    (rest, secret) => withoutStartOf(secret, rest.replaceAll(secret, "[secret]")),
    text,
  );
  return TOKENS.reduce((rest, pattern) => rest.replace(pattern, "[token]"), masked);
}

/** A text without the beginning of a secret at its end, where the text was cut off. */
function withoutStartOf(secret: string, text: string): string {
  for (let length = secret.length - 1; length >= SHORTEST_SECRET; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return `${text.slice(0, -length)}[secret]`;
  }
  return text;
}
