/**
 * The main job, end to end: a preview, an update, one changed setting, drift and its repair, and a destroy,
 * with the real Pulumi engine against the built-in emulator. Every step is checked; an unexpected result
 * ends the demo with exit code 1.
 *
 * @module
 */
import { join } from "node:path";
import { createEmulator, type Emulator } from "../emulator";
import { BEFORE, leftBehind } from "./demoCosts";
import { DemoStack, expect, heading, lineWith, runDemo, say } from "./demoStack";
import { type Engine, ensureEngine } from "./engine/index";

const root = join(__dirname, "..");

const EXCEL_MACROS = "excel16;L_VBAWarningsPolicy;L_empty4";
const SEND_FEEDBACK = "office16;L_SendFeedback";

/** One policy of the emulated tenant, as JSON text. */
function policiesOf(
  emulator: Emulator,
  displayName: string,
): { settingId: string; value: string }[] {
  const found = emulator.store.list().find((item) => item.displayName === displayName);
  if (found === undefined) throw new Error(`The tenant has no policy "${displayName}".`);
  return JSON.parse(String(found.policyPayload)) as { settingId: string; value: string }[];
}

function settingValue(
  emulator: Emulator,
  displayName: string,
  settingId: string,
): string | undefined {
  return policiesOf(emulator, displayName).find((item) => item.settingId === settingId)?.value;
}

async function main(emulator: Emulator, stack: DemoStack): Promise<void> {
  const countWrites = () => emulator.writes().length;

  heading("1. Preview: what would be made, and whether the names are free. Nothing is written.");
  await stack.run("stack init demo", { quietly: true });
  const first = await stack.run("preview");
  expect("three policies would be created", lineWith(first, "+ 4 to create"));
  expect("the preview sent no write", countWrites() === 0);

  heading("2. Up: three policies of two kinds, made in the tenant.");
  await stack.run("up --yes --skip-preview");
  expect("the tenant holds three policies", emulator.store.list().length === 3);
  expect("each took one POST", countWrites() === 3);

  heading("3. Up again: nothing to do.");
  const second = await stack.run("up --yes --skip-preview");
  expect("all is unchanged", lineWith(second, "4 unchanged") && countWrites() === 3);

  heading("4. One setting edited: the preview names it, with the old and the new value.");
  await stack.run("config set excelMacros 4");
  const edited = await stack.run("preview");
  expect(
    "one line names the policy, the setting and both values",
    lineWith(edited, `Macro security: ${EXCEL_MACROS} "2" => "4"`),
  );

  heading("5. Up: one PATCH with what differs.");
  await stack.run("up --yes --skip-preview");
  expect("it took one PATCH", countWrites() === 4);
  expect(
    "the tenant has the new value",
    settingValue(emulator, "Macro security", EXCEL_MACROS) === "4",
  );

  heading("6. Somebody changes a setting in the portal. Refresh shows which one, and who it was.");
  const privacy = emulator.store.list().find((item) => item.displayName === "Privacy");
  const drifted = policiesOf(emulator, "Privacy").map((item) =>
    item.settingId === SEND_FEEDBACK ? { ...item, value: "1" } : item,
  );
  emulator.store.patch(privacy?.id ?? "", { policyPayload: JSON.stringify(drifted) });
  const refreshed = await stack.run("refresh --yes --skip-preview");
  expect("the drift is named", lineWith(refreshed, `Privacy: ${SEND_FEEDBACK} "0" => "1"`));
  expect("so is who made it", lineWith(refreshed, "by ann@contoso.example"));

  heading("7. Up: the setting is put back.");
  const repaired = await stack.run("up --yes --skip-preview");
  expect("the repair is named", lineWith(repaired, `Privacy: ${SEND_FEEDBACK} "1" => "0"`));
  expect(
    "the tenant has the program's value",
    settingValue(emulator, "Privacy", SEND_FEEDBACK) === "0",
  );

  heading("8. Destroy: each policy is named as it goes, with its tenant.");
  const destroyed = await stack.run("destroy --yes --skip-preview");
  expect(
    "the policies are named",
    lineWith(destroyed, `Privacy: deleted from the tenant ${emulator.tenantId}`),
  );
  expect("the tenant is empty", emulator.store.list().length === 0);
}

function farewell(seconds: number, engine: Engine): void {
  heading(`Done in ${seconds} s. The tenant, the stack and its state are gone again.`);
  say(`You saw, on the real Pulumi engine: a preview that writes nothing, an update, an update with
nothing to do, one edited setting shown as one line, drift found and repaired, and a destroy.

${leftBehind(engine)}

Where to go next:
  examples/tenant-baseline/index.ts   the program you saw
  docs/first-tenant.md                your own tenant, from an empty folder on
  docs/reference.md                   every input and output
  docs/configuration.md               credentials, clouds, proxies
  npm run demo:tenants                one program for three tenants
  npx office-configuration emulator   the emulator for your own tests`);
}

async function demo(): Promise<void> {
  const startedMs = Date.now();
  say(
    "Microsoft 365 Apps policies as Pulumi resources, on the real engine and a built-in emulator.",
  );
  say(`${BEFORE}\n`);
  const engine = await ensureEngine({ log: (line) => process.stderr.write(`${line}\n`) });
  say(`Engine:   Pulumi ${engine.version} in ${engine.folder}`);
  const emulator = await createEmulator({ port: 0, preset: "kind" });
  say(`Emulator: ${emulator.url}`);
  const stack = new DemoStack(engine, { folder: root, stack: "demo", emulator });
  try {
    await main(emulator, stack);
  } finally {
    stack.remove();
    await emulator.close();
  }
  farewell(Math.round((Date.now() - startedMs) / 1000), engine);
}

runDemo(demo);
