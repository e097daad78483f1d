import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../emulator";

/**
 * An emulator and an empty Pulumi home for each test of the suite it is called in: provider processes
 * find both in the environment, which is put back after the test.
 *
 * @returns the emulator of the test that runs.
 */
export function emulatedRuns(): () => Emulator {
  let emulator: Emulator;
  let home: string;
  const env = { ...process.env };

  beforeEach(async () => {
    emulator = await createEmulator();
    home = mkdtempSync(join(tmpdir(), "office-configuration-runs-"));
    Object.assign(process.env, {
      PULUMI_HOME: home,
      OFFICE_CONFIGURATION_ENDPOINT: emulator.url,
      OFFICE_CONFIGURATION_ACCESS_TOKEN: emulator.accessToken,
      OFFICE_CONFIGURATION_MAX_RETRIES: "0",
    });
  });

  afterEach(async () => {
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    await emulator.close();
    rmSync(home, { recursive: true, force: true });
  });

  return () => emulator;
}
