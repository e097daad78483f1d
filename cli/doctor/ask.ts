import {
  type Clock,
  createGraphClient,
  GraphAnswerError,
  type GraphClient,
  type SessionConfig,
} from "../../provider/graph";
import type { TokenSource } from "../../provider/graph/tokenCache";
import type { Transport } from "../../provider/graph/transport";
import type { Road } from "./roads";
import { type Verdict, verdictOf } from "./verdict";

/** Most repeats of a request: a doctor tells what is, and waits for nothing. */
const MAX_RETRIES = 1;

/** Parts that all roads share: they sign in once, and send over the same connections. */
export interface Way {
  readonly config: SessionConfig;
  readonly source: TokenSource;
  readonly transport: Transport;
  /** @default the system's */
  readonly clock?: Clock;
  /** Time limit for each road, in milliseconds. */
  readonly limitMs: number;
}

/** A road's verdict, and its answer if it is open. */
export interface Asked {
  readonly verdict: Verdict;
  readonly body?: unknown;
  /** The verdict on the path that names the type of its policies, where there are several types. */
  readonly alone?: Verdict;
  readonly client: GraphClient;
}

/** A client of its own, so that the pauses and failures of one road hold up no other. */
export function clientOf({ config, source, transport, clock }: Way): GraphClient {
  const maxRetries = Math.min(config.maxRetries, MAX_RETRIES);
  const options = { transport, ...(clock !== undefined && { clock }) };
  return createGraphClient({ ...config, maxRetries }, source, options);
}

/** Sends the GET that tries a road. */
export async function askRoad(
  road: Pick<Road, "path" | "title" | "isAnswer">,
  way: Way,
): Promise<Asked> {
  const client = clientOf(way);
  try {
    const { body, status, requestId } = await client.send({
      method: "GET",
      path: road.path,
      joins: false,
      deadlineMs: client.clock.now() + way.limitMs,
      action: "Asking",
      subject: road.title,
    });
    if (!road.isAnswer(body)) {
      const request = { method: "GET", path: road.path, action: "Asking", subject: road.title };
      throw new GraphAnswerError("has another form than the API's", {
        ...request,
        status,
        requestId,
      });
    }
    const ids = requestId === undefined ? {} : { requestId };
    return { verdict: { state: "open", status, ...ids }, body, client };
  } catch (error) {
    return { verdict: verdictOf(error), client };
  }
}
