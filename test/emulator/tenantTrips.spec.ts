import { strict as assert } from "node:assert";
import { readTenant } from "../../cli/tenant/readTenant";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { createSession, resolveSessionConfig, type Session } from "../../provider/graph";
import { gatherAtLeisure } from "../scriptedGraph";

const COUNT = 500;
const SETTINGS = [{ settingId: "office16;L_A", value: "1" }];

/**
 * Lets a batch wait for further requests as long as a busy machine takes to send them: the batch takes those that are
 * sent within some milliseconds.
 *
 * @returns a function that puts the clock back.
 */
function withPatientBatches(): () => void {
  const { setTimeout: wait } = globalThis;
  const now = performance.now.bind(performance);
  const patient = (run: () => void, ms = 0) => wait(run, ms < 25 ? ms * 100 : ms);
  globalThis.setTimeout = patient as typeof setTimeout;
  performance.now = () => now() / 100;
  return () => {
    globalThis.setTimeout = wait;
    performance.now = now;
  };
}

describe(`a tenant of ${COUNT} policies, as a command reads it`, () => {
  let emulator: Emulator;
  let session: Session;

  gatherAtLeisure();

  async function tenant(options: EmulatorOptions, withPreferences: boolean): Promise<void> {
    emulator = await createEmulator({
      ...options,
      seed: Array.from({ length: COUNT }, (_, number) => ({
        displayName: `P${number}`,
        priority: number,
        policies: SETTINGS,
        ...(withPreferences && { userPreferences: SETTINGS }),
        groupIds: ["11111111-1111-4111-8111-111111111111"],
      })),
    });
    const settings: Record<string, string> = {
      endpoint: emulator.url,
      accessToken: emulator.accessToken,
    };
    session = createSession(resolveSessionConfig((key) => settings[key], {}));
  }

  afterEach(async () => {
    await session.dispose();
    await emulator.close();
  });

  // Graph takes 20 requests in a batch: 25 batches bring 500 policies, or 500 payloads.
  for (const [service, most, options, withPreferences] of [
    ["is kind, and half of the payloads are empty", 5 + 25, { preset: "kind" }, false],
    ["is unkind, with pages of 100", 5 + 25, { preset: "unkind", mode: { pageSize: 100 } }, true],
    ["is unkind, with pages of 5", 1 + 5 + 25, { preset: "unkind" }, true],
    ["is unkind, and half of the payloads are empty", 1 + 5 + 25 + 25, { preset: "unkind" }, false],
  ] as const) {
    it(`takes ${most} round trips if the service ${service}`, async () => {
      await tenant(options, withPreferences);
      const putBack = withPatientBatches();
      const { policies } = await readTenant(session.graph).finally(putBack);
      const names = policies.map(({ displayName }) => displayName);
      assert.deepEqual([names.length, names[0], names.at(-1)], [COUNT, "P0", `P${COUNT - 1}`]);
      const isWhole = policies.every(
        (policy) =>
          policy.policies !== undefined &&
          (policy.userPreferences !== undefined) === withPreferences &&
          policy.assignments?.length === 1,
      );
      assert.ok(isWhole);
      const trips = emulator.requests.filter(({ viaBatch }) => !viaBatch).length;
      assert.ok(trips <= most, `${trips} trips`);
      assert.deepEqual(emulator.writes(), []);
    });
  }
});
