import { strict as assert } from "node:assert";
import { resolveSessionConfig } from "../../provider/graph";
import { CLOUD_ALIASES, CLOUD_NAMES, cloudNamed } from "../../provider/graph/config/clouds";
import { CREDENTIAL_KINDS } from "../../provider/graph/config/sessionTypes";
import {
  configKey,
  environmentNames,
  namesOf,
  SECRET_SETTINGS,
  SETTING_NAMES,
  SettingSources,
  SOURCES,
} from "../../provider/graph/config/settingSources";

const OWN: Readonly<Record<string, string>> = {
  tenantId: "OFFICE_CONFIGURATION_TENANT_ID",
  maxRequestsInFlight: "OFFICE_CONFIGURATION_MAX_REQUESTS_IN_FLIGHT",
  cloud: "OFFICE_CONFIGURATION_CLOUD",
};

/** Names of a setting elsewhere: the Azure SDKs, Terraform's providers, CI services. */
const FOREIGN: Readonly<Record<string, readonly [azure: string, arm: string, ci: string]>> = {
  tenantId: ["AZURE_TENANT_ID", "ARM_TENANT_ID", "AZURESUBSCRIPTION_TENANT_ID"],
  clientId: [
    "AZURE_CLIENT_ID",
    "ARM_CLIENT_ID ARM_CLIENT_ID_FILE_PATH",
    "AZURESUBSCRIPTION_CLIENT_ID",
  ],
  clientSecret: ["AZURE_CLIENT_SECRET", "ARM_CLIENT_SECRET ARM_CLIENT_SECRET_FILE_PATH", ""],
  clientCertificatePath: ["AZURE_CLIENT_CERTIFICATE_PATH", "ARM_CLIENT_CERTIFICATE_PATH", ""],
  clientCertificatePassword: [
    "AZURE_CLIENT_CERTIFICATE_PASSWORD",
    "ARM_CLIENT_CERTIFICATE_PASSWORD",
    "",
  ],
  federatedTokenFile: ["AZURE_FEDERATED_TOKEN_FILE", "ARM_OIDC_TOKEN_FILE_PATH", ""],
  federatedToken: ["", "ARM_OIDC_TOKEN", ""],
  oidcRequestUrl: [
    "",
    "ARM_OIDC_REQUEST_URL",
    "ACTIONS_ID_TOKEN_REQUEST_URL SYSTEM_OIDCREQUESTURI",
  ],
  oidcRequestToken: [
    "",
    "ARM_OIDC_REQUEST_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN SYSTEM_ACCESSTOKEN",
  ],
  azureServiceConnectionId: [
    "",
    "ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID ARM_OIDC_AZURE_SERVICE_CONNECTION_ID",
    "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
  ],
  cloud: ["", "ARM_ENVIRONMENT", ""],
  authority: ["AZURE_AUTHORITY_HOST", "", ""],
};

describe("a setting's names", () => {
  for (const name of SETTING_NAMES) {
    it(`are those that others use, the strongest first: ${name}`, () => {
      const foreign = (["azure", "arm", "ci"] as const).map((source) =>
        environmentNames(name, source).join(" "),
      );
      assert.deepEqual(foreign, FOREIGN[name] ?? ["", "", ""]);
      assert.equal(configKey(name), `officeConfiguration:${name}`);
      assert.deepEqual(environmentNames(name, "config"), []);
      const [own = ""] = environmentNames(name, "own");
      assert.equal(own.replace(/_/g, "").toLowerCase(), `officeconfiguration${name.toLowerCase()}`);
      if (name in OWN) assert.equal(own, OWN[name]);
    });
  }

  it("are told strongest first", () => {
    assert.equal(
      namesOf("tenantId"),
      "officeConfiguration:tenantId (or OFFICE_CONFIGURATION_TENANT_ID, AZURE_TENANT_ID, ARM_TENANT_ID, AZURESUBSCRIPTION_TENANT_ID)",
    );
    assert.deepEqual([...SOURCES], ["config", "own", "azure", "arm", "ci"]);
  });

  it("are those of secrets for five of them", () => {
    assert.deepEqual(
      [...SECRET_SETTINGS],
      [
        "clientSecret",
        "clientCertificatePassword",
        "federatedToken",
        "oidcRequestToken",
        "accessToken",
      ],
    );
  });

  it("are those of clouds, and of what others call them", () => {
    assert.deepEqual([...CLOUD_NAMES], ["public", "usgov", "usgovdod", "china"]);
    const named = Object.keys(CLOUD_ALIASES).map((alias) => [alias, cloudNamed(alias)].join("="));
    assert.deepEqual(named, [
      "global=public",
      "azurepublic=public",
      "azurecloud=public",
      "usgovernment=usgov",
      "usgovernmentl4=usgov",
      "azureusgovernment=usgov",
      "gcchigh=usgov",
      "usgovernmentl5=usgovdod",
      "dod=usgovdod",
      "azurechina=china",
      "azurechinacloud=china",
    ]);
    assert.deepEqual(
      [cloudNamed("PUBLIC"), cloudNamed("DoD"), cloudNamed("mars")],
      ["public", "usgovdod", undefined],
    );
  });

  it("are those of kinds of credential", () => {
    assert.equal(
      CREDENTIAL_KINDS.join(" "),
      "accessToken clientSecret clientCertificate workloadIdentity githubActions azurePipelines managedIdentity azureCli deviceCode default",
    );
  });
});

