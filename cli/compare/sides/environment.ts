/** Families of variables by which a session signs in. */
const FAMILIES = ["OFFICE_CONFIGURATION_", "AZURE_", "ARM_"];

/**
 * The environment of a side, or of a stack. Variables with its prefix, such as `LEFT_AZURE_CLIENT_ID`, take the place of
 * all variables of a sign-in: so the id of one app is never combined with the secret of another.
 *
 * @param name - Its name: `left`, `contoso-prod` for `CONTOSO_PROD_AZURE_CLIENT_ID`.
 * @param env - Usually `process.env`.
 */
export function environmentOf(name: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const prefix = `${name.toUpperCase().replaceAll(/[^A-Z\d]/g, "_")}_`;
  const own = Object.entries(env)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value] as const)
    .filter(([name]) => isOfSession(name));
  if (own.length === 0) return env;
  const others = Object.entries(env).filter(([name]) => !isOfSession(name));
  return Object.fromEntries([...others, ...own]);
}

function isOfSession(name: string): boolean {
  return FAMILIES.some((family) => name.startsWith(family));
}
