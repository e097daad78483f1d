import { strict as assert } from "node:assert";
import { CredentialError } from "../../provider/graph";
import type { CredentialConfig } from "../../provider/graph/config/sessionTypes";
import { credentialError } from "../../provider/graph/credentialFailure";
import { SignInProblem } from "../../provider/graph/errors/signInProblem";

const LOGIN = "https://login.test";
const TENANT = "11111111-1111-4111-8111-111111111111";
const APP = "33333333-3333-4333-8333-333333333333";
const SECRET = {
  kind: "clientSecret",
  tenantId: TENANT,
  clientId: APP,
  clientSecret: "sesame-open-1234",
} as const;
const DEFAULT: CredentialConfig = { kind: "default" };

const failureOf = (error: unknown, credential: CredentialConfig = SECRET, env = {}) =>
  credentialError(credential, error, LOGIN, env);
const linesOf = (error: unknown, credential?: CredentialConfig, env = {}) =>
  failureOf(error, credential, env).message.split("\n");
const reasonOf = (error: unknown, credential?: CredentialConfig) =>
  linesOf(error, credential)[0]?.replace(/^Sign-in with the credential "\w+" failed: /, "");
const chainOf = (...errors: unknown[]) =>
  Object.assign(new Error("ChainedTokenCredential authentication failed."), { errors });

/** Words of Microsoft Entra or the network, and the first words that a user reads of them. */
const TABLE: readonly (readonly [said: string, happened: string, next: RegExp])[] = [
  [
    "invalid_client: AADSTS7000215: Invalid client secret provided. Trace ID: 1 Correlation ID: 2",
    `the client secret of the app ${APP} is wrong (AADSTS7000215).`,
    /^Set the secret's value, not its id, in officeConfiguration:clientSecret/,
  ],
  [
    "AADSTS7000222: The provided client secret keys for app are expired.",
    `the client secret of the app ${APP} has expired (AADSTS7000222).`,
    /^Create a new secret/,
  ],
  [
    "AADSTS700016: Application was not found in the directory.",
    `the app ${APP} is not in the tenant ${TENANT} (AADSTS700016).`,
    /^Check officeConfiguration:clientId \(the Application \(client\) ID, not the object ID\)/,
  ],
  [
    "AADSTS90002: Tenant not found.",
    `Microsoft Entra does not know the tenant ${TENANT} (AADSTS90002).`,
    /^Check officeConfiguration:tenantId\..*officeConfiguration:cloud/,
  ],
  [
    "AADSTS900023: Specified tenant identifier is neither a valid DNS name nor a GUID.",
    `Microsoft Entra does not know the tenant ${TENANT} (AADSTS900023).`,
    /^Check officeConfiguration:tenantId/,
  ],
  ...["70021", "700211", "700212", "700213"].map(
    (code) =>
      [
        `AADSTS${code}: No matching federated identity record found for presented assertion subject 'repo:o/r:pull_request'.`,
        `no federated credential of the app ${APP} matches the identity token (AADSTS${code}).`,
        /^Add one.*repo:<owner>\/<name>:pull_request for a pull request/,
      ] as const,
  ),
  [
    "AADSTS700024: Client assertion is not within its valid time range.",
    `the identity token or certificate of the app ${APP} has expired, or is not valid yet (AADSTS700024).`,
    /^Get a new identity token.*clock/,
  ],
  [
    "AADSTS700027: The certificate is not registered on application.",
    `the certificate is not registered with the app ${APP} (AADSTS700027).`,
    /^Upload it/,
  ],
  [
    "AADSTS53003: Access has been blocked by Conditional Access policies.",
    `a Conditional Access policy of the tenant ${TENANT} blocks this sign-in (AADSTS53003).`,
    /sign-in log names the policy/,
  ],
  [
    "AADSTS7000112: Application is disabled.",
    `the app ${APP} is disabled in the tenant ${TENANT} (AADSTS7000112).`,
    /^Enable it/,
  ],
  [
    "AADSTS7000218: The request body must contain client_assertion or client_secret.",
    `the app ${APP} is not a public client (AADSTS7000218).`,
    /^Allow public client flows/,
  ],
  [
    "AADSTS65001: The user or administrator has not consented.",
    `nobody in the tenant ${TENANT} has consented to the app ${APP} (AADSTS65001).`,
    /^Have an administrator grant consent/,
  ],
  ...["50076", "50079"].map(
    (code) =>
      [
        `AADSTS${code}: You must use multi-factor authentication.`,
        `the tenant ${TENANT} asks this user for multifactor authentication (AADSTS${code}).`,
        /^Sign in again and complete it, or sign in as an app of your own\.$/,
      ] as const,
  ),
  [
    "AADSTS1: Something else. Trace ID: 1",
    "AADSTS1: Something else.",
    /^Check officeConfiguration:tenantId and clientId, and that clientSecret/,
  ],
  [
    "self-signed certificate in certificate chain",
    "self-signed certificate in certificate chain.",
    /^This machine does not trust the certificate of the login at https:\/\/login\.test\..*NODE_EXTRA_CA_CERTS/,
  ],
  [
    "x UNABLE_TO_GET_ISSUER_CERT_LOCALLY y",
    "x UNABLE_TO_GET_ISSUER_CERT_LOCALLY y.",
    /NODE_EXTRA_CA_CERTS/,
  ],
  [
    "x CERT_HAS_EXPIRED y",
    "x CERT_HAS_EXPIRED y.",
    /^The certificate of the login at https:\/\/login\.test is not valid/,
  ],
  [
    "getaddrinfo ENOTFOUND login.test",
    "getaddrinfo ENOTFOUND login.test.",
    /^The name of the login at https:\/\/login\.test cannot be resolved.*officeConfiguration:authority/,
  ],
  [
    "endpoints_resolution_error: no",
    "there is no usable answer from the login at https://login.test.",
    /^Check that this machine can reach the login at https:\/\/login\.test\. If it needs a proxy, set HTTPS_PROXY and NO_PROXY/,
  ],
  [
    "connect ECONNREFUSED 127.0.0.1",
    "connect ECONNREFUSED 127.0.0.1.",
    /^Check that this machine can reach the login/,
  ],
  [
    "unexpected <html><body>Blocked",
    "unexpected <html><body>Blocked.",
    /^The answer is a web page and not Graph's: a proxy/,
  ],
];

