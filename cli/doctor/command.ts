import { z } from "zod";
import { OfficeConfigurationError, resolveSessionConfig } from "../../provider/graph";
import type { SessionConfig } from "../../provider/graph/config/sessionTypes";
import type { CredentialOptions } from "../../provider/graph/credential";
import { redact } from "../../provider/graph/redact";
import { createTransport, type Transport } from "../../provider/graph/transport";
import { oneLine } from "../../provider/text/messageText";
import { checkedOptions } from "../options";
import { examine } from "./examine";
import { originOf } from "./nextStep";
import { checkProfileFile, profileOf, type TenantProfile, writeProfile } from "./profile";
import type { Report } from "./report";
import { ROADS } from "./roads";
import { reportText } from "./screen";
import { type SettingTexts, type SignedIn, signIn } from "./signIn";

const optionsSchema = z.object({
  format: z
    .enum(["table", "json"], {
      error: ({ input }) => `--format must be table or json, not '${oneLine(String(input), 40)}'`,
    })
    .default("table"),
  timeout: z
    .string()
    .regex(/^(?:[1-9]\d?|[12]\d\d|300)$/, {
      error: ({ input }) =>
        `--timeout must be a whole number of seconds from 1 to 300, not '${oneLine(String(input), 40)}'`,
    })
    .default("15")
    .transform(Number),
  writeProfile: z.string().min(1, { error: "--write-profile must name a file" }).optional(),
  tenantId: z.string().optional(),
  clientId: z.string().optional(),
  endpoint: z.string().optional(),
  credential: z.string().optional(),
});

/** Where a run reads and writes. */
export interface DoctorSurroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Prints the report. */
  readonly print: (text: string) => void;
  /** Says what is being done, or waited for. */
  readonly say: (line: string) => void;
  /** Columns of the screen. */
  readonly columns: number | undefined;
  /** Loads the library that signs in. @default the Azure SDK */
  readonly load?: CredentialOptions["load"];
  /** @default HTTP */
  readonly transport?: Transport;
}

/**
 * Tells which roads of a tenant are open. Only reads.
 *
 * @returns the exit code: 0 if settings can be deployed on at least one road, otherwise 1.
 * @throws TypeError if an option is not what it may be.
 */
export async function runDoctor(given: unknown, around: DoctorSurroundings): Promise<number> {
  const { format, timeout, writeProfile: file, ...settings } = checkedOptions(optionsSchema, given);
  if (file !== undefined) checkProfileFile(file);
  const named: Readonly<Record<string, string | undefined>> = settings;
  const texts = { option: (name: string) => named[name], env: around.env };
  const { report, secret, cloud } = await reportOn(texts, timeout * 1_000, around);
  const text =
    format === "json" ? JSON.stringify(report, null, 2) : reportText(report, around.columns);
  // The report has no token. Should an answer have repeated one, it is not shown either.
  around.print(redact(text, secret === undefined ? [] : [secret]));
  if (file !== undefined) around.say(saved(file, profileOf(report, cloud)));
  return report.isOpen ? 0 : 1;
}

/** Writes a profile. @returns what became of it. */
function saved(file: string, profile: TenantProfile | undefined): string {
  if (profile === undefined) return `${file} is not written: there is no sign-in.`;
  writeProfile(file, profile);
  return (
    `${file} has the tenant's manners, without names, ids and contents.\nThe emulator behaves like it with\n` +
    `  npx office-configuration emulator --profile ${/^[\w./\\:@%+=-]+$/.test(file) ? file : `"${file}"`}`
  );
}

interface Reported {
  readonly report: Report;
  readonly secret?: string;
  readonly cloud: TenantProfile["cloud"];
}

async function reportOn(
  texts: SettingTexts,
  limitMs: number,
  around: DoctorSurroundings,
): Promise<Reported> {
  let config: SessionConfig;
  let signedIn: SignedIn;
  try {
    config = resolveSessionConfig(texts.option, texts.env);
    around.say(`Signing in with the credential "${config.credential.kind}" …`);
    signedIn = await signIn(config, texts, { log: around.say, load: around.load });
  } catch (error) {
    if (!OfficeConfigurationError.isInstance(error)) throw error;
    return { report: withoutSignIn(error.message), cloud: "another" };
  }
  const { facts, source, secret } = signedIn;
  const transport = around.transport ?? createTransport(new URL(originOf({ config })));
  try {
    around.say(`Asking ${originOf({ config })} …`);
    const report = await examine(facts, { config, source, transport, limitMs });
    return { report, secret, cloud: config.endpoint === undefined ? config.cloud : "another" };
  } finally {
    await transport.close();
  }
}

function withoutSignIn(problem: string): Report {
  return {
    doctor: 1,
    signIn: { succeeded: false, problem },
    roads: ROADS.map(({ id, title, path, isRoad }) => ({
      road: id,
      title,
      path,
      state: "notAsked",
      isRoad,
      grant: "unknown",
      next: "The sign-in comes first.",
    })),
    isOpen: false,
  };
}
