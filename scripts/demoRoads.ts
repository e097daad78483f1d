/**
 * One list of settings on two roads: examples/two-roads, with the real Pulumi engine. Every step is checked.
 *
 * @module
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { readDefinitions } from "../cli/emulatorFiles";
import { createEmulator, type Emulator } from "../emulator";
import { BEFORE, leftBehind } from "./demoCosts";
import { copyExample, DemoStack, expect, heading, lineWith, runDemo, say } from "./demoStack";
import { ensureEngine } from "./engine/index";

/** The group of the demo: any id will do. */
const EVERYONE = "3f0c2e5a-7c1d-4a43-9b8e-6a1d2f4c5b60";

async function main(emulator: Emulator, stack: DemoStack): Promise<void> {
  /** Roads on which the tenant has the policy. */
  const roads = () => [
    ...emulator.store.list().map(() => "cloudPolicy"),
    ...emulator.configurationPolicies.list().map(() => "intune"),
  ];

  heading("1. The doctor says which roads the tenant has. It only reads.");
  const report = await stack.tool("doctor");
  expect(
    "both are open",
    ["Cloud Policy", "Intune"].every((road) => lineWith(report, road, "open")),
  );

  heading("2. No road is chosen yet: refused, with what to do.");
  await stack.run("stack init demo", { quietly: true });
  await stack.run(`config set everyone ${EVERYONE}`, { quietly: true });
  const { code, output } = await stack.attempt("preview");
  expect(
    "the message names both roads, and the doctor",
    code !== 0 && lineWith(output, "cloudPolicy or intune", "office-configuration doctor"),
  );

  heading("3. By Cloud Policy.");
  await stack.run("config set road cloudPolicy");
  await stack.run("up --yes --skip-preview");
  expect("the policy is there", roads().join() === "cloudPolicy");

  heading("4. The other road: one policy is made, the other deleted. A preview writes nothing.");
  const before = emulator.writes().length;
  await stack.run("config set road intune");
  const preview = await stack.run("preview");
  expect(
    "the preview says so",
    lineWith(preview, "IntuneOfficePolicy macros create") &&
      lineWith(preview, "WindowsOfficeClientSecurityConfiguration macros delete"),
  );
  expect("nothing was written", emulator.writes().length === before);

  heading("5. First make the new one, and leave the old one where it is.");
  await stack.run("up --yes --skip-preview --target **IntuneOfficePolicy**");
  expect("both roads have the settings", roads().join() === "cloudPolicy,intune");

  heading("6. Compare says that users have each setting twice, with the same value.");
  const compared = await stack.tool("compare tenant intune");
  expect("that is harmless", lineWith(compared, "3 settings set twice: 3 with the same value."));

  heading("7. When the computers have the new one: delete the old one.");
  await stack.run("up --yes --skip-preview");
  expect("Intune alone has the settings", roads().join() === "intune");

  heading("8. Destroy.");
  await stack.run("destroy --yes --skip-preview");
  expect("the tenant is empty", roads().length === 0);
}

async function demo(): Promise<void> {
  say("One list of settings, by Cloud Policy or through Intune.");
  say(`${BEFORE}\n`);
  const engine = await ensureEngine({ log: (line) => process.stderr.write(`${line}\n`) });
  say(`Engine:   Pulumi ${engine.version} in ${engine.folder}`);
  const folder = copyExample("two-roads");
  const settingDefinitions = readDefinitions(join(folder, "intune-settings.json"));
  const emulator = await createEmulator({ preset: "kind", settingDefinitions });
  say(`Emulator: ${emulator.url}`);
  const stack = new DemoStack(engine, { folder, stack: "demo", emulator });
  try {
    await main(emulator, stack);
  } finally {
    stack.remove();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
  heading("Done. examples/two-roads is the program.");
  say(leftBehind(engine));
}

runDemo(demo);
