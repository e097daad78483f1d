import { type PlainObject, UNKNOWN } from "./json";
import { SECRETS_KEY } from "./keys";
import { show } from "./show";

/** The paths of the secrets in inputs or outputs. */
export function secretsOf(state: PlainObject): string[] {
  const names = state[SECRETS_KEY];
  return Array.isArray(names) ? names.map(String) : [];
}

/**
 * Whether a setting of a payload must be hidden. A payload as a whole, with the key `""`, must be hidden if
 * anything in it is secret.
 */
export function isSecretIn(secrets: ReadonlySet<string>, name: string, key: string): boolean {
  if (secrets.has(name)) return true;
  return key === ""
    ? [...secrets].some((path) => path.startsWith(`${name}/`))
    : secrets.has(`${name}/${key}`);
}

/** Label of a policy whose display name is missing, or not known yet. */
export const UNNAMED = "(unnamed)";

/** The name of a policy in messages: its display name in the tenant, on one line. */
export function policyLabel(
  olds: PlainObject,
  news: PlainObject = olds,
  secrets: ReadonlySet<string> = new Set(secretsOf(news)),
): string {
  const name = typeof olds.displayName === "string" ? olds.displayName : news.displayName;
  if (secrets.has("displayName")) return "[secret]";
  if (typeof name !== "string" || name === UNKNOWN) return UNNAMED;
  return show(name).slice(1, -1);
}

/** A display name in the form in which names are compared: Unicode has several for one text. */
export function normalName(displayName: unknown): string {
  return typeof displayName === "string" ? displayName.toWellFormed().normalize("NFC") : "";
}
