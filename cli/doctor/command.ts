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
  const { format, timeout, ...settings } = checkedOptions(optionsSchema, given);
  const named: Readonly<Record<string, string | undefined>> = settings;
  const texts = { option: (name: string) => named[name], env: around.env };
  const { report, secret } = await reportOn(texts, timeout * 1_000, around);
  const text =
    format === "json" ? JSON.stringify(report, null, 2) : reportText(report, around.columns);
  // The report has no token. Should an answer have repeated one, it is not shown either.
  around.print(redact(text, secret === undefined ? [] : [secret]));
  return report.isOpen ? 0 : 1;
}

async function reportOn(
  texts: SettingTexts,
  limitMs: number,
  around: DoctorSurroundings,
): Promise<{ readonly report: Report; readonly secret?: string }> {
  let config: SessionConfig;
  let signedIn: SignedIn;
  try {
    config = resolveSessionConfig(texts.option, texts.env);
    around.say(`Signing in with the credential "${config.credential.kind}" …`);
    signedIn = await signIn(config, texts, { log: around.say, load: around.load });
  } catch (error) {
    if (!OfficeConfigurationError.isInstance(error)) throw error;
    return { report: withoutSignIn(error.message) };
  }
  const { facts, source, secret } = signedIn;
  const transport = around.transport ?? createTransport(new URL(originOf({ config })));
  try {
    around.say(`Asking ${originOf({ config })} …`);
    return { report: await examine(facts, { config, source, transport, limitMs }), secret };
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
