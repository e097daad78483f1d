/**
 * An emulator in a process of its own, so that its work is not in the figures of the process that
 * measures. Started by `remoteEmulator.ts`.
 *
 * @module
 */
import { createEmulator, type EmulatorOptions, type RequestLogEntry } from "../emulator";
import type { EmulatorFacts, RequestCounts } from "./remoteEmulator";

async function main(): Promise<void> {
  const emulator = await createEmulator({
    preset: "kind",
    ...(JSON.parse(process.argv[2] ?? "{}") as EmulatorOptions),
  });
  const { url, accessToken, tenantId, certificate } = emulator;
  let counted = 0;
  process.on("message", () => {
    const fresh = emulator.requests.slice(counted);
    counted = emulator.requests.length;
    const policies = emulator.store.list().length;
    process.send?.({ ...countsOf(fresh), policies } satisfies RequestCounts);
  });
  process.once("disconnect", () => void emulator.close());
  process.send?.({ url, accessToken, tenantId, certificate } satisfies EmulatorFacts);
}

/** Graph counts what is in a batch, not the batch; the network has it the other way round. */
function countsOf(entries: readonly RequestLogEntry[]): Omit<RequestCounts, "policies"> {
  const requests = entries.filter(({ path }) => path !== "/$batch");
  const writes = requests.filter(
    ({ method, status }) => !["GET", "HEAD"].includes(method) && status > 0 && status < 300,
  );
  const begins = writes.map(({ startedAtMs }) => startedAtMs);
  const ends = writes.map(({ startedAtMs, endedAtMs }) => endedAtMs ?? startedAtMs);
  return {
    requests: requests.length,
    roundTrips: entries.filter(({ viaBatch }) => !viaBatch).length,
    throttled: requests.filter(({ status }) => status === 429).length,
    writes: writes.length,
    writeSeconds: writes.length === 0 ? 0 : (Math.max(...ends) - Math.min(...begins)) / 1_000,
  };
}

void main();
