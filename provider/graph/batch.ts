/**
 * The body of a `$batch`, and the answers to its requests.
 *
 * @see https://learn.microsoft.com/graph/json-batching
 * @module
 */
import { z } from "zod";

/** Largest number of requests that Graph takes in one batch. */
export const MAX_BATCH_REQUESTS = 20;

/** One request of a batch. */
export interface BatchRequest {
  readonly method: string;
  /** From the root of the API version. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Positions of the requests that must succeed before this one is carried out. */
  readonly dependsOn?: readonly string[];
}

const batchAnswer = z.looseObject({ responses: z.array(z.unknown()) });

const itemAnswer = z.looseObject({
  id: z.string(),
  // The statuses that `Response` can hold.
  status: z.int().min(200).max(599),
  headers: z.record(z.string(), z.coerce.string()).nullish(),
  body: z.unknown().optional(),
});

/** Statuses whose answers have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** The body of a batch. The ids of its requests are their positions. */
export function batchBody(requests: readonly BatchRequest[]): string {
  return JSON.stringify({
    requests: requests.map((request, place) => ({ id: String(place), ...request })),
  });
}

/**
 * The answers to the requests of a batch, by position. Leaves out requests without a readable answer.
 *
 * @param requestId - Graph's id of the batch, for answers without an id of their own.
 */
export function readBatch(
  text: string,
  requestId: string | undefined,
): ReadonlyMap<number, () => Response> {
  const { success, data } = batchAnswer.safeParse(parse(text));
  if (!success) return new Map();
  return new Map(
    data.responses.flatMap((item) => {
      const { success: isReadable, data: answer } = itemAnswer.safeParse(item);
      if (!isReadable) return [];
      const { id, status, headers, body } = answer;
      return [
        [Number(id), () => responseOf(status, { "request-id": requestId, ...headers }, body)],
      ];
    }),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function responseOf(
  status: number,
  given: Readonly<Record<string, string | undefined>>,
  body: unknown,
): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) setHeader(headers, name, value);
  }
  if (body == null || BODILESS.has(status)) return new Response(null, { status, headers });
  const type = headers.get("content-type") ?? "application/json";
  // A body that is not JSON comes as base64.
  if (typeof body === "string" && !/^application\/json\b/i.test(type)) {
    return new Response(Buffer.from(body, "base64"), { status, headers });
  }
  headers.set("content-type", "application/json");
  return new Response(JSON.stringify(body), { status, headers });
}

/** Sets a header; leaves it out if it is not valid in HTTP. */
function setHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name, value);
  } catch {
    // The name or the value has characters that HTTP headers cannot have.
  }
}
