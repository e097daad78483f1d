/**
 * One program for three tenants, each with its own emulator: examples/stacks-per-tenant and the command `fleet`, with the
 * real Pulumi engine and all stacks side by side. Every step is checked.
 *
 * @module
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../emulator";
import { attempt, type CommandEnd } from "./command";
import { BEFORE, leftBehind } from "./demoCosts";
import { expect, heading, isWatched, lineWith, runDemo, say } from "./demoStack";
import { type Engine, engineEnvironment, ensureEngine } from "./engine/index";
import { withoutCredentials } from "./withoutCredentials";

const root = join(__dirname, "..");

/** Time limit of one command, in milliseconds. */
const COMMAND_TIMEOUT_MS = 240_000;

/** A token that all emulators take, as all tenants know one app. */
const TOKEN = "demo";

/** The tenants of the example, as in its stacks' configuration. */
const TENANTS = {
  contoso: "c0c0c0c0-0000-4000-8000-00000000000c",
  fabrikam: "fabfabfa-0000-4000-8000-00000000000f",
  tailspin: "7a115914-0000-4000-8000-000000000017",
};

const EXCEL_MACROS = "excel16;L_VBAWarningsPolicy;L_empty4";

const SEND_FEEDBACK = "office16;L_SendFeedback";

type Emulators = Readonly<Record<keyof typeof TENANTS, Emulator>>;

/** A copy of the example, with a backend of its own. */
class DemoFleet {
  readonly folder = mkdtempSync(join(tmpdir(), "office-configuration-demo-"));
  readonly #env: NodeJS.ProcessEnv;

