import { strict as assert } from "node:assert";
import { resolveSessionConfig, SessionConfigError } from "../../provider/graph";
import { chooseCredential } from "../../provider/graph/config/credentialChoice";
import { SettingSources } from "../../provider/graph/config/settingSources";
import { isGuid, isLoopback } from "../../provider/graph/config/settings";

const TENANT = "11111111-1111-4111-8111-111111111111";
const APP = "33333333-3333-4333-8333-333333333333";

type Values = Record<string, string>;

/** The problems of a session's settings; none where they are taken. */
function problemsOf(config: Values, env: Values = {}): string {
  try {
    resolveSessionConfig((key) => config[key], env);
    return "";
  } catch (error) {
    assert.ok(SessionConfigError.isInstance(error));
    return error.problems.join("\n");
  }
}

/** Meaning of `auto`, or the problem. */
function choiceOf(env: Values, config: Values = {}): string {
  const result = chooseCredential(new SettingSources((key) => config[key], env));
  return "choice" in result ? `${result.choice.kind} of ${result.choice.source}` : result.problem;
}

describe("settings at their limits", () => {
  it("know a tenant's GUID from a domain, and from nothing", () => {
    assert.deepEqual(
      [TENANT, TENANT.toUpperCase(), "contoso.com", `x${TENANT}`, undefined].map(isGuid),
      [true, true, false, false, false],
    );
  });

  it("know this machine from others", () => {
    const hosts = ["localhost", "[::1]", "127.0.0.1", "127.255.10.100"];
    assert.ok(hosts.every(isLoopback));
    const others = ["x127.0.0.1", "127.0.0.1.x.test", "127.0.0", "128.0.0.1", "localhost.test"];
    assert.ok(!others.some(isLoopback));
  });

  for (const [given, isTaken] of [
    ["https://graph.test", true],
    ["https://graph.test/", true],
    ["http://127.0.0.1:8080", true],
    ["http://graph.test", false],
    ["https://user@graph.test", false],
    ["https://:word@graph.test", false],
    ["https://graph.test/beta", false],
    ["https://graph.test?x=1", false],
    ["https://graph.test#x", false],
    ["graph.test", false],
  ] as const) {
    it(`${isTaken ? "take" : "refuse"} ${given} as an endpoint`, () => {
      const problems = problemsOf({ endpoint: given });
      if (isTaken) assert.equal(problems, "");
      else
        assert.match(problems, /endpoint must be an https URL.*no path, query, user or password/);
    });
  }

  for (const [name, least, most] of [
    ["maxRetries", 0, 100],
    ["maxRequestsInFlight", 1, 64],
    ["requestTimeoutSeconds", 1, 3600],
  ] as const) {
    it(`take ${name} from ${least} to ${most}, ends included`, () => {
      for (const value of [least, most]) assert.equal(problemsOf({ [name]: `${value}` }), "");
      const words = new RegExp(`${name} must be a whole number from ${least} to ${most}`);
      for (const value of [least - 1, most + 1, "1.5", "x"]) {
        assert.match(problemsOf({ [name]: `${value}` }), words);
      }
    });
  }

  it("refuse a bundle by the end of its name only", () => {
    const identity = { tenantId: TENANT, clientId: APP };
    for (const file of ["app.pfx", "app.P12"]) {
      assert.match(problemsOf({ ...identity, clientCertificatePath: file }), /must be a PEM file/);
    }
    assert.equal(problemsOf({ ...identity, clientCertificatePath: "app.pfx.pem" }), "");
  });

  it("refuse a place of identity tokens that is not protected", () => {
    const github = { ...{ tenantId: TENANT, clientId: APP }, oidcRequestToken: "r" };
    const problems = (oidcRequestUrl: string) =>
      problemsOf({ ...github, credential: "githubActions", oidcRequestUrl });
    assert.equal(problems("https://ci.test/token?x=1"), "");
    assert.match(problems("http://ci.test/token"), /must be an https URL/);
    assert.match(problems("no url"), /must be an https URL/);
  });

  it("keep a login and a cloud together", () => {
    const global = "https://login.microsoftonline.com";
    const government = "https://login.microsoftonline.us";
    const china = "https://login.chinacloudapi.cn";
    assert.equal(problemsOf({ authority: global }), "");
    assert.equal(problemsOf({ authority: "https://own.test", cloud: "usgov" }), "");
    assert.equal(problemsOf({ authority: government, cloud: "usgov" }), "");
    for (const [authority, cloud] of [
      [government, "public"],
      [china, "public"],
      [global, "usgov"],
      [global, "china"],
    ] as const) {
      assert.match(
        problemsOf({ authority, cloud }),
        new RegExp(
          `officeConfiguration:authority is ${authority}, but the cloud "${cloud}" logs in at https://`,
        ),
      );
    }
    assert.match(
      problemsOf({ cloud: "usgov" }, { AZURE_AUTHORITY_HOST: global }),
      /^AZURE_AUTHORITY_HOST is .* set officeConfiguration:cloud \(or .*ARM_ENVIRONMENT\) to the tenant's cloud/,
    );
  });

  it("say all that a credential needs, with a hint where there is one", () => {
    const problems = problemsOf({ credential: "githubActions" }).split("\n");
    assert.equal(problems.length, 4);
    assert.match(
      problems[0] ?? "",
      /^The credential "githubActions" needs officeConfiguration:tenantId \(or .*\)\.$/,
    );
    assert.match(
      problems[2] ?? "",
      /OFFICE_CONFIGURATION_OIDC_REQUEST_URL.*\. In GitHub Actions, the job needs/,
    );
  });

  it("do not show a value that may hold a password", () => {
    assert.match(problemsOf({ maxRetries: "many" }), /, not "many"\.$/);
    for (const sign of ["@", "?", "#"]) {
      assert.doesNotMatch(problemsOf({ maxRetries: `a${sign}b` }), /not "/);
    }
    assert.doesNotMatch(problemsOf({ accessToken: "two words" }), /two words/);
  });
});

describe("the kind of credential that settings speak for", () => {
  const arm = { ARM_TENANT_ID: TENANT, ARM_CLIENT_ID: APP };
  const ci = { AZURESUBSCRIPTION_CLIENT_ID: APP };
  const github = { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "r" };
  for (const [what, env, wanted] of [
    ["nothing", {}, "default of config"],
    ["a token of GitHub without an app", github, "default of config"],
    ["a token of GitHub and an app", { ...ci, ...github }, "githubActions of ci"],
    ["a pipeline's token alone", { ...ci, SYSTEM_ACCESSTOKEN: "r" }, "default of config"],
    [
      "a service connection of a pipeline",
      { ...ci, SYSTEM_ACCESSTOKEN: "r", AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: APP },
      "azurePipelines of ci",
    ],
    [
      "a service connection in another family than the token",
      { ...arm, ARM_OIDC_REQUEST_TOKEN: "r", AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: APP },
      "azurePipelines of arm",
    ],
    ["a secret of Terraform's", { ...arm, ARM_CLIENT_SECRET: "s" }, "clientSecret of arm"],
    [
      "a secret, where an identity token is meant",
      { ...arm, ARM_CLIENT_SECRET: "s", ARM_USE_OIDC: "yes" },
      "workloadIdentity of arm",
    ],
    [
      "an identity token beside a secret, where no identity token is meant",
      { ...arm, ARM_CLIENT_SECRET: "s", ARM_OIDC_TOKEN: "jwt", ARM_USE_OIDC: "false" },
      "clientSecret of arm",
    ],
    ["a machine's identity", { ARM_USE_MSI: "t" }, "managedIdentity of arm"],
    [
      "a workload of AKS, whatever else is there",
      { ...arm, ARM_CLIENT_SECRET: "s", ARM_USE_AKS_WORKLOAD_IDENTITY: "true" },
      "workloadIdentity of arm",
    ],
    [
      "a workload of AKS with a file",
      { ...arm, ARM_OIDC_TOKEN_FILE_PATH: "f", ARM_USE_AKS_WORKLOAD_IDENTITY: "1" },
      "workloadIdentity of arm",
    ],
    ["the CLI", { ARM_USE_CLI: "true" }, "azureCli of arm"],
    [
      "the CLI beside a secret",
      { ...arm, ARM_CLIENT_SECRET: "s", ARM_USE_CLI: "true" },
      "clientSecret of arm",
    ],
    ["the CLI that is not meant", { ARM_USE_CLI: "no" }, "default of config"],
  ] as const) {
    it(`is the right one for ${what}`, () => assert.equal(choiceOf(env), wanted));
  }

  it("is none where two speak in one family, and the problem names both", () => {
    const both = { ...arm, ARM_CLIENT_SECRET: "s", ARM_OIDC_TOKEN: "jwt" };
    assert.match(
      choiceOf(both),
      /^ARM_CLIENT_SECRET \(clientSecret\) and ARM_OIDC_TOKEN \(workloadIdentity\) contradict each other/,
    );
    assert.match(choiceOf({ ...arm, ARM_CLIENT_SECRET: "s", ARM_USE_MSI: "true" }), /ARM_USE_MSI/);
  });

  it("is refused for a certificate in a variable, unless its file is named too", () => {
    const variable = { ...arm, ARM_CLIENT_CERTIFICATE: "MII" };
    assert.match(choiceOf(variable), /^ARM_CLIENT_CERTIFICATE holds a PKCS #12 bundle/);
    const file = { ...variable, ARM_CLIENT_CERTIFICATE_PATH: "app.pem" };
    assert.equal(choiceOf(file), "clientCertificate of arm");
  });

  it("is refused for an endpoint of a machine's identity that nobody asks", () => {
    const msi = { ARM_USE_MSI: "true" };
    assert.match(choiceOf({ ...msi, ARM_MSI_ENDPOINT: "http://other.test" }), /is not taken/);
    const imds = "http://169.254.169.254/metadata";
    assert.equal(choiceOf({ ...msi, ARM_MSI_ENDPOINT: imds }), "managedIdentity of arm");
    const found = { ARM_MSI_ENDPOINT: "http://other.test", IDENTITY_ENDPOINT: "http://other.test" };
    assert.equal(choiceOf({ ...msi, ...found }), "managedIdentity of arm");
    const secret = { ...arm, ARM_CLIENT_SECRET: "s", ARM_MSI_ENDPOINT: "http://other.test" };
    assert.equal(choiceOf(secret), "clientSecret of arm");
  });
});

describe("a setting's value", () => {
  const long = `${"a".repeat(63)}.`;
  const table: [name: string, isTaken: boolean, values: string[], problem: string][] = [
    [
      "tenantId",
      true,
      [TENANT, TENANT.toUpperCase(), "contoso.com", "a.b-c.io", "a.co", `${long.repeat(3)}com`],
      "",
    ],
    [
      "tenantId",
      false,
      [`${TENANT}0`, "a..com", "-a.com", "a-.com", "contoso", "a.c", "x a.com", "a.com/x"].concat(
        `a${long}com`,
        `${long.repeat(4)}com`,
      ),
      "must be a tenant's GUID or one of its domains",
    ],
    ["clientId", true, [APP], ""],
    ["clientId", false, [`${APP}0`, `0${APP}`, "app"], "must be a GUID"],
    ["accessToken", true, ["a", "!~"], ""],
    ["accessToken", false, ["a b", "\u00e9", "a\u0001"], "must be one word of printable ASCII"],
    ["writeLimit", true, ["1/1s", "100/20s", "999999/9999s"], ""],
    [
      "writeLimit",
      false,
      ["0/1s", "1/0s", "x1/1s", "1/1sx", "1000000/1s", "1/10000s", "1/1", "1a/1s", "1/1as"],
      "must be a number of writes and of seconds: 100/20s",
    ],
    ["onTenantChange", true, ["refuse", "replace"], ""],
    ["onTenantChange", false, ["keep"], "must be refuse or replace"],
    ["catalogue", true, ["a.json", "/a b.json"], ""],
    ["catalogueCheck", true, ["error", "warn", "off"], ""],
    ["catalogueCheck", false, ["Error", "on"], "must be error, warn or off"],
    ["authority", true, ["https://login.test"], ""],
    ["authority", false, ["http://localhost"], "must be an https URL, with host and port only"],
    ["credential", true, ["auto", "default"], ""],
    ["cloud", false, ["mars"], "must be one of public, usgov, usgovdod, china, global, "],
  ];
  for (const [name, isTaken, values, problem] of table) {
    it(`of ${name} is ${isTaken ? "taken" : "refused"} where it is one of ${values.length}`, () => {
      for (const value of values) {
        const problems = problemsOf({ [name]: value });
        if (isTaken) assert.equal(problems, "", value);
        else assert.ok(problems.startsWith(`officeConfiguration:${name} ${problem}`), problems);
      }
    });
  }
});
