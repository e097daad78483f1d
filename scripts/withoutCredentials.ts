/** The environment without this shell's own tenant, credentials and settings of the provider. */
export function withoutCredentials(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([key]) => !/^(ARM|AZURE|OFFICE_CONFIGURATION|ACTIONS_ID)_/.test(key),
    ),
  );
}
