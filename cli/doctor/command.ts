import { z } from "zod";
import { type Clock, OfficeConfigurationError, resolveSessionConfig } from "../../provider/graph";
import type { SessionConfig } from "../../provider/graph/config/sessionTypes";
import type { CredentialOptions } from "../../provider/graph/credential";
import { redact } from "../../provider/graph/redact";
import { createTransport, type Transport } from "../../provider/graph/transport";
import { oneLine } from "../../provider/text/messageText";
import { checkedOptions } from "../options";
import { sessionOptions } from "../session";
import type { Way } from "./ask";
import { examine } from "./examine";
import { originOf } from "./nextStep";
import { ProbeRecords, probesFolder } from "./probe/records";
import { sayLeftovers, withProbes } from "./probe/run";
import { checkProfileFile, profileOf, type TenantProfile, writeProfile } from "./profile";
import type { Report } from "./report";
import { ROADS } from "./roads";
import { reportText } from "./screen";
import { type SettingTexts, type SignedIn, signIn } from "./signIn";

/** The options that are settings of a session. */
const SESSION_OPTIONS: ReadonlySet<string> = new Set(Object.keys(sessionOptions));

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
  probeWrites: z.boolean().default(false),
  yes: z.boolean().default(false),
  writeProfile: z.string().min(1, { error: "--write-profile must name a file" }).optional(),
  ...sessionOptions,
});

/** Inputs and outputs of a run. */
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
  /** @default the system's */
  readonly clock?: Clock;
  /** Asks a person; undefined if there is no terminal. */
  readonly ask?: ((question: string) => Promise<boolean>) | undefined;
  /** Ends probes of writes early, after what they have made is deleted. @default never */
  readonly stop?: AbortSignal;
}

type Options = z.output<typeof optionsSchema>;

/**
 * Tells which roads of a tenant are open. Only reads, unless it is to probe writes.
 *
 * @returns the exit code: 0 if settings can be deployed on at least one road, otherwise 1; 1 too if a policy of a probe
 *   may be left.
 * @throws TypeError if an option is not what it may be.
 */
export async function runDoctor(given: unknown, around: DoctorSurroundings): Promise<number> {
  const options = checkedOptions(optionsSchema, given);
  const { format, writeProfile: file, probeWrites, yes } = options;
  if (file !== undefined) checkProfileFile(file);
  if (yes && !probeWrites)
    throw new TypeError("--yes agrees to --probe-writes, which is not given");
  if (probeWrites && !yes && around.ask === undefined) {
    throw new TypeError("--probe-writes asks first, and there is no terminal: give --yes");
  }
  const { report, secret, cloud } = await reportOn(options, around);
  const text =
    format === "json" ? JSON.stringify(report, null, 2) : reportText(report, around.columns);
  // The report has no token. Should an answer have repeated one, it is not shown either.
  around.print(redact(text, secret === undefined ? [] : [secret]));
  if (file !== undefined) around.say(saved(file, profileOf(report, cloud)));
  return report.isOpen && report.isSomethingLeft !== true ? 0 : 1;
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

async function reportOn(options: Options, around: DoctorSurroundings): Promise<Reported> {
  const named: Readonly<Record<string, unknown>> = options;
  const option = (name: string) => {
    const value = SESSION_OPTIONS.has(name) ? named[name] : undefined;
    return typeof value === "string" ? value : undefined;
  };
  const texts: SettingTexts = { option, env: around.env };
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
  const { clock, transport = createTransport(new URL(originOf({ config }))) } = around;
  const limitMs = options.timeout * 1_000;
  const way = { config, source, transport, limitMs, ...(clock !== undefined && { clock }) };
  try {
    around.say(`Asking ${originOf({ config })} …`);
    const report = await probed(await examine(facts, way), { way, options, around });
    return { report, secret, cloud: config.endpoint === undefined ? config.cloud : "another" };
  } finally {
    await transport.close();
  }
}

/** A report with what probes of writes show, if they are wanted. */
async function probed(
  report: Report,
  {
    way,
    options,
    around,
  }: { readonly way: Way; readonly options: Options; readonly around: DoctorSurroundings },
): Promise<Report> {
  const { tenantId } = report.signIn.succeeded ? report.signIn : {};
  const place = { origin: originOf(way), ...(tenantId !== undefined && { tenantId }) };
  const records = new ProbeRecords(probesFolder(around.env));
  const { say, ask, stop = new AbortController().signal } = around;
  if (!options.probeWrites) {
    sayLeftovers({ records, place, say });
    return report;
  }
  const confirm = (question: string) => {
    return options.yes || ask === undefined ? Promise.resolve(options.yes) : ask(question);
  };
  return withProbes(report, { way, place, records, confirm, say, stop });
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
