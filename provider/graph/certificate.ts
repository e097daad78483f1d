/**
 * Finds problems of a certificate's file. The Azure SDK finds most of them too, but reports them in the
 * words of the libraries it uses: "secretOrPrivateKey must be an asymmetric key when using PS256".
 *
 * @module
 */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { SignInProblem } from "./errors/signInProblem";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/;
const KEY = /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----[\s\S]+?-----END ([A-Z]+ )?PRIVATE KEY-----/;
const ENCRYPTED = /BEGIN ENCRYPTED PRIVATE KEY|^Proc-Type: 4,ENCRYPTED/m;

/** First byte of a PKCS #12 bundle, and of every other DER file. */
const DER_SEQUENCE = 0x30;

/** A certificate's file, and the password of its key. */
export interface CertificateFile {
  readonly path: string;
  readonly password?: string | undefined;
}

/**
 * Checks that a file holds a certificate and its key.
 *
 * @param now - The time to compare with the certificate's expiry, in milliseconds since the epoch.
 * @throws SignInProblem that names the file and what to do; never shows the file's contents.
 */
export async function checkCertificate(file: CertificateFile, now = Date.now()): Promise<void> {
  const problem = problemOf(await bytesOf(file.path), file.password, now);
  if (problem !== undefined) {
    throw new SignInProblem(`the certificate's file ${file.path} ${problem}`);
  }
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new SignInProblem(
      `the certificate's file ${path} cannot be read (${code}): check officeConfiguration:clientCertificatePath, which is relative to the project's folder`,
    );
  }
}

function problemOf(bytes: Buffer, password: string | undefined, now: number): string | undefined {
  const text = bytes.toString("latin1");
  const [certificate, key] = [CERTIFICATE.exec(text)?.[0], KEY.exec(text)?.[0]];
  if (certificate === undefined && key === undefined && bytes[0] === DER_SEQUENCE) {
    return "is not PEM: convert it with `openssl pkcs12 -in app.pfx -out app.pem -nodes`";
  }
  if (certificate === undefined) {
    return "has no PEM certificate: it must hold the certificate as well as its key";
  }
  if (key === undefined) {
    return "has no key: append the certificate's private key, as PEM, to the file";
  }
  if (ENCRYPTED.test(key) && password === undefined) {
    return "has an encrypted key: set officeConfiguration:clientCertificatePassword";
  }
  const opened = openedKey(key, password);
  if (opened === undefined) {
    return ENCRYPTED.test(key)
      ? "has a key that the password does not open: check officeConfiguration:clientCertificatePassword"
      : "has a key that cannot be read: export certificate and key again";
  }
  return problemOfPair(certificate, opened, now);
}

function openedKey(key: string, passphrase: string | undefined): KeyObject | undefined {
  try {
    return createPrivateKey({ key, ...(passphrase !== undefined && { passphrase }) });
  } catch {
    return undefined;
  }
}

function problemOfPair(certificate: string, key: KeyObject, now: number): string | undefined {
  if (key.asymmetricKeyType !== "rsa") {
    return `has a key of the type ${key.asymmetricKeyType}: Microsoft Entra signs apps in with RSA keys`;
  }
  let parsed: X509Certificate;
  try {
    parsed = new X509Certificate(certificate);
  } catch {
    return "has a certificate that cannot be read: export certificate and key again";
  }
  if (!parsed.checkPrivateKey(key)) {
    return "has a key that is not its certificate's: put the two that belong together into it, the app's own certificate first";
  }
  return Date.parse(parsed.validTo) < now
    ? `has a certificate that expired on ${parsed.validTo}: give the app a new one`
    : undefined;
}
