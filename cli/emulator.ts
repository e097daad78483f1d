import { finished } from "node:stream";
import { z } from "zod";
import type { Emulator } from "../emulator";
import { noteText } from "./catalogue/screen";
import { parse, readDefinitions, readProfile, readSeed } from "./emulatorFiles";

const wholeNumber = (flag: string, most: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) <= most, {
      error: ({ input }) => `${flag} must be a whole number from 0 to ${most}, not '${input}'`,
    })
    .transform(Number);

const optionsSchema = z.object({
  port: wholeNumber("--port", 65_535),
  json: z.boolean().default(false),
  env: z.boolean().default(false),
  tls: z.boolean().default(false),
  tenantId: z
    .guid({ error: ({ input }) => `--tenant-id must be a GUID, not '${input}'` })
    .optional(),
  token: z
    .string()
    .regex(/^[\w.~+/=-]+$/, {
      error: ({ input }) =>
        `--token must be letters, digits and any of ._~+/=-, without spaces, not '${input}'`,
    })
    .optional(),
  user: z.boolean().default(false),
  seed: z.string().optional(),
  definitions: z.string().optional(),
  latencyMs: wholeNumber("--latency-ms", 600_000),
  profile: z.string().optional(),
  payloads: z
    .enum(["inline", "stream", "null"], {
      error: ({ input }) => `--payloads must be inline, stream or null, not '${input}'`,
    })
    .optional(),
  kind: z.boolean().default(false),
  ignoreAssignmentsInPost: z.boolean().default(false),
  definitionErrors: wholeNumber("--definition-errors", 1_000).optional(),
  untilStdinCloses: z.boolean().default(false),
});

type Options = z.infer<typeof optionsSchema>;

/** The token where a person copies it. It is no secret: the emulator listens on loopback only. */
const SHORT_TOKEN = "emulator";

/**
 * Runs an emulator until SIGTERM or SIGINT, or until standard input closes if that is asked for.
 *
 * @throws TypeError if an option is not what it may be.
 */
export async function runEmulator(given: unknown): Promise<void> {
  const options = parse(optionsSchema, given);
  if (options.env && options.json) throw new TypeError("--env and --json exclude each other");
  if (options.env && options.tls) {
    throw new TypeError("--env cannot give the certificate of --tls: use --json, which has it");
  }
  if (options.profile !== undefined && options.kind) {
    throw new TypeError(
      "--profile and --kind exclude each other: what a profile does not say is unkind",
    );
  }
  const seed = options.seed === undefined ? {} : readSeed(options.seed);
  const definitions =
    options.definitions === undefined ? undefined : readDefinitions(options.definitions);
  const profile = options.profile === undefined ? undefined : readProfile(options.profile);
  // Only now, since --help and a bad option do not need it. `require`, since `import()` wants the
  // extension of the compiled file, which the source does not have.
  const { createEmulator } = require("../emulator") as typeof import("../emulator");
  const emulator = await createEmulator({
    port: options.port,
    tls: options.tls,
    latencyMs: options.latencyMs,
    ...(options.tenantId !== undefined && { tenantId: options.tenantId }),
    // Whoever reads JSON needs no short one, and may want to know what a token says.
    ...(!options.json && { accessToken: SHORT_TOKEN }),
    ...(options.token !== undefined && { accessToken: options.token }),
    ...seed,
    ...(definitions !== undefined && { settingDefinitions: definitions }),
    ...(options.kind && { preset: "kind" }),
    ...(profile !== undefined && { preset: "unkind", ...profile.options }),
    ...(options.user && { caller: "user" }),
    mode: { ...profile?.options.mode, ...modeOf(options) },
  });
  for (const part of profile?.unplayed ?? []) {
    process.stderr.write(
      `${noteText(`the emulator cannot play what the profile says: ${part}`)}\n`,
    );
  }
  const stop = () => {
    // Else it would keep the process alive.
    if (options.untilStdinCloses) process.stdin.destroy();
    void emulator.close();
  };
  // Before anybody is told: who reads the line may stop the emulator at once.
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  if (options.untilStdinCloses) finished(process.stdin.resume(), stop);
  const form = options.json ? asJson : options.env ? asEnvironment : asText;
  process.stdout.write(form(emulator));
}

/** Modes that options of their own choose. They win over a profile. */
function modeOf({ payloads, ignoreAssignmentsInPost, definitionErrors }: Options) {
  return {
    ...(payloads !== undefined && { payloads }),
    ...(ignoreAssignmentsInPost && { assignmentsInPost: "ignored" as const }),
    ...(definitionErrors !== undefined && { definitionErrors }),
  };
}

function asJson(emulator: Emulator): string {
  const { url, tokenUrl, authority, accessToken, tenantId, certificate } = emulator;
  return `${JSON.stringify({ url, tokenUrl, authority, accessToken, tenantId, certificate })}\n`;
}

/** The variables by which a Pulumi project finds the emulator, as a shell takes them. */
function asEnvironment({ url, tenantId, accessToken }: Emulator): string {
  return `export OFFICE_CONFIGURATION_ENDPOINT=${url}
export OFFICE_CONFIGURATION_TENANT_ID=${tenantId}
export OFFICE_CONFIGURATION_ACCESS_TOKEN=${accessToken}
`;
}

function asText(emulator: Emulator): string {
  const { url, tenantId } = emulator;
  return `Microsoft Graph emulated: Cloud Policy, Intune's settings catalogue, Copilot
Address:  ${url}
Tenant:   ${tenantId}
Requests: ${url}/emulator/requests
Policies: ${url}/emulator/store

To use it in a Pulumi project, in another terminal:
${asEnvironment(emulator).replaceAll(/^(?=.)/gm, "  ")}
Ctrl-C stops it, and everything in it is gone. See docs/emulator.md.
`;
}
