/**
 * Advice after a failed sign-in that no error code explains. It depends on the kind of credential and on the
 * place: a CI job, or any other machine.
 *
 * @module
 */
import type { CredentialKind } from "../config/sessionTypes";

/** The part of a failed sign-in that advice depends on. */
interface Failed {
  readonly words: string;
  readonly kind?: CredentialKind;
  readonly clientId?: string;
  readonly env?: NodeJS.ProcessEnv;
}

interface Advice {
  readonly what?: string;
  readonly next: string;
}

const BY_KIND: Readonly<Record<CredentialKind, string>> = {
  accessToken: "Set a token that is valid for this cloud's Graph.",
  clientSecret:
    "Check officeConfiguration:tenantId and clientId, and that clientSecret is the secret's value " +
    "(not its id) and has not expired.",
  clientCertificate:
    "Check officeConfiguration:tenantId and clientId, that the PEM file holds the certificate and " +
    "its key, and that the certificate is registered with the app and has not expired.",
  workloadIdentity:
    "Check the app's federated credential: issuer, subject and audience must be those of the " +
    "token, and the token must not have expired.",
  githubActions:
    "Check the app's federated credential: its subject must be that of this workflow " +
    "(repo:<owner>/<name>:…), its audience api://AzureADTokenExchange. The job needs " +
    "`permissions: id-token: write`.",
  azurePipelines:
    "Check that the service connection uses workload identity federation, that its app is the one " +
    "of officeConfiguration:clientId, and that the step's env has SYSTEM_ACCESSTOKEN and " +
    "SYSTEM_OIDCREQUESTURI.",
  managedIdentity:
    "Check that this machine has a managed identity, and for a user-assigned one that " +
    "officeConfiguration:clientId is its client id.",
  azureCli:
    "Run `az login` (with `--tenant` for officeConfiguration:tenantId), or choose another kind " +
    "with officeConfiguration:credential.",
  deviceCode:
    "Enter the code before it expires. If the app is your own, allow public client flows for it.",
  default:
    "Set officeConfiguration:tenantId and clientId, and one of clientSecret, clientCertificatePath, " +
    "federatedTokenFile or accessToken (or their environment variables).",
};

interface Row {
  readonly when: (failed: Failed & { readonly env: NodeJS.ProcessEnv }) => boolean;
  readonly advice: Advice;
}

const isJob = ({ kind, env }: { kind?: CredentialKind; env: NodeJS.ProcessEnv }) =>
  kind === "default" && env.GITHUB_ACTIONS === "true";

/** The first row that fits decides. */
const ROWS: readonly Row[] = [
  {
    // GitHub sets both, or neither.
    when: (failed) => isJob(failed) && !failed.env.ACTIONS_ID_TOKEN_REQUEST_URL,
    advice: {
      what: "this GitHub Actions job is not allowed to ask for an identity token",
      next:
        "Give the job `permissions: id-token: write`, and set AZURE_CLIENT_ID and AZURE_TENANT_ID in its env. A pull request from a " +
        "fork never gets that permission.",
    },
  },
  {
    when: (failed) => isJob(failed) && failed.clientId === undefined,
    advice: {
      what: "this GitHub Actions job can have an identity token, but nothing says for which app",
      next: "Set AZURE_CLIENT_ID and AZURE_TENANT_ID in its env.",
    },
  },
  {
    when: ({ words }) => /multiple user.assigned/i.test(words),
    advice: {
      what: "this machine has several user-assigned identities",
      next: "Set officeConfiguration:clientId to the client id of the one to use.",
    },
  },
];

/** Advice after a failed sign-in, with the event if the error's words do not say it. */
export function signInAdvice({ env = {}, ...failed }: Failed): Advice {
  const row = ROWS.find(({ when }) => when({ ...failed, env }));
  return row?.advice ?? { next: BY_KIND[failed.kind ?? "default"] };
}