describe("a credential that gives no token", () => {
  for (const [said, happened, next] of TABLE) {
    it(`says what happened and what to do: ${said.slice(0, 50)}`, () => {
      const [first, second] = linesOf(new Error(said));
      assert.equal(
        first?.replace(/^Sign-in (with the credential "clientSecret" )?failed: /, ""),
        happened,
      );
      assert.match(second ?? "", next);
    });
  }

  it("shows Entra's words below, without what only its support can use", () => {
    const [, , third, fourth] = linesOf(
      new Error(
        "AADSTS700213: No match for the subject 'repo:o/r:pull_request'. Trace ID: 1\r\nmore",
      ),
    );
    assert.equal(
      third,
      "Microsoft Entra says: AADSTS700213: No match for the subject 'repo:o/r:pull_request'.",
    );
    assert.equal(fourth, undefined);
  });

  it("speaks of the app and the tenant where the settings name none", () => {
    const [first] = linesOf(new Error("AADSTS700016: no"), DEFAULT);
    assert.equal(first, "Sign-in failed: the app is not in the tenant (AADSTS700016).");
  });

  it("has advice for each kind where nothing else is known", () => {
    const kinds = {
      clientSecret: /the secret's value/,
      clientCertificate: /PEM file/,
      workloadIdentity: /federated credential: issuer/,
      githubActions: /id-token: write/,
      azurePipelines: /service connection/,
      managedIdentity: /managed identity/,
      azureCli: /az login/,
      deviceCode: /public client flows/,
      accessToken: /valid for this cloud/,
      default: /Set officeConfiguration:tenantId and clientId/,
    };
    for (const [kind, advice] of Object.entries(kinds)) {
      const [first, second] = linesOf(new Error("no"), { kind } as CredentialConfig);
      assert.equal(first, `Sign-in with the credential "${kind}" failed: no.`);
      assert.match(second ?? "", advice);
    }
    const several = new Error("Multiple user assigned identities exist");
    assert.match(
      linesOf(several, { kind: "managedIdentity" })[1] ?? "",
      /clientId to the client id/,
    );
  });

  it("stays the failure that it is already", () => {
    const error = failureOf(new Error("no"));
    assert.ok(CredentialError.isInstance(error));
    assert.equal(failureOf(error), error);
  });

  it("says nothing of credential or login where neither is to blame", () => {
    const problem = new SignInProblem("the proxy refuses");
    for (const error of [
      problem,
      new Error("outer", { cause: new Error("x", { cause: problem }) }),
    ]) {
      assert.equal(failureOf(error).message, "Sign-in failed: the proxy refuses.");
    }
  });

  it("tells a job of GitHub Actions what it lacks, and nobody else", () => {
    const job = { GITHUB_ACTIONS: "true" };
    const error = chainOf(new Error("none"));
    assert.deepEqual(linesOf(error, DEFAULT, job), [
      "Sign-in failed: this GitHub Actions job is not allowed to ask for an identity token.",
      "Give the job `permissions: id-token: write`, and set AZURE_CLIENT_ID and AZURE_TENANT_ID in its env. A pull request from a fork never gets that permission.",
    ]);
    const token = { ...job, ACTIONS_ID_TOKEN_REQUEST_URL: "https://token.test" };
    assert.match(linesOf(error, DEFAULT, token)[0] ?? "", /nothing says for which app\.$/);
    assert.match(
      linesOf(error, { kind: "default", clientId: APP }, token)[0] ?? "",
      /no credential/,
    );
    assert.match(linesOf(error, DEFAULT)[0] ?? "", /no credential is configured/);
    assert.match(linesOf(error, SECRET, job).at(-1) ?? "", /^Check officeConfiguration/);
  });

  it("keeps its secret, and shows what is none", () => {
    const words = `${SECRET.clientSecret} of ${SECRET.clientId}`;
    assert.equal(reasonOf(new Error(words)), `[secret] of ${SECRET.clientId}.`);
    assert.match(linesOf(chainOf(new Error(words)))[1] ?? "", /^- \[secret\] of/);
  });

  it("adds the cause to the library's words, once", () => {
    assert.equal(reasonOf(new Error("outer", { cause: new Error("inner") })), "outer (inner).");
    assert.equal(reasonOf(new Error("same", { cause: new Error("same") })), "same.");
    assert.equal(reasonOf(new Error("alone", { cause: "no error" })), "alone.");
    for (const error of ["text", undefined, null, { message: "m" }]) {
      assert.equal(reasonOf(error), "an unknown failure.");
    }
  });

  it("lists each of several that were tried, in a sentence", () => {
    const errors = [
      "EnvironmentCredential is unavailable. No underlying credential could be used. To troubleshoot, visit https://aka.ms/x.",
      'WorkloadIdentityCredential: is unavailable. clientId is a required parameter. In DefaultAzureCredential this can be provided as "AZURE_CLIENT_ID".',
      "Attempted to use the IMDS endpoint, but it is not available.",
      "Visual Studio Code Authentication is not available. Ensure you have have it installed.",
      "Azure CLI could not be found. Please visit https://aka.ms/azure-cli for installation instructions and then, once installed, authenticate to your Azure account using 'az login'.",
      "Error: Error: Unable to execute PowerShell. Ensure that it is installed in your system. To troubleshoot, visit https://aka.ms/y.",
      "Azure Developer CLI couldn't be found. To mitigate this issue, see the guidelines.",
      "Failed to acquire token using broker authentication",
    ].map((message) => new Error(message));
    assert.deepEqual(linesOf(chainOf(...errors), DEFAULT), [
      "Sign-in failed: no credential is configured, and this machine has none:",
      "- Environment: AZURE_TENANT_ID and AZURE_CLIENT_ID are not set together with AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH.",
      "- Workload identity: AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE are not all set.",
      "- Managed identity: this machine has none.",
      "- Visual Studio Code: not signed in to Azure.",
      "- Azure CLI: not installed.",
      "- Azure PowerShell: not installed.",
      "- Azure Developer CLI: not installed.",
      "- Windows account broker: not available.",
      "Set officeConfiguration:tenantId and clientId, and one of clientSecret, clientCertificatePath, federatedTokenFile or accessToken (or their environment variables).",
    ]);
  });

  it("lists those that are there and failed in the library's first words", () => {
    const errors = [
      new Error("Please run 'az login' from a command prompt to authenticate."),
      new Error("Please run 'Connect-AzAccount' from PowerShell to authenticate."),
      new Error("Please run 'azd auth login' from a command prompt."),
      new Error("Two Error: words\nmore"),
      new Error(
        "ManagedIdentityCredential: Authentication failed. Message Description: no route. Rest",
      ),
      "text. More",
      "text. More",
    ];
    assert.deepEqual(linesOf(chainOf(...errors), DEFAULT).slice(1, -1), [
      "- Azure CLI: not signed in.",
      "- Azure PowerShell: not signed in.",
      "- Azure Developer CLI: not signed in.",
      "- Two Error: words.",
      "- ManagedIdentityCredential: Authentication failed: no route.",
      "- text.",
    ]);
    assert.equal(reasonOf(chainOf()), "ChainedTokenCredential authentication failed.");
    const noList = Object.assign(new Error("chain"), { errors: "no list" });
    assert.equal(reasonOf(noList), "chain.");
  });
});
