import { type PlainObject, UNKNOWN } from "./json";
import { SECRETS_KEY } from "./keys";
import { show } from "./show";

/** The paths of what is secret in inputs or outputs. */
export function secretsOf(state: PlainObject): string[] {
  const names = state[SECRETS_KEY];
  return Array.isArray(names) ? names.map(String) : [];
}

/** Label of a policy whose display name is missing, or not known yet. */
export const UNNAMED = "(unnamed)";

/** How messages name a policy: its display name as it is in the tenant, on one line. */
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