describe("a setting that a file holds", () => {
  const read = (files: Record<string, string>, env: Record<string, string>) =>
    new SettingSources(
      () => undefined,
      env,
      (file) => files[file] ?? assert.fail("no such file"),
    );

  it("is weaker than the value itself, and stripped of its line end", () => {
    const env = { ARM_CLIENT_SECRET_FILE_PATH: "f" };
    assert.deepEqual(read({ f: " s\n" }, env).find("clientSecret"), { value: "s", source: "arm" });
    const both = { ...env, ARM_CLIENT_SECRET: "own" };
    assert.equal(read({ f: "s" }, both).find("clientSecret")?.value, "own");
  });

  it("is missed, once, where the file is empty or not there", () => {
    const empty = read({ f: " \n" }, { ARM_CLIENT_ID_FILE_PATH: "f" });
    assert.equal(empty.find("clientId"), undefined);
    empty.find("clientId");
    assert.deepEqual(empty.fileProblems, [
      "ARM_CLIENT_ID_FILE_PATH names the file f, which is empty.",
    ]);
    const fail = (code?: string) => () => {
      throw Object.assign(new Error("m"), { code });
    };
    for (const [code, words] of [
      ["ENOENT", "cannot be read (ENOENT)"],
      [undefined, "cannot be read"],
    ] as const) {
      const env = { ARM_CLIENT_ID_FILE_PATH: "f" };
      const sources = new SettingSources(() => undefined, env, fail(code));
      assert.equal(sources.find("clientId"), undefined);
      assert.deepEqual(sources.fileProblems, [
        `ARM_CLIENT_ID_FILE_PATH names the file f, which ${words}.`,
      ]);
    }
  });
});

