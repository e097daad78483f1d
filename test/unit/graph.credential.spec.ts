import { strict as assert } from "node:assert";
import type { TokenCredential } from "@azure/identity";
import { createCredential, resolveSessionConfig } from "../../provider/graph";

const token = (text: string) => ({ token: text, expiresOnTimestamp: Number.MAX_SAFE_INTEGER });

/** A credential whose tokens, or failures, are given; `made` counts the signings in. */
function credentialOf(...answers: (string | Error)[]) {
  const config = resolveSessionConfig(
    (key) => ({ credential: "deviceCode", tenantId: "contoso.example.com" })[key],
    {},
  );
  let made = 0;
  const load = (): Promise<TokenCredential> => {
    made += 1;
    const getToken = () => {
      const answer = answers.shift() ?? "";
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(token(answer));
    };
    return Promise.resolve({ getToken });
  };
  return { credential: createCredential(config, { load }), made: () => made };
}

describe("a credential", () => {
  it("is kept when a token cannot be had for once, so that nobody signs in again", async () => {
    const { credential, made } = credentialOf("a", new Error("getaddrinfo EAI_AGAIN"), "b");
    await credential.getToken("scope");
    await assert.rejects(credential.getToken("scope"), { name: "CredentialError" });
    assert.equal((await credential.getToken("scope")).token, "b");
    assert.equal(made(), 1);
  });

  it("is replaced by a fresh one only where that gives a token", async () => {
    const { credential, made } = credentialOf("a", new Error("no"), "b", "c");
    await credential.getToken("scope");
    await assert.rejects(credential.getToken("scope", { isFresh: true }));
    await credential.getToken("scope");
    assert.equal(made(), 2);
    await credential.getToken("scope", { isFresh: true });
    assert.equal(made(), 3);
  });

  it("is made anew where it could not be made", async () => {
    const config = resolveSessionConfig((key) => ({ credential: "azureCli" })[key], {});
    let tries = 0;
    const load = (): Promise<TokenCredential> => {
      tries += 1;
      if (tries === 1) return Promise.reject(new Error("no such file"));
      return Promise.resolve({ getToken: () => Promise.resolve(token("a")) });
    };
    const credential = createCredential(config, { load });
    await assert.rejects(credential.getToken("scope"), { name: "CredentialError" });
    assert.equal((await credential.getToken("scope")).token, "a");
  });

  it("stays as it is where a fresh one cannot be made", async () => {
    const config = resolveSessionConfig((key) => ({ credential: "azureCli" })[key], {});
    let tries = 0;
    const load = (): Promise<TokenCredential> => {
      tries += 1;
      if (tries === 2) return Promise.reject(new Error("no such file"));
      return Promise.resolve({ getToken: () => Promise.resolve(token("a")) });
    };
    const credential = createCredential(config, { load });
    await credential.getToken("scope");
    await assert.rejects(credential.getToken("scope", { isFresh: true }));
    await credential.getToken("scope");
    assert.equal(tries, 2);
  });

  it("fails where the library gives no token and says nothing", async () => {
    const config = resolveSessionConfig((key) => ({ credential: "azureCli" })[key], {});
    const load = () => Promise.resolve({ getToken: () => Promise.resolve(null) });
    const credential = createCredential(config, { load });
    assert.deepEqual([credential.kind, credential.isRenewable], ["azureCli", true]);
    await assert.rejects(credential.getToken("scope"), /failed: no token was given\.\n/);
  });

  it("that was given is used as it is, and there is no other", async () => {
    const config = resolveSessionConfig((key) => ({ accessToken: "given" })[key], {});
    const load = () => assert.fail("nothing has to be loaded");
    const credential = createCredential(config, { load });
    assert.deepEqual([credential.kind, credential.isRenewable], ["accessToken", false]);
    const { token: text, expiresOnTimestamp } = await credential.getToken("scope");
    assert.equal(text, "given");
    assert.ok(expiresOnTimestamp > Date.now());
  });
});
