import { strict as assert } from "node:assert";
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { checkCertificate } from "../../provider/graph/certificate";
import { SignInProblem } from "../../provider/graph/errors/signInProblem";

const PASSWORD = "pa55word";

describe("the file with an app's certificate", () => {
  let folder: string;
  let cert: string;
  let key: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-certificate-"));
    const pair = await generate([{ name: "commonName", value: "app" }], { keySize: 2048 });
    cert = pair.cert;
    key = pair.private;
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const encrypted = (type: "pkcs8" | "pkcs1") =>
    createPrivateKey(key)
      .export({ type, format: "pem", cipher: "aes-256-cbc", passphrase: PASSWORD })
      .toString();

  const unlike = (type: "ec" | "rsa") => {
    const { privateKey } =
      type === "ec"
        ? generateKeyPairSync("ec", { namedCurve: "P-256" })
        : generateKeyPairSync("rsa", { modulusLength: 2048 });
    return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  };

  function check(content: string | Buffer, password?: string, now?: number): Promise<void> {
    const path = join(folder, "app.pem");
    writeFileSync(path, content);
    return checkCertificate({ path, password }, now);
  }

  async function problem(
    content: string | Buffer,
    password?: string,
    now?: number,
  ): Promise<string> {
    const error: unknown = await check(content, password, now).then(
      () => assert.fail("the file was taken"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof SignInProblem, String(error));
    const { message } = error;
    assert.ok(message.startsWith(`the certificate's file ${join(folder, "app.pem")} `), message);
    assert.ok(!message.includes(PASSWORD) && !message.includes("BEGIN"));
    return message;
  }

  it("is taken in any order, with an encrypted key and its password, and with a chain", async () => {
    await check(`${key}\n${cert}`);
    await check(`Bag Attributes\r\n${cert}\r\n${key}`.replace(/\r?\n/g, "\r\n"));
    await check(`${key}\n${cert}\n${cert}`);
    for (const type of ["pkcs8", "pkcs1"] as const) {
      await check(`${encrypted(type)}\n${cert}`, PASSWORD);
    }
  });

  it("is refused where one of the two is missing", async () => {
    assert.match(await problem(cert), /has no key: append/);
    assert.match(await problem(key), /has no PEM certificate/);
    assert.match(await problem("<html>"), /has no PEM certificate/);
    assert.match(await problem(Buffer.from([0x30, 0x82, 1, 2])), /is not PEM: .*openssl pkcs12/);
  });

  it("is refused where the password of its key is missing or wrong", async () => {
    for (const type of ["pkcs8", "pkcs1"] as const) {
      const both = `${encrypted(type)}\n${cert}`;
      assert.match(await problem(both), /encrypted key: set .*clientCertificatePassword/);
      assert.match(await problem(both, `not-${PASSWORD}`), /the password does not open/);
    }
  });

  it("is refused where the two do not make an identity", async () => {
    assert.match(await problem(`${unlike("ec")}\n${cert}`), /of the type ec: .*RSA/);
    assert.match(await problem(`${unlike("rsa")}\n${cert}`), /a key that is not its certificate's/);
    const later = Date.now() + 100 * 366 * 24 * 3600 * 1000;
    assert.match(await problem(`${key}\n${cert}`, undefined, later), /expired on .*\d{4}/);
    const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
    assert.match(await problem(`${key}\n${broken}`), /certificate that cannot be read/);
    const noKey = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
    assert.match(await problem(`${noKey}\n${cert}`), /a key that cannot be read/);
  });

  it("is refused where it cannot be read, saying which setting names it", async () => {
    const path = join(folder, "gone.pem");
    await assert.rejects(
      checkCertificate({ path }),
      /gone\.pem cannot be read \(ENOENT\): check officeConfiguration:clientCertificatePath/,
    );
    await assert.rejects(checkCertificate({ path: folder }), /cannot be read \(EISDIR\)/);
  });
});
