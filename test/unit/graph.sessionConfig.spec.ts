import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  createSession,
  resolveSessionConfig,
  type SessionConfig,
  SessionConfigError,
} from "../../provider/graph";
import {
  configKey,
  environmentNames,
  SETTING_NAMES,
  SOURCES,
} from "../../provider/graph/config/settingSources";
import { sessionSettings } from "../../provider/graph/config/settings";

const TENANT = "11111111-1111-4111-8111-111111111111";
const OTHER_TENANT = "22222222-2222-4222-8222-222222222222";
const APP = "33333333-3333-4333-8333-333333333333";
const OTHER_APP = "44444444-4444-4444-8444-444444444444";
const CONNECTION = "55555555-5555-4555-8555-555555555555";

type Values = Record<string, string>;

function resolve(config: Values, env: Values = {}): SessionConfig {
  return resolveSessionConfig((key) => config[key], env);
}

function problemsOf(config: Values, env: Values = {}): readonly string[] {
  try {
    resolve(config, env);
  } catch (error) {
    assert.ok(SessionConfigError.isInstance(error), String(error));
    return error.problems;
  }
  throw new assert.AssertionError({ message: "the settings were taken" });
}

const identity = { tenantId: TENANT, clientId: APP };

describe("session settings", () => {
  const kinds: [string, Values, Values, object][] = [
    ["nothing set", {}, {}, { kind: "default" }],
    [
      "a token in the stack's config",
      { accessToken: "given" },
      { AZURE_CLIENT_SECRET: "s" },
      { kind: "accessToken", accessToken: "given" },
    ],
    [
      "a secret in this package's variables",
      identity,
      { OFFICE_CONFIGURATION_CLIENT_SECRET: "s1\n", ARM_CLIENT_CERTIFICATE_PATH: "app.pem" },
      { kind: "clientSecret", ...identity, clientSecret: "s1" },
    ],
    [
      "a certificate in AZURE_*",
      {},
      {
        AZURE_TENANT_ID: TENANT,
        AZURE_CLIENT_ID: APP,
        AZURE_CLIENT_CERTIFICATE_PATH: "app.pem",
        AZURE_CLIENT_CERTIFICATE_PASSWORD: "p",
      },
      {
        kind: "clientCertificate",
        ...identity,
        clientCertificatePath: "app.pem",
        clientCertificatePassword: "p",
      },
    ],
    [
      "a federated token file in AZURE_*",
      {},
      { AZURE_TENANT_ID: TENANT, AZURE_CLIENT_ID: APP, AZURE_FEDERATED_TOKEN_FILE: "token" },
      { kind: "workloadIdentity", ...identity, federatedTokenFile: "token" },
    ],
    [
      "an identity token in ARM_*",
      {},
      { ARM_TENANT_ID: TENANT, ARM_CLIENT_ID: APP, ARM_OIDC_TOKEN: "jwt", ARM_USE_OIDC: "true" },
      { kind: "workloadIdentity", ...identity, federatedToken: "jwt" },
    ],
    [
      "GitHub's variables",
      identity,
      { ACTIONS_ID_TOKEN_REQUEST_URL: "https://gh.test/t", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "r" },
      {
        kind: "githubActions",
        ...identity,
        oidcRequestUrl: "https://gh.test/t",
        oidcRequestToken: "r",
      },
    ],
    [
      "ARM_USE_OIDC and GitHub's variables, beside a secret that is not meant",
      {},
      {
        ARM_TENANT_ID: TENANT,
        ARM_CLIENT_ID: APP,
        ARM_USE_OIDC: "true",
        ARM_CLIENT_SECRET: "not meant",
        ACTIONS_ID_TOKEN_REQUEST_URL: "https://gh.test/t",
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "r",
      },
      {
        kind: "githubActions",
        ...identity,
        oidcRequestUrl: "https://gh.test/t",
        oidcRequestToken: "r",
      },
    ],
    [
      "a task of Azure DevOps",
      {},
      {
        AZURESUBSCRIPTION_TENANT_ID: TENANT,
        AZURESUBSCRIPTION_CLIENT_ID: APP,
        AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: CONNECTION,
        SYSTEM_OIDCREQUESTURI: "https://ado.test/t",
        SYSTEM_ACCESSTOKEN: "r",
      },
      {
        kind: "azurePipelines",
        ...identity,
        azureServiceConnectionId: CONNECTION,
        oidcRequestUrl: "https://ado.test/t",
        oidcRequestToken: "r",
      },
    ],
    [
      "a service connection in the stack's config",
      { ...identity, azureServiceConnectionId: CONNECTION },
      { SYSTEM_OIDCREQUESTURI: "https://ado.test/t", SYSTEM_ACCESSTOKEN: "r" },
      {
        kind: "azurePipelines",
        ...identity,
        azureServiceConnectionId: CONNECTION,
        oidcRequestUrl: "https://ado.test/t",
        oidcRequestToken: "r",
      },
    ],
    ["ARM_USE_MSI", {}, { ARM_USE_MSI: "true", ARM_USE_CLI: "true" }, { kind: "managedIdentity" }],
    [
      "ARM_USE_CLI",
      { tenantId: TENANT },
      { ARM_USE_CLI: "1" },
      { kind: "azureCli", tenantId: TENANT },
    ],
    [
      "GitHub's variables and no app, as after azure/login",
      { tenantId: TENANT },
      { ACTIONS_ID_TOKEN_REQUEST_URL: "https://gh.test/t", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "r" },
      { kind: "default", tenantId: TENANT },
    ],
    ["a pipeline's own token alone", {}, { SYSTEM_ACCESSTOKEN: "r" }, { kind: "default" }],
  ];
  for (const [when, config, env, credential] of kinds) {
    it(`choose ${(credential as { kind: string }).kind} with ${when}`, () => {
      assert.deepEqual(resolve(config, env).credential, credential);
    });
  }

  it("keep identity and secret of one family together", () => {
    const { credential } = resolve(
      {},
      {
        AZURE_TENANT_ID: OTHER_TENANT,
        AZURE_CLIENT_ID: OTHER_APP,
        ARM_TENANT_ID: TENANT,
        ARM_CLIENT_ID: APP,
        ARM_CLIENT_SECRET: "s",
      },
    );
    assert.deepEqual(credential, { kind: "clientSecret", ...identity, clientSecret: "s" });
  });

  it("prefer the stack's config to every variable", () => {
    const config = resolve(
      { tenantId: TENANT, cloud: "china", maxRetries: "0" },
      {
        OFFICE_CONFIGURATION_TENANT_ID: OTHER_TENANT,
        OFFICE_CONFIGURATION_CLOUD: "dod",
        OFFICE_CONFIGURATION_MAX_RETRIES: "7",
        OFFICE_CONFIGURATION_MAX_REQUESTS_IN_FLIGHT: "3",
        ARM_ENVIRONMENT: "usgovernment",
      },
    );
    assert.equal(config.tenantId, TENANT);
    assert.equal(config.cloud, "china");
    assert.equal(config.maxRetries, 0);
    assert.equal(config.maxRequestsInFlight, 3);
    assert.equal(config.requestTimeoutSeconds, 100);
  });

  const clouds = {
    public: "public",
    usgovernment: "usgov",
    USGovernmentL4: "usgov",
    usgovernmentl5: "usgovdod",
    dod: "usgovdod",
    china: "china",
  };
  for (const [written, cloud] of Object.entries(clouds)) {
    it(`read ${written} in ARM_ENVIRONMENT as ${cloud}`, () => {
      assert.equal(resolve({}, { ARM_ENVIRONMENT: written }).cloud, cloud);
    });
  }

  const endpoints: [string, string | undefined][] = [
    ["https://graph.example.test:8443/", "https://graph.example.test:8443"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["http://localhost:8080", "http://localhost:8080"],
    ["http://[::1]:8080", "http://[::1]:8080"],
    ["http://127.1:80", "http://127.0.0.1"],
    ["http://graph.example.test", undefined],
    ["http://127.0.0.1.example.test", undefined],
    ["http://localhost.example.test", undefined],
    ["https://graph.example.test/beta", undefined],
    ["https://user:pa55word@graph.example.test", undefined],
    ["https://graph.example.test/?x=1", undefined],
    ["ftp://127.0.0.1", undefined],
    ["graph.example.test", undefined],
  ];
  for (const [endpoint, origin] of endpoints) {
    it(`${origin === undefined ? "refuse" : "take"} the endpoint ${endpoint}`, () => {
      if (origin !== undefined) {
        assert.equal(resolve({ endpoint }).endpoint, origin);
        return;
      }
      const [problem = ""] = problemsOf({ endpoint });
      assert.match(problem, /^officeConfiguration:endpoint must be an https URL/);
      assert.ok(!problem.includes("pa55word"));
    });
  }

  it("refuse an authority on http, even of this machine", () => {
    assert.match(problemsOf({ authority: "http://127.0.0.1:1" })[0] ?? "", /authority must be/);
  });

  it("refuse the login of another cloud", () => {
    const problems = problemsOf(
      { cloud: "china" },
      { AZURE_AUTHORITY_HOST: "https://login.microsoftonline.com/" },
    );
    assert.match(problems.join(), /AZURE_AUTHORITY_HOST is .*"china" logs in at/);
  });

  it("say every problem at once, and no secret", () => {
    const problems = problemsOf(
      { clientSecret: "the-secret", tenantId: "not a tenant", cloud: "mars" },
      { OFFICE_CONFIGURATION_MAX_RETRIES: "many", OFFICE_CONFIGURATION_ENDPOINT: "nowhere" },
    );
    assert.equal(problems.length, 5, problems.join("\n"));
    const all = problems.join("\n");
    assert.match(all, /officeConfiguration:tenantId must be .*, not "not a tenant"\./);
    assert.match(all, /officeConfiguration:cloud must be one of public, .*, not "mars"\./);
    assert.match(all, /OFFICE_CONFIGURATION_MAX_RETRIES must be a whole number from 0 to 100/);
    assert.match(all, /OFFICE_CONFIGURATION_ENDPOINT must be/);
    assert.match(
      all,
      /needs officeConfiguration:clientId \(or OFFICE_CONFIGURATION_CLIENT_ID, AZURE_CLIENT_ID, ARM_CLIENT_ID/,
    );
    assert.ok(!all.includes("the-secret"));
  });

  it("refuse two kinds of material in one source", () => {
    const [problem = ""] = problemsOf(identity, {
      AZURE_CLIENT_SECRET: "the-secret",
      AZURE_FEDERATED_TOKEN_FILE: "token",
    });
    assert.match(problem, /AZURE_CLIENT_SECRET \(clientSecret\) and AZURE_FEDERATED_TOKEN_FILE/);
    assert.match(problem, /officeConfiguration:credential/);
    assert.ok(!problem.includes("the-secret"));
  });

  it("take two kinds of material when one is named", () => {
    const { credential } = resolve(
      { ...identity, credential: "workloadIdentity" },
      { AZURE_CLIENT_SECRET: "s", AZURE_FEDERATED_TOKEN_FILE: "token" },
    );
    assert.equal(credential.kind, "workloadIdentity");
  });

  it("do not mind what the chosen kind has no use for", () => {
    const config = resolve({ accessToken: "given" }, { ARM_CLIENT_ID: "$(clientId)" });
    assert.equal(config.credential.kind, "accessToken");
  });

  it("take over what is identical only where that is said", () => {
    const token = { accessToken: "given" };
    assert.equal(resolve(token).takeOver, undefined);
    const asked = resolve({ ...token, takeOver: "identical" });
    assert.equal(asked.takeOver, "identical");
    assert.equal(createSession(asked).config.takeOver, "identical");
    assert.equal("takeOver" in createSession(resolve(token)).config, false);
    for (const takeOver of ["none", "true", "Identical", "same"]) {
      assert.deepEqual(problemsOf({ ...token, takeOver }), [
        `officeConfiguration:takeOver must be identical, or not set, not "${takeOver}".`,
      ]);
    }
  });

  it("refuse an unknown kind of credential", () => {
    assert.match(
      problemsOf({ credential: "password" })[0] ?? "",
      /must be one of auto, accessToken/,
    );
  });

  it("say what ARM_USE_OIDC lacks", () => {
    const env = { ARM_USE_OIDC: "true", ARM_CLIENT_SECRET: "not meant" };
    assert.match(
      problemsOf(identity, env).join("\n"),
      /ARM_OIDC_TOKEN_FILE_PATH.*ARM_OIDC_TOKEN\)/,
    );
  });

  it("say once which permission a job of GitHub Actions lacks, and where a client id is found", () => {
    const job = { GITHUB_ACTIONS: "true" };
    const [first, second, ...others] = problemsOf(
      { tenantId: TENANT, credential: "githubActions" },
      job,
    );
    assert.match(
      first ?? "",
      /^This GitHub Actions job is not allowed to ask .*`permissions: id-token: write`/,
    );
    assert.match(second ?? "", /needs officeConfiguration:clientId .*Application \(client\) ID/);
    assert.deepEqual(others, []);
  });

  it("say what a CI job lacks", () => {
    const all = problemsOf({ ...identity, credential: "githubActions" }).join("\n");
    assert.match(all, /permissions: id-token: write/);
  });

  it("refuse a PKCS #12 file and say how to convert it", () => {
    const problems = problemsOf({ ...identity, clientCertificatePath: "app.pfx" });
    assert.match(problems.join(), /openssl pkcs12/);
  });

  it("are taken, or refused with a problem each and no secret, whatever they are", () => {
    const secret = "p1anted-secret";
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(TENANT, APP, "0", "true", "usgov", "http://localhost:1", "clientSecret"),
    );
    const secrets = ["clientSecret", "accessToken", "oidcToken", "clientCertificatePassword"];
    const values = fc.dictionary(fc.constantFrom(...SETTING_NAMES), value, {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(values, values, fc.subarray(secrets), (config, env, planted) => {
        const more = Object.fromEntries(planted.map((name) => [name, `${secret}\n`]));
        const own = Object.entries(env).flatMap(([name, text]) =>
          environmentNames(name as (typeof SETTING_NAMES)[number], "own").map((key) => [key, text]),
        );
        try {
          resolve({ ...config, ...more }, Object.fromEntries(own) as Values);
        } catch (error) {
          assert.ok(SessionConfigError.isInstance(error), String(error));
          assert.ok(error.problems.length > 0);
          assert.ok(!error.message.includes(secret), error.message);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("describe every setting, in code and in the documentation", () => {
    const page = readFileSync(join(__dirname, "../../docs/configuration.md"), "utf8");
    assert.deepEqual([...SETTING_NAMES], Object.keys(sessionSettings.shape));
    for (const name of SETTING_NAMES) {
      assert.ok(sessionSettings.shape[name].meta()?.description, name);
      const variables = SOURCES.flatMap((source) => environmentNames(name, source));
      for (const word of [configKey(name), ...variables]) {
        assert.ok(page.includes(`\`${word}\``), `docs/configuration.md lacks ${word}`);
      }
    }
  });
});
