/**
 * One program for three tenants, each with its own emulator: examples/stacks-per-tenant, with the real
 * Pulumi engine and all stacks side by side. Every step is checked.
 *
 * @module
 */
import { rmSync } from "node:fs";
import { createEmulator, type Emulator } from "../emulator";
import { BEFORE, leftBehind } from "./demoCosts";
import { copyExample, DemoStack, expect, heading, lineWith, runDemo, say } from "./demoStack";
import { ensureEngine } from "./engine/index";

/** The tenants of the example, as in its stacks' configuration. */
const TENANTS = {
  contoso: "c0c0c0c0-0000-4000-8000-00000000000c",
  fabrikam: "fabfabfa-0000-4000-8000-00000000000f",
  tailspin: "7a115914-0000-4000-8000-000000000017",
};

const EXCEL_MACROS = "excel16;L_VBAWarningsPolicy;L_empty4";

interface Tenant {
  readonly name: string;
  readonly emulator: Emulator;
  readonly stack: DemoStack;
}

function settingOf({ store }: Emulator, displayName: string, settingId: string) {
  const found = store.list().find((item) => item.displayName === displayName);
  const settings = JSON.parse(String(found?.policyPayload)) as Record<string, string>[];
  return settings.find((item) => item.settingId === settingId)?.value;
}

async function main([contoso, fabrikam, tailspin]: [Tenant, Tenant, Tenant]): Promise<void> {
  const all = [contoso, fabrikam, tailspin];

  heading("1. The same program for three stacks, side by side.");
  await Promise.all(
    all.map(async ({ name, stack }) => {
      await stack.run(`stack init ${name}`, { quietly: true });
      await stack.run("up --yes --skip-preview");
    }),
  );
  const counts = all.map(({ emulator }) => emulator.store.list().length);
  expect(
    "each tenant has its policies: 3, 3, and 2 without Office defaults",
    counts.join() === "3,3,2",
  );

  heading("2. What is a tenant's own stands in its stack's configuration.");
  expect(
    "Excel's macros are off at Contoso, and ask at Fabrikam",
    settingOf(contoso.emulator, "Macro security", EXCEL_MACROS) === "4" &&
      settingOf(fabrikam.emulator, "Macro security", EXCEL_MACROS) === "2",
  );
  expect(
    "feedback is off at Contoso, and on at Tailspin",
    settingOf(contoso.emulator, "Privacy", "office16;L_SendFeedback") === "0" &&
      settingOf(tailspin.emulator, "Privacy", "office16;L_SendFeedback") === "1",
  );

  heading("3. Contoso's stack with Fabrikam's credential: refused, before anything is sent.");
  const before = fabrikam.emulator.requests.length;
  contoso.stack.pointAt(fabrikam.emulator);
  const { code, output } = await contoso.stack.attempt("preview");
  contoso.stack.pointAt(contoso.emulator);
  expect(
    "it names both tenants",
    code !== 0 && lineWith(output, TENANTS.contoso, TENANTS.fabrikam),
  );
  expect("Fabrikam was asked nothing", fabrikam.emulator.requests.length === before);

  heading("4. Nothing to do in any of them.");
  const again = await Promise.all(all.map(({ stack }) => stack.run("preview")));
  expect(
    "all are unchanged",
    again.every((text) => lineWith(text, "unchanged")),
  );

  heading("5. Destroy.");
  await Promise.all(all.map(({ stack }) => stack.run("destroy --yes --skip-preview")));
  expect(
    "the tenants are empty",
    all.every(({ emulator }) => emulator.store.list().length === 0),
  );
}

async function demo(): Promise<void> {
  say("One program for three tenants, each an emulator of its own.");
  say(`${BEFORE}\n`);
  const engine = await ensureEngine({ log: (line) => process.stderr.write(`${line}\n`) });
  say(`Engine:   Pulumi ${engine.version} in ${engine.folder}`);
  const folder = copyExample("stacks-per-tenant");
  const start = async (name: keyof typeof TENANTS): Promise<Tenant> => {
    const emulator = await createEmulator({ preset: "kind", tenantId: TENANTS[name] });
    say(`${name.padEnd(9)} ${emulator.url}`);
    const stack = new DemoStack(engine, { folder, stack: name, emulator, isOneOfSeveral: true });
    return { name, emulator, stack };
  };
  const tenants = [
    await start("contoso"),
    await start("fabrikam"),
    await start("tailspin"),
  ] satisfies [Tenant, Tenant, Tenant];
  try {
    await main(tenants);
  } finally {
    for (const { stack, emulator } of tenants) {
      stack.remove();
      await emulator.close();
    }
    rmSync(folder, { recursive: true, force: true });
  }
  heading("Done. examples/stacks-per-tenant is the program.");
  say(leftBehind(engine));
}

runDemo(demo);
