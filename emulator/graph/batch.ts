import { z } from "zod";
import type { EmulatorMode } from "../modes";
import { readBody } from "./body";
import { badRequest, errorBody, type RequestIds } from "./errors";

/** Largest number of requests in one batch. */
const MAX_REQUESTS = 20;

const batchItem = z.object({
  id: z.string().min(1),
  method: z
    .string()
    .toUpperCase()
    .pipe(z.enum(["GET", "POST", "PATCH", "PUT", "DELETE"])),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).optional(),
});

/** The body of `$batch`. */
const batchBody = z.object({ requests: z.array(batchItem).min(1) });

/** One request of a batch. */
type BatchItem = z.infer<typeof batchItem>;

/** Carries out one request of a batch. */
export type Carry = (request: Request) => Promise<Response>;

/**
 * Answers several requests in one.
 *
 * @see https://learn.microsoft.com/graph/json-batching
 */
export async function answerBatch(
  request: Request,
  ids: RequestIds,
  carry: Carry,
  { batchOrder }: EmulatorMode,
): Promise<Response> {
  const { requests } = await readBody(request, batchBody);
  if (requests.length > MAX_REQUESTS) {
    throw badRequest(`The batch has ${requests.length} requests, and may have ${MAX_REQUESTS}.`);
  }
  const names = requests.map(({ id }) => id.toLowerCase());
  if (new Set(names).size !== names.length) throw badRequest("Ids of a batch must be unique.");

  for (const item of requests) {
    const { dependsOn = [] } = item;
    headersOf(item);
    const missing = dependsOn.find((id) => !names.includes(id.toLowerCase()));
    if (missing !== undefined) throw badRequest(`The batch has no request '${missing}'.`);
  }

  const statuses = new Map<string, number>();
  const responses: object[] = [];
  for (const item of requests) {
    const failed = item.dependsOn?.find((id) => (statuses.get(id.toLowerCase()) ?? 424) >= 400);
    const answer =
      failed === undefined
        ? await carryItem(item, request, carry)
        : {
            status: 424,
            headers: {},
            body: errorBody("FailedDependency", `Request ${failed} failed.`, ids),
          };
    statuses.set(item.id.toLowerCase(), answer.status);
    responses.push({ id: item.id, ...answer });
  }
  if (batchOrder === "reversed") responses.reverse();
  return Response.json({ responses });
}

async function carryItem(item: BatchItem, outer: Request, carry: Carry) {
  const path = item.url.startsWith("/") ? item.url : `/${item.url}`;
  const headers = headersOf(item);
  const authorization = outer.headers.get("authorization");
  if (authorization !== null) headers.set("authorization", authorization);
  const hasBody = item.body !== undefined && item.method !== "GET";
  const response = await carry(
    new Request(new URL(`/beta${path}`, outer.url), {
      method: item.method,
      headers,
      ...(hasBody && { body: bodyOf(item, headers) }),
    }),
  );
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    ...(await answerBody(response)),
  };
}

function headersOf(item: BatchItem): Headers {
  try {
    return new Headers(item.headers);
  } catch {
    throw badRequest(`The headers of request '${item.id}' are malformed.`);
  }
}

function bodyOf({ body }: BatchItem, headers: Headers): string | Uint8Array<ArrayBuffer> {
  const isJson = /^application\/json\b/i.test(headers.get("content-type") ?? "");
  if (isJson || typeof body !== "string") return JSON.stringify(body);
  return new Uint8Array(Buffer.from(body, "base64"));
}

async function answerBody(response: Response): Promise<{ body?: unknown }> {
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length === 0) return {};
  const isJson = /^application\/json\b/i.test(response.headers.get("content-type") ?? "");
  return { body: isJson ? JSON.parse(bytes.toString("utf8")) : bytes.toString("base64") };
}
