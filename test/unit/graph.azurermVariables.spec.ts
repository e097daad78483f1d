import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveSessionConfig, SessionConfigError } from "../../provider/graph";

const TENANT = "11111111-1111-4111-8111-111111111111";
const APP = "33333333-3333-4333-8333-333333333333";

type Values = Record<string, string>;

describe("variables of Terraform's azurerm", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-arm-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  function credential(env: Values, config: Values = {}) {
    const all = { ARM_TENANT_ID: TENANT, ARM_CLIENT_ID: APP, ...env };
    return resolveSessionConfig((key) => config[key], all).credential;
  }

  function problems(env: Values, config: Values = {}): readonly string[] {
    try {
      credential(env, config);
    } catch (error) {
      assert.ok(SessionConfigError.isInstance(error), String(error));
      return error.problems;
    }
    throw new assert.AssertionError({ message: "the settings were taken" });
  }

  const secret = { kind: "clientSecret", tenantId: TENANT, clientId: APP, clientSecret: "s1" };

  it("take the secret and the client id from the files that they name", () => {
    const env = {
      ARM_CLIENT_ID: "",
      ARM_CLIENT_ID_FILE_PATH: file("id", `${APP}\n`),
      ARM_CLIENT_SECRET_FILE_PATH: file("secret", "s1\n"),
    };
    assert.deepEqual(credential(env), secret);
    assert.deepEqual(credential(env, { credential: "clientSecret" }), secret);
  });

  it("read no file where the value itself is set, or another credential is meant", () => {
    const gone = { ARM_CLIENT_SECRET_FILE_PATH: join(folder, "gone") };
    assert.deepEqual(credential({ ...gone, ARM_CLIENT_SECRET: "s1" }), secret);
    assert.equal(credential(gone, { accessToken: "t" }).kind, "accessToken");
    assert.equal(credential(gone, { credential: "azureCli" }).kind, "azureCli");
  });

  it("refuse a file that cannot be read or is empty, instead of taking another identity", () => {
    const gone = join(folder, "gone");
    const [problem, ...others] = problems({ ARM_CLIENT_SECRET_FILE_PATH: gone });
    assert.equal(
      problem,
      `ARM_CLIENT_SECRET_FILE_PATH names the file ${gone}, which cannot be read (ENOENT).`,
    );
    assert.deepEqual(others, []);
    const empty = { ARM_CLIENT_SECRET_FILE_PATH: file("empty", " \n") };
    assert.match(problems(empty).join(), /which is empty/);
    const noId = { ARM_CLIENT_ID: "", ARM_CLIENT_ID_FILE_PATH: gone, ARM_CLIENT_SECRET: "s1" };
    assert.match(problems(noId).join(), /ARM_CLIENT_ID_FILE_PATH names the file .*ENOENT/);
  });

  it("have a certificate in ARM_CLIENT_CERTIFICATE refused, saying how to give it", () => {
    const env = { ARM_CLIENT_CERTIFICATE: "TUlJ", ARM_CLIENT_CERTIFICATE_PASSWORD: "hunter2" };
    const [problem = "", ...others] = problems(env);
    assert.deepEqual(others, []);
    assert.match(problem, /^ARM_CLIENT_CERTIFICATE holds a PKCS #12 bundle, which is not taken/);
    assert.match(problem, /openssl pkcs12 -out app\.pem -nodes.*clientCertificatePath/);
    assert.doesNotMatch(problem, /TUlJ|hunter2/);
    assert.match(problems(env, { credential: "clientCertificate" }).join(), /is not taken/);
  });

  it("let a certificate's variable pass where its file, or another credential, is meant", () => {
    const env = { ARM_CLIENT_CERTIFICATE: "TUlJ" };
    const path = { ...env, ARM_CLIENT_CERTIFICATE_PATH: "app.pem" };
    assert.equal(credential(path).kind, "clientCertificate");
    const oidc = { ...env, ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: "jwt" };
    assert.equal(credential(oidc).kind, "workloadIdentity");
    assert.equal(credential({ ...env, AZURE_CLIENT_SECRET: "s" }).kind, "clientSecret");
    assert.equal(credential(env, { accessToken: "t" }).kind, "accessToken");
  });

  it("contradict each other where certificate and secret are set", () => {
    const both = { ARM_CLIENT_CERTIFICATE: "TUlJ", ARM_CLIENT_SECRET: "s" };
    assert.match(
      problems(both).join(),
      /ARM_CLIENT_SECRET \(clientSecret\) and ARM_CLIENT_CERTIFICATE \(.*contradict each other/,
    );
  });

  it("ask for a token's file where ARM_USE_AKS_WORKLOAD_IDENTITY is true, and take it", () => {
    const env = { ARM_USE_AKS_WORKLOAD_IDENTITY: "true" };
    assert.match(problems(env).join(), /"workloadIdentity" needs .*AZURE_FEDERATED_TOKEN_FILE/);
    const [kind, federatedTokenFile] = ["workloadIdentity", "/var/run/token"];
    const identity = { kind, tenantId: TENANT, clientId: APP, federatedTokenFile };
    for (const name of ["AZURE_FEDERATED_TOKEN_FILE", "ARM_OIDC_TOKEN_FILE_PATH"]) {
      assert.deepEqual(credential({ ...env, [name]: federatedTokenFile }), identity);
    }
    const github = {
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "t",
      ACTIONS_ID_TOKEN_REQUEST_URL: "https://g",
    };
    assert.match(problems({ ...env, ...github }).join(), /"workloadIdentity" needs/);
  });

  it("name ARM_MSI_ENDPOINT as not taken, unless the machine says the same", () => {
    const env = { ARM_USE_MSI: "true", ARM_MSI_ENDPOINT: "http://127.0.0.1:42356/msi/token" };
    assert.match(problems(env).join(), /ARM_MSI_ENDPOINT is not taken/);
    for (const name of ["IDENTITY_ENDPOINT", "MSI_ENDPOINT"]) {
      assert.equal(credential({ ...env, [name]: env.ARM_MSI_ENDPOINT }).kind, "managedIdentity");
    }
    const imds = "http://169.254.169.254/metadata/identity/oauth2/token";
    assert.equal(credential({ ...env, ARM_MSI_ENDPOINT: imds }).kind, "managedIdentity");
    assert.equal(credential({ ARM_MSI_ENDPOINT: env.ARM_MSI_ENDPOINT }).kind, "default");
  });
});
