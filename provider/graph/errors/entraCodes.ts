/**
 * Microsoft Entra's error codes that a user of this package can resolve.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 * @module
 */

import type { CredentialKind } from "../config/sessionTypes";

/** The facts of a failed sign-in that appear in the text. */
interface Refused {
  readonly code?: string;
  readonly kind?: CredentialKind;
  readonly clientId?: string;
  readonly tenantId?: string;
}

interface Meaning {
  /** The event, as the end of a sentence. */
  readonly what: (app: string, tenant: string) => string;
  readonly next: string | ((kind: CredentialKind | undefined) => string);
}

const NEW_SECRET =
  "Create a new secret under the app's Certificates & secrets, and set its value in " +
  "officeConfiguration:clientSecret (or its environment variable).";

const UNKNOWN_TENANT: Meaning = {
  what: (_, tenant) => `Microsoft Entra does not know ${tenant}`,
  next:
    "Check officeConfiguration:tenantId. A tenant of a national cloud needs officeConfiguration:cloud " +
    "as well.",
};

const NO_FEDERATED_CREDENTIAL: Meaning = {
  what: (app) => `no federated credential of ${app} matches the identity token`,
  next:
    "Add one under the app's Certificates & secrets > Federated credentials, with issuer, subject and audience exactly as in the " +
    "token. In GitHub Actions the subject is repo:<owner>/<name>:ref:refs/heads/<branch> for a branch, " +
    "repo:<owner>/<name>:pull_request for a pull request, and repo:<owner>/<name>:environment:<name> for an environment.",
};

const MORE_THAN_A_PASSWORD: Meaning = {
  what: (_, tenant) => `${tenant} asks this user for multifactor authentication`,
  next: (kind) => `${again(kind)} and complete it, or sign in as an app of your own.`,
};

/** Advice to a user who must sign in once more. */
function again(kind: CredentialKind | undefined): string {
  if (kind === "deviceCode") return "Run the command again, enter its code";
  return kind === "azureCli" ? "Run `az login` again" : "Sign in again";
}

const MEANINGS: Readonly<Record<string, Meaning>> = {
  AADSTS7000215: {
    what: (app) => `the client secret of ${app} is wrong`,
    next:
      "Set the secret's value, not its id, in officeConfiguration:clientSecret (or its environment variable). If the value is " +
      "lost, create a new secret under the app's Certificates & secrets.",
  },
  AADSTS7000222: {
    what: (app) => `the client secret of ${app} has expired`,
    next: NEW_SECRET,
  },
  AADSTS700016: {
    what: (app, tenant) => `${app} is not in ${tenant}`,
    next:
      "Check officeConfiguration:clientId (the Application (client) ID, not the object ID) and officeConfiguration:tenantId. An " +
      "app of another tenant needs the consent of an administrator of this one.",
  },
  AADSTS90002: UNKNOWN_TENANT,
  AADSTS900023: UNKNOWN_TENANT,
  AADSTS70021: NO_FEDERATED_CREDENTIAL,
  AADSTS700211: NO_FEDERATED_CREDENTIAL,
  AADSTS700212: NO_FEDERATED_CREDENTIAL,
  AADSTS700213: NO_FEDERATED_CREDENTIAL,
  AADSTS700024: {
    what: (app) => `the identity token or certificate of ${app} has expired, or is not valid yet`,
    next:
      "Get a new identity token: those of CI services last for minutes only. If the token is new, or you sign in with a " +
      "certificate, check the clock of this machine.",
  },
  AADSTS700027: {
    what: (app) => `the certificate is not registered with ${app}`,
    next:
      "Upload it under the app's Certificates & secrets > Certificates, or set officeConfiguration:clientCertificatePath " +
      "to the file of a certificate that is registered there.",
  },
  AADSTS53003: {
    what: (_, tenant) => `a Conditional Access policy of ${tenant} blocks this sign-in`,
    next:
      "Microsoft Entra's sign-in log names the policy. Have an administrator exclude this app or user from it, or sign in from a " +
      "place that it allows.",
  },
  AADSTS7000112: {
    what: (app, tenant) => `${app} is disabled in ${tenant}`,
    next: "Enable it under Enterprise applications > Properties > Enabled for users to sign-in.",
  },
  AADSTS7000218: {
    what: (app) => `${app} is not a public client`,
    next: "Allow public client flows under the app's Authentication, or sign in with a secret or a certificate.",
  },
  AADSTS65001: {
    what: (app, tenant) => `nobody in ${tenant} has consented to ${app}`,
    next: "Have an administrator grant consent under the app's API permissions.",
  },
  AADSTS50076: MORE_THAN_A_PASSWORD,
  AADSTS50079: MORE_THAN_A_PASSWORD,
};

/** Meaning of a code of Microsoft Entra for an app in a tenant; undefined for other codes. */
export function entraDiagnosis({
  code = "",
  kind,
  clientId,
  tenantId,
}: Refused): { readonly what: string; readonly next: string } | undefined {
  const meaning = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  if (meaning === undefined) return undefined;
  const app = clientId === undefined ? "the app" : `the app ${clientId}`;
  const tenant = tenantId === undefined ? "the tenant" : `the tenant ${tenantId}`;
  const { what, next } = meaning;
  return {
    what: `${what(app, tenant)} (${code})`,
    next: typeof next === "string" ? next : next(kind),
  };
}
