import { strict as assert } from "node:assert";
import { isCredentialError } from "../../provider/graph";
import type { CredentialConfig } from "../../provider/graph/config/sessionTypes";
import { credentialError } from "../../provider/graph/credentialFailure";
import { SignInProblem } from "../../provider/graph/errors/signInProblem";

const LOGIN = "https://login.test";
const SECRET = {
  kind: "clientSecret",
  tenantId: "11111111-1111-4111-8111-111111111111",
  clientId: "33333333-3333-4333-8333-333333333333",
  clientSecret: "sesame-open-1234",
} as const;
const DEFAULT: CredentialConfig = { kind: "default" };

const failureOf = (error: unknown, credential: CredentialConfig = SECRET, env = {}) =>
  credentialError(credential, error, LOGIN, env);
const reasonOf = (error: unknown, credential?: CredentialConfig) =>
  failureOf(error, credential)
    .message.split("\n")[0]
    ?.replace(/^.* failed: /, "");
const adviceOf = (error: unknown, credential?: CredentialConfig, env = {}) =>
  failureOf(error, credential, env).message.split("\n")[1];

describe("a credential that gives no token", () => {
  it("stays the failure that it is already", () => {
    const error = failureOf(new Error("no"));
    assert.ok(isCredentialError(error));
    assert.equal(failureOf(error), error);
  });

  it("says nothing of credential or login where neither is to blame", () => {
    const problem = new SignInProblem("The proxy refuses");
    for (const error of [
      problem,
      new Error("outer", { cause: new Error("x", { cause: problem }) }),
    ]) {
      assert.equal(failureOf(error).message, "There is no token for Graph: The proxy refuses.");
    }
  });

  it("names what Entra says, without what only its support can use", () => {
    const words = "invalid_client: AADSTS7000215: Invalid secret. Trace ID: 1 Correlation ID: 2";
    const error = failureOf(new Error(words));
    assert.match(error.message, /failed: AADSTS7000215: Invalid secret\.\nCheck officeConfig/);
    assert.equal(
      failureOf(new Error("AADSTS1: A Trace ID: x")).message.split("\n")[0]?.at(-1),
      "A",
    );
    assert.equal(reasonOf(new Error("other words")), "other words");
  });

  it("says how the login is reached where it was not", () => {
    for (const code of ["network_error", "ENOTFOUND", "ECONNREFUSED", "EAI_AGAIN"]) {
      assert.match(
        adviceOf(new Error(`x ${code} y`)) ?? "",
        /^Check that this machine can reach the login at https:\/\/login\.test, by HTTPS_PROXY.*there is a proxy, and by NODE_EXTRA_CA_CERTS/,
      );
    }
    assert.match(adviceOf(new Error("other")) ?? "", /^Check officeConfiguration:tenantId/);
  });

  it("tells a job of GitHub Actions what it lacks, and nobody else", () => {
    const job = { GITHUB_ACTIONS: "true" };
    const error = new Error("none");
    assert.match(adviceOf(error, DEFAULT, job) ?? "", /has no identity token: give it/);
    const token = { ...job, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "r" };
    assert.match(adviceOf(error, DEFAULT, token) ?? "", /nothing says for which app/);
    assert.match(adviceOf(error, DEFAULT) ?? "", /^No credential was configured/);
    assert.match(adviceOf(error, SECRET, token) ?? "", /^Check officeConfiguration/);
  });

  it("keeps its secret, and shows what is none", () => {
    const words = `${SECRET.clientSecret} of ${SECRET.clientId}`;
    assert.equal(reasonOf(new Error(words)), `[secret] of ${SECRET.clientId}`);
  });

  it("adds the cause to the library's words, once", () => {
    assert.equal(reasonOf(new Error("outer", { cause: new Error("inner") })), "outer (inner)");
    assert.equal(reasonOf(new Error("same", { cause: new Error("same") })), "same");
    assert.equal(reasonOf(new Error("alone", { cause: "no error" })), "alone");
    for (const error of ["text", undefined, null, { message: "m" }]) {
      assert.equal(reasonOf(error), "an unknown failure");
    }
  });

  it("gives a sentence of each of several that were tried", () => {
    const errors = [
      new Error("Error: Error: No CLI. Install it."),
      new Error("Two Error: words\nmore"),
      new Error("Ends here."),
      new Error("IMDS. Description: not a VM. Rest"),
      "text. More",
    ];
    assert.equal(
      reasonOf(Object.assign(new Error("chain"), { errors })),
      "none of these gave one: No CLI; Two Error: words; Ends here; IMDS: not a VM; text",
    );
    assert.equal(reasonOf(Object.assign(new Error("chain"), { errors: [] })), "chain");
    assert.equal(reasonOf(Object.assign(new Error("chain"), { errors: "no list" })), "chain");
  });
});