  constructor(engine: Engine) {
    // A copy, because Pulumi writes to the stacks' files.
    cpSync(join(root, "examples", "stacks-per-tenant"), this.folder, { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    for (const name of ["backend", "tmp"]) mkdirSync(join(this.folder, name));
    this.#env = {
      ...engineEnvironment(engine.folder, withoutCredentials(process.env)),
      PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      PULUMI_HOME: join(this.folder, "home"),
      TMPDIR: join(this.folder, "tmp"),
      OFFICE_CONFIGURATION_ACCESS_TOKEN: TOKEN,
      NO_COLOR: "1",
    };
  }

  /** Writes a fleet.yaml that gives each stack an emulator, and the tenant that it should be. */
  write(file: string, emulators: Emulators, tenants: Readonly<Record<string, string>>): void {
    const stacks = Object.entries(emulators).map(
      ([name, { url }]) =>
        `  ${name}:\n    config:\n      officeConfiguration:endpoint: ${url}\n      officeConfiguration:tenantId: ${tenants[name]}\n`,
    );
    writeFileSync(join(this.folder, file), `stacks:\n${stacks.join("")}`);
  }

  /** Runs a command as a user would type it, and shows its output if somebody watches. */
  async run(command: string): Promise<CommandEnd> {
    const show = (text: string) => void (isWatched() && process.stdout.write(text));
    show(`\n$ office-configuration fleet ${command}\n`);
    const main = join(root, "dist", "cli", "main.js");
    return await attempt(process.execPath, [main, "fleet", ...command.split(" ")], {
      cwd: this.folder,
      env: this.#env,
      timeoutMs: COMMAND_TIMEOUT_MS,
      onOutput: (text) => show(text.replaceAll(/^(?=.)/gm, "  ")),
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function settingOf({ store }: Emulator, displayName: string, settingId: string) {
  const found = store.list().find((item) => item.displayName === displayName);
  const settings = JSON.parse(String(found?.policyPayload)) as Record<string, string>[];
  return settings.find((item) => item.settingId === settingId)?.value;
}

/** Changes a policy as somebody in the portal would. */
async function changeInPortal({ url, store }: Emulator, displayName: string): Promise<void> {
  const found = store.list().find((item) => item.displayName === displayName);
  const settings = JSON.parse(String(found?.policyPayload)) as Record<string, string>[];
  const policyPayload = settings.map((item) =>
    item.settingId === SEND_FEEDBACK ? { ...item, value: "1" } : item,
  );
  await fetch(`${url}/emulator/store/${found?.id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ policyPayload }),
  });
}

async function main(fleet: DemoFleet, emulators: Emulators): Promise<void> {
  const { contoso, fabrikam, tailspin } = emulators;

  heading("1. The same program for three stacks, side by side.");
  fleet.write("fleet.yaml", emulators, TENANTS);
  const up = await fleet.run("up --yes --canary contoso");
  expect("all tenants are updated", lineWith(up.output, "3 tenants: 3 changed."));
  const counts = [contoso, fabrikam, tailspin].map(({ store }) => store.list().length);
  expect(
    "each tenant has its policies: 3, 3, and 2 without Office defaults",
    counts.join() === "3,3,2",
  );

  heading("2. What is a tenant's own stands in its stack's configuration.");
  expect(
    "Excel's macros are off at Contoso, and ask at Fabrikam",
    settingOf(contoso, "Macro security", EXCEL_MACROS) === "4" &&
      settingOf(fabrikam, "Macro security", EXCEL_MACROS) === "2",
  );
  expect(
    "feedback is off at Contoso, and on at Tailspin",
    settingOf(contoso, "Privacy", SEND_FEEDBACK) === "0" &&
      settingOf(tailspin, "Privacy", SEND_FEEDBACK) === "1",
  );

  heading("3. Contoso's stack in Fabrikam's tenant: refused, before anything is sent.");
  const wrongly = { ...TENANTS, contoso: TENANTS.fabrikam };
  fleet.write("wrong.yaml", { ...emulators, contoso: fabrikam }, wrongly);
  const before = fabrikam.requests.length;
  const wrong = await fleet.run("preview --fleet wrong.yaml --format json contoso tailspin");
  expect(
    "Contoso failed, with both tenants named",
    wrong.code === 2 && lineWith(wrong.output, TENANTS.contoso, TENANTS.fabrikam),
  );
  expect("Fabrikam was asked nothing", fabrikam.requests.length === before);

  heading("4. Somebody changes a setting in the portal of one tenant.");
  await changeInPortal(fabrikam, "Privacy");
  const drift = await fleet.run("drift");
  expect(
    "it says which setting, and where",
    drift.code === 1 &&
      lineWith(drift.output, "in fabrikam") &&
      lineWith(drift.output, "3 tenants: 1 drifted, 2 without drift."),
  );

  heading("5. An update puts it back, as it was previewed.");
  await fleet.run("preview --refresh --save preview.json");
  const back = await fleet.run("up --preview preview.json");
  expect("one tenant is changed", lineWith(back.output, "3 tenants: 1 changed, 2 unchanged."));
  expect("feedback is off again", settingOf(fabrikam, "Privacy", SEND_FEEDBACK) === "0");

  heading("6. Destroy: only for those who have counted.");
  const two = await fleet.run("destroy --yes-destroy two");
  expect("two is not three", two.code === 2 && contoso.store.list().length === 3);
  await fleet.run("destroy --yes-destroy three");
  expect(
    "the tenants are empty",
    [contoso, fabrikam, tailspin].every(({ store }) => store.list().length === 0),
  );
}

async function demo(): Promise<void> {
  say("One program for three tenants, each an emulator of its own.");
  say(`${BEFORE}\n`);
  const engine = await ensureEngine({ log: (line) => process.stderr.write(`${line}\n`) });
  say(`Engine:   Pulumi ${engine.version} in ${engine.folder}`);
  const fleet = new DemoFleet(engine);
  const start = async (name: keyof typeof TENANTS): Promise<Emulator> => {
    const options = { preset: "kind", tenantId: TENANTS[name], accessToken: TOKEN } as const;
    const emulator = await createEmulator(options);
    say(`${name.padEnd(9)} ${emulator.url}`);
    return emulator;
  };
  const emulators = {
    contoso: await start("contoso"),
    fabrikam: await start("fabrikam"),
    tailspin: await start("tailspin"),
  };
  try {
    await main(fleet, emulators);
  } finally {
    fleet.remove();
    for (const emulator of Object.values(emulators)) await emulator.close();
  }
  heading("Done. examples/stacks-per-tenant is the program.");
  say(leftBehind(engine));
}

runDemo(demo);