describe("a session's settings", () => {
  const resolve = (config: Record<string, string>, env: Record<string, string> = {}) =>
    resolveSessionConfig((key) => config[key], env);
  const problemOf = (config: Record<string, string>, env: Record<string, string> = {}) => {
    try {
      resolve(config, env);
    } catch (error) {
      return (error as { problems: string[] }).problems.join("\n");
    }
    return undefined;
  };
  const APP = "33333333-3333-4333-8333-333333333333";
  const TENANT = "11111111-1111-4111-8111-111111111111";

  it("are these where none is set, and nothing else", () => {
    assert.deepEqual(resolve({}), {
      cloud: "public",
      credential: { kind: "default" },
      onTenantChange: "refuse",
      maxRetries: 10,
      maxRequestsInFlight: 8,
      requestTimeoutSeconds: 100,
    });
  });

  it("are all handed on", () => {
    const given = {
      tenantId: TENANT,
      cloud: "public",
      onTenantChange: "replace",
      accessToken: "t",
    };
    const hosts = { endpoint: "https://graph.test", authority: "https://login.test" };
    const limits = { maxRetries: "1", maxRequestsInFlight: "2", requestTimeoutSeconds: "3" };
    const catalogue = { catalogue: "c.json", catalogueCheck: "warn" };
    const more = { takeOver: "identical", writeLimit: "5/7s", ...catalogue };
    const config = { ...given, ...hosts, ...limits, ...more };
    assert.deepEqual(resolve(config), {
      tenantId: TENANT,
      cloud: "public",
      onTenantChange: "replace",
      ...hosts,
      credential: { kind: "accessToken", accessToken: "t" },
      maxRetries: 1,
      maxRequestsInFlight: 2,
      requestTimeoutSeconds: 3,
      takeOver: "identical",
      catalogue: "c.json",
      catalogueCheck: "warn",
      writeLimit: { count: 5, seconds: 7 },
    });
  });

  const logins: [cloud: string, authority: string, isTaken: boolean][] = [
    ["public", "https://login.microsoftonline.com", true],
    ["public", "https://login.microsoft.com", true],
    ["public", "https://login.windows.net", true],
    ["public", "https://login.microsoftonline.us", false],
    ["public", "https://login.chinacloudapi.cn", false],
    ["usgov", "https://login.microsoftonline.us", true],
    ["usgov", "https://login.microsoft.com", false],
    ["usgov", "https://login.test", true],
    ["china", "https://login.chinacloudapi.cn", true],
    ["china", "https://login.microsoftonline.us", false],
  ];
  for (const [cloud, authority, isTaken] of logins) {
    it(`${isTaken ? "take" : "refuse"} the login ${authority} for the cloud ${cloud}`, () => {
      const problem = problemOf({ cloud, authority });
      if (isTaken) assert.equal(problem, undefined);
      else {
        const start = `officeConfiguration:authority is ${authority}, but the cloud "${cloud}" logs in at https://`;
        assert.ok(problem?.startsWith(start), problem);
        assert.match(
          problem ?? "",
          /: set officeConfiguration:cloud \(or .*\) to the tenant's cloud, or/,
        );
      }
    });
  }

  it("take the identity from where the named kind's secret stands", () => {
    const arm = { ARM_TENANT_ID: TENANT, ARM_CLIENT_ID: APP, ARM_CLIENT_SECRET: "s" };
    const azure = { AZURE_TENANT_ID: APP, AZURE_CLIENT_ID: TENANT };
    for (const config of [{}, { credential: "auto" }, { credential: "clientSecret" }]) {
      assert.deepEqual(resolve(config as Record<string, string>, { ...arm, ...azure }).credential, {
        kind: "clientSecret",
        tenantId: TENANT,
        clientId: APP,
        clientSecret: "s",
      });
    }
    const own = { OFFICE_CONFIGURATION_TENANT_ID: "contoso.test" };
    assert.equal(resolve({}, { ...arm, ...azure, ...own }).tenantId, "contoso.test");
  });

  it("say of a missing file that it is missing, not that the credential lacks something", () => {
    const env = { ARM_CLIENT_ID: APP, ARM_TENANT_ID: TENANT };
    const problem = problemOf({}, { ...env, ARM_CLIENT_SECRET_FILE_PATH: "/nowhere/secret" });
    assert.equal(
      problem,
      "ARM_CLIENT_SECRET_FILE_PATH names the file /nowhere/secret, which cannot be read (ENOENT).",
    );
  });

  it("show a wrong value, but none that may hide a secret", () => {
    assert.match(problemOf({ tenantId: "a b" }) ?? "", /domains, not "a b"\.$/);
    for (const value of ["a@b", "a?b", "a#b"]) {
      assert.match(problemOf({ tenantId: value }) ?? "", /one of its domains\.$/);
    }
  });

  for (const [kind, ...needed] of [
    ["accessToken", "accessToken"],
    ["clientSecret", "tenantId", "clientId", "clientSecret"],
    ["clientCertificate", "tenantId", "clientId", "clientCertificatePath"],
    ["workloadIdentity", "tenantId", "clientId", "federatedTokenFile"],
    ["githubActions", "tenantId", "clientId", "oidcRequestUrl", "oidcRequestToken"],
    [
      "azurePipelines",
      "tenantId",
      "clientId",
      "azureServiceConnectionId",
      "oidcRequestUrl",
      "oidcRequestToken",
    ],
  ] as const) {
    it(`say all that the credential ${kind} needs`, () => {
      const lines = problemOf({ credential: kind })?.split("\n") ?? [];
      assert.equal(lines.length, needed.length);
      for (const [at, name] of needed.entries()) {
        assert.ok(
          lines[at]?.startsWith(`The credential "${kind}" needs officeConfiguration:${name} (or `),
          lines[at],
        );
      }
    });
  }

  for (const kind of ["managedIdentity", "azureCli", "deviceCode", "default"]) {
    it(`need nothing for ${kind}, and hand on what it can use`, () => {
      assert.deepEqual(resolve({ credential: kind }).credential, { kind });
      const used = {
        managedIdentity: { clientId: APP },
        azureCli: { tenantId: TENANT },
      }[kind] ?? { tenantId: TENANT, clientId: APP };
      const config = { credential: kind, tenantId: TENANT, clientId: APP };
      assert.deepEqual(resolve(config).credential, { kind, ...used });
    });
  }

  it("give a hint where a setting is missing that people look for elsewhere", () => {
    const hints = [
      problemOf({ credential: "clientCertificate" }),
      problemOf({ credential: "githubActions" }),
    ].join("\n");
    assert.match(
      hints,
      /clientCertificatePath .*\. A certificate in a variable \(ARM_CLIENT_CERTIFICATE\) is not taken: write it to a PEM file\./,
    );
    assert.match(
      hints,
      /oidcRequestUrl .*\. In GitHub Actions, the job needs `permissions: id-token: write`; in Azure DevOps, the step needs `SYSTEM_OIDCREQUESTURI: /,
    );
    assert.match(
      hints,
      /oidcRequestToken .*\. In GitHub Actions, the job needs `permissions: id-token: write`; in Azure DevOps, the step needs `SYSTEM_ACCESSTOKEN: /,
    );
    assert.match(hints, /clientId .*\. It is the Application \(client\) ID on the app's page/);
    assert.doesNotMatch(problemOf({ credential: "clientSecret", clientId: APP }) ?? "", /\)\. /);
  });
});
