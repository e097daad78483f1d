/**
 * From what came over the wire to what a caller gets, or the error it is.
 *
 * @see https://learn.microsoft.com/graph/errors
 * @module
 */
import { z } from "zod";
import type { GraphCall } from "./call";
import { GraphAnswerError } from "./errors/graphAnswerError";
import { GraphHttpError } from "./errors/graphHttpError";
import { oneLine } from "./redact";
import { retryAfterMs } from "./retryPolicy";
import type { GraphResponse } from "./types";

/** How much of an answer that cannot be read a message shows, in characters. */
const SHOWN_LENGTH = 100;

/** How much of Graph's own words a message shows, in characters. */
const WORDS_LENGTH = 500;

const inner = z.looseObject({ "request-id": z.string().optional() });

const graphError = z.looseObject({
  error: z.looseObject({
    code: z.string().nullish(),
    message: z.string().nullish(),
    // Graph spells it both ways.
    innerError: inner.nullish(),
    innererror: inner.nullish(),
  }),
});

/** The message inside the message: Intune's services put JSON into Graph's `message`. */
const intuneMessage = z.looseObject({ Message: z.string() });

/** An answer as it came: status, headers, and all its bytes. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** Reads a success with JSON or nothing in it. @throws GraphAnswerError */
export function readJson(call: GraphCall, { status, headers, bytes }: RawAnswer): GraphResponse {
  const requestId = headers.get("request-id") ?? undefined;
  const response = { status, headers, ...(requestId !== undefined && { requestId }) };
  if (bytes.length === 0) return { ...response, body: undefined };
  const type = headers.get("content-type") ?? "";
  const text = decode(bytes);
  const isJson = /^(application|text)\/([\w.+-]+\+)?json\b/i.test(type);
  const body = isJson && text !== undefined ? parse(text) : undefined;
  if (body !== undefined) return { ...response, body };
  const kind = isJson ? "is no JSON, perhaps cut off" : `is ${type || "of no type"}, not JSON`;
  const start = oneLine(call.redact((text ?? "").slice(0, 4 * SHOWN_LENGTH)), SHOWN_LENGTH);
  if (call.isWrite) call.isAmbiguous = true;
  throw new GraphAnswerError(`${kind}; it begins with: ${start}`, {
    ...call.facts(requestId),
    status,
  });
}

/** The error that an answer with no success status is. */
export function refusal(call: GraphCall, answer: RawAnswer, nowMs: number): GraphHttpError {
  const { status, headers, bytes } = answer;
  const text = decode(bytes) ?? "";
  const { data } = graphError.safeParse(parse(text));
  const { innerError, innererror } = data?.error ?? {};
  const inBody = innerError?.["request-id"] ?? innererror?.["request-id"];
  const waitMs = retryAfterMs(headers.get("retry-after"), nowMs);
  const words = data ? unwrap(data.error.message ?? "") : text.slice(0, 4 * SHOWN_LENGTH);
  return new GraphHttpError({
    ...call.facts(headers.get("request-id") ?? inBody),
    status,
    code: oneLine(call.redact(data?.error.code ?? ""), SHOWN_LENGTH),
    graphMessage: oneLine(call.redact(words), data ? WORDS_LENGTH : SHOWN_LENGTH),
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
  });
}

function unwrap(message: string): string {
  const { data } = intuneMessage.safeParse(parse(message));
  return data?.Message ?? message;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
