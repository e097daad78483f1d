/**
 * Stands in for HashiCorp Vault's transit engine, where the stacks of tests have their data key wrapped. A passphrase
 * would cost each command a million rounds of PBKDF2, a quarter of its time. Secrets are encrypted by Pulumi all the same.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/secrets/#hashicorp-vault-transit-secrets-engine
 * @module
 */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** For `pulumi stack init --secrets-provider`. */
export const SECRETS_PROVIDER = "hashivault://test";

const WRAPPED = "vault:v1:";

/** Fields of what Pulumi sends: base64 of a key, or the same as a vault has wrapped it. */
interface Asked {
  readonly plaintext?: string;
  readonly ciphertext?: string;
}

/** Starts a vault, which ends with this process. @returns variables that lead a command to it. */
export async function startVault(): Promise<NodeJS.ProcessEnv> {
  const server = createServer((request, response) => {
    void answer(request).then((data) => {
      response.setHeader("Content-Type", "application/json").end(JSON.stringify({ data }));
    });
  });
  server.unref().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { VAULT_SERVER_URL: `http://127.0.0.1:${port}`, VAULT_SERVER_TOKEN: "test" };
}

async function answer(request: IncomingMessage): Promise<Asked> {
  const { plaintext, ciphertext = "" } = (await json(request)) as Asked;
  return plaintext === undefined
    ? { plaintext: ciphertext.slice(WRAPPED.length) }
    : { ciphertext: `${WRAPPED}${plaintext}` };
}
