/**
 * Turns a raw answer into a result or an error.
 *
 * @see https://learn.microsoft.com/graph/errors
 * @module
 */
import { z } from "zod";
import { oneLine } from "../text/messageText";
import { isNestedTooDeep, MAX_NESTING } from "../text/nesting";
import type { GraphCall } from "./call";
import { GraphAnswerError } from "./errors/graphAnswerError";
import { GraphHttpError } from "./errors/graphHttpError";
import { retryAfterMs } from "./retryPolicy";
import type { GraphResponse } from "./types";

/** Longest excerpt of an unreadable answer in a message, in characters. */
const SHOWN_LENGTH = 100;

/** Longest excerpt of Graph's own message in a message, in characters. */
const WORDS_LENGTH = 500;

const inner = z.looseObject({
  "request-id": z.string().optional(),
  code: z.string().optional().catch(undefined),
});

const graphError = z.looseObject({
  error: z.looseObject({
    code: z.string().nullish(),
    message: z.string().nullish(),
    // Graph uses both spellings.
    innerError: inner.nullish(),
    innererror: inner.nullish(),
  }),
});

/** The message inside the message: Intune's services put JSON into Graph's `message`. */
const intuneMessage = z.looseObject({ Message: z.string() });

/** A raw answer: status, headers, and all its bytes. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** Graph's id of a request, safe for messages; undefined if the headers have none. */
export function requestIdOf(call: GraphCall, headers: Pick<Headers, "get">): string | undefined {
  return shownId(call, headers.get("request-id"));
}

/** Reads a success that holds JSON or nothing. @throws GraphAnswerError */
export function readJson(call: GraphCall, { status, headers, bytes }: RawAnswer): GraphResponse {
  const requestId = requestIdOf(call, headers);
  const response = { status, headers, ...(requestId !== undefined && { requestId }) };
  if (bytes.length === 0) return { ...response, body: undefined };
  const type = headers.get("content-type") ?? "";
  const text = decode(bytes);
  const isJson = /^(application|text)\/([\w.+-]+\+)?json\b/i.test(type);
  const body = isJson && text !== undefined ? parse(text) : undefined;
  const isTooDeep = isNestedTooDeep(body);
  if (body !== undefined && !isTooDeep) return { ...response, body };
  const shownType = shown(call, type, SHOWN_LENGTH) || "of no type";
  const notJson = isJson ? "is no JSON, perhaps cut off" : `is ${shownType}, not JSON`;
  const kind = isTooDeep ? `is nested deeper than ${MAX_NESTING} levels` : notJson;
  if (call.isWrite) call.isAmbiguous = true;
  throw new GraphAnswerError(`${kind}; it begins with: ${shown(call, text ?? "", SHOWN_LENGTH)}`, {
    ...call.facts(requestId),
    status,
    isPage: isPage(headers, text),
  });
}

/** Reads the bytes of a stream. @throws GraphAnswerError if a proxy sent a page instead. */
export function readBytes(call: GraphCall, { status, headers, bytes }: RawAnswer): Uint8Array {
  if (!/^text\/html\b/i.test(headers.get("content-type") ?? "")) return bytes;
  const start = shown(call, decode(bytes) ?? "", SHOWN_LENGTH);
  throw new GraphAnswerError(`is text/html, not a stream of bytes; it begins with: ${start}`, {
    ...call.facts(requestIdOf(call, headers)),
    status,
    isPage: true,
  });
}

/** The codes of an error in Graph's JSON: its own, and that of its inner error. None of another text. */
export function errorCodes(text: string): string[] {
  const { data } = graphError.safeParse(parse(text));
  const { code, innerError, innererror } = data?.error ?? {};
  return [code, innerError?.code, innererror?.code].filter((each) => each != null);
}

/** The error for an answer whose status is not a success. */
export function refusal(call: GraphCall, answer: RawAnswer, nowMs: number): GraphHttpError {
  const { status, headers, bytes } = answer;
  const text = decode(bytes) ?? "";
  const { data } = graphError.safeParse(parse(text));
  const { innerError, innererror } = data?.error ?? {};
  const inBody = innerError?.["request-id"] ?? innererror?.["request-id"];
  const waitMs = retryAfterMs(headers.get("retry-after"), nowMs);
  const innerCode = shown(call, innerError?.code ?? innererror?.code ?? "", SHOWN_LENGTH);
  const words = data ? unwrap(data.error.message ?? "") : text;
  return new GraphHttpError({
    ...call.facts(requestIdOf(call, headers) ?? shownId(call, inBody)),
    status,
    code: shown(call, data?.error.code ?? "", SHOWN_LENGTH),
    ...(innerCode !== "" && { innerCode }),
    graphMessage: shown(call, words, data ? WORDS_LENGTH : SHOWN_LENGTH),
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
    isPage: data === undefined && isPage(headers, text),
    ...call.expiry(nowMs),
    ...call.sender(),
  });
}

/** Whether an answer is a web page of a proxy, a firewall or a gateway. */
function isPage(headers: Headers, text: string | undefined): boolean {
  const type = headers.get("content-type") ?? "";
  return (
    /^(text\/html|application\/xhtml)\b/i.test(type) || /^\s*<(!doctype )?html\b/i.test(text ?? "")
  );
}

function shownId(call: GraphCall, id: string | null | undefined): string | undefined {
  return shown(call, id ?? "", SHOWN_LENGTH) || undefined;
}

/**
 * Foreign text, safe for a message. Removes secrets before it cuts the text: a piece of a secret is secret
 * too.
 */
function shown(call: GraphCall, text: string, maxLength: number): string {
  // UTF-16 text has zeros between its characters, which would hide a secret.
  return oneLine(call.redact(text.replaceAll("\0", "")), maxLength);
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
