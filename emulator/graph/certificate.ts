import { randomUUID } from "node:crypto";

/** Lifetime of an emulator's certificate, in milliseconds. */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * A certificate for loopback and its key, as PEM; made for one emulator and never saved.
 *
 * @param hosts - Further names in the certificate.
 */
export async function makeCertificate(
  hosts: readonly string[] = [],
): Promise<{ readonly key: string; readonly cert: string }> {
  // Loaded only here: most emulators speak plain http.
  const { generate } = await import("selfsigned");
  // A subject of its own: of two certificates with one subject, only one is found among those that are trusted.
  const subject = [
    { name: "commonName", value: "localhost" },
    { name: "organizationName", value: `emulator ${randomUUID()}` },
  ];
  const made = await generate(subject, {
    keySize: 2048,
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + LIFETIME_MS),
    extensions: [
      { name: "basicConstraints", cA: true },
      {
        name: "subjectAltName",
        altNames: [
          ...["localhost", ...hosts].map((value) => ({ type: 2 as const, value })),
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
