/** How long the certificate of an emulator is valid, in milliseconds. */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

/** A certificate for loopback and its key, PEM, made for one emulator and kept nowhere. */
export async function makeCertificate(): Promise<{ readonly key: string; readonly cert: string }> {
  // Loaded only here: most emulators speak plain http.
  const { generate } = await import("selfsigned");
  const made = await generate([{ name: "commonName", value: "localhost" }], {
    keySize: 2048,
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + LIFETIME_MS),
    extensions: [
      { name: "basicConstraints", cA: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
