/**
 * Writes one by one, and the same writes in batches: would it pay to let writes travel together?
 *
 * Both ways the writes come as the engine hands them out: so many at a time, and the next when one is
 * done. In a batch, those that come within a few milliseconds travel together, as reads do. No engine
 * takes part, so what is saved here is the most that it could save there.
 *
 * @module
 */
import { createSession, type GraphClient, resolveSessionConfig } from "../provider/graph";
import { inTurns } from "./inTurns";
import { RemoteEmulator } from "./remoteEmulator";
import { spreadOf } from "./statistics";

const COLLECTION = "/officeConfiguration/clientConfigurations";

/** When no write has joined for so long, those that are there are sent; as reads do, in milliseconds. */
const GATHER_QUIET_MS = 4;

/** Requests that the writes travelled in. */
export const WAYS = ["one by one", "in batches"] as const;

/** Figures of one way to write. */
export interface WritesFigures {
  readonly way: (typeof WAYS)[number];
  readonly inFlight: number;
  readonly latencyMs: number;
  readonly writes: number;
  /** Median of all runs. */
  readonly seconds: number;
  readonly roundTrips: number;
  /** As Graph counts them, and as its limits do. */
  readonly requests: number;
}

/** Figures of writes. */
export interface WritesPlan {
  readonly writes: number;
  readonly inFlight: readonly number[];
  readonly latencies: readonly number[];
  readonly runs: number;
}

/** Measures both ways in turn. */
export async function measureWrites(plan: WritesPlan): Promise<WritesFigures[]> {
  const figures: WritesFigures[] = [];
  for (const latencyMs of plan.latencies) {
    for (const inFlight of plan.inFlight) {
      const samples = [];
      for (let run = 0; run < plan.runs; run += 1) {
        for (const way of run % 2 === 0 ? WAYS : WAYS.toReversed()) {
          samples.push(await measureOnce(way, { writes: plan.writes, inFlight, latencyMs }));
        }
      }
      for (const way of WAYS) {
        const own = samples.filter((sample) => sample.way === way);
        const [first] = own;
        if (first === undefined) continue;
        figures.push({ ...first, seconds: spreadOf(own.map(({ seconds }) => seconds)).median });
      }
    }
  }
  return figures;
}

type Setting = Pick<WritesFigures, "writes" | "inFlight" | "latencyMs">;

async function measureOnce(way: WritesFigures["way"], setting: Setting): Promise<WritesFigures> {
  const { writes, inFlight, latencyMs } = setting;
  const emulator = await RemoteEmulator.start({ latencyMs });
  const { url: endpoint, accessToken } = emulator;
  const settings: Record<string, string> = {
    endpoint,
    accessToken,
    maxRequestsInFlight: String(inFlight),
  };
  const session = createSession(resolveSessionConfig((key) => settings[key], {}));
  try {
    // The first request opens a connection and loads what sends: for both ways it is not counted.
    await session.graph.get("/officeConfiguration");
    await emulator.count();
    const send = way === "one by one" ? singly(session.graph) : together(session.graph);
    const names = Array.from({ length: writes }, (_, index) => `Policy ${index}`);
    const startedAtMs = performance.now();
    await inTurns(names, inFlight, (name) => send(bodyOf(name)));
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const { policies, roundTrips, requests } = await emulator.count();
    if (policies !== writes) throw new Error(`${policies} policies were made, not ${writes}.`);
    return { way, ...setting, seconds, roundTrips, requests };
  } finally {
    await session.dispose();
    await emulator.close();
  }
}

function bodyOf(displayName: string): object {
  const settings = Array.from({ length: 10 }, (_, place) => ({
    settingId: `office16;L_Setting0${place}`,
    value: `value-${place}`,
  }));
  const policyPayload = Buffer.from(JSON.stringify(settings)).toString("base64");
  return {
    "@odata.type": "#microsoft.graph.windowsOfficeClientConfiguration",
    displayName,
    policyPayload,
  };
}

type Send = (body: object) => Promise<unknown>;

function singly(graph: GraphClient): Send {
  return (body) => graph.post(COLLECTION, body);
}

function together(graph: GraphClient): Send {
  let waiting: { body: object; done: () => void; fail: (error: unknown) => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const depart = async () => {
    const members = waiting;
    waiting = [];
    try {
      const requests = members.map(({ body }, place) => ({
        id: String(place),
        method: "POST",
        url: COLLECTION,
        headers: { "content-type": "application/json" },
        body,
      }));
      await graph.post("/$batch", { requests });
      for (const { done } of members) done();
    } catch (error) {
      for (const { fail } of members) fail(error);
    }
  };
  return (body) =>
    new Promise<void>((done, fail) => {
      waiting.push({ body, done, fail });
      clearTimeout(timer);
      if (waiting.length === 20) void depart();
      else timer = setTimeout(() => void depart(), GATHER_QUIET_MS);
    });
}
