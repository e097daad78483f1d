import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Emulator } from "../../emulator";

/** An object of an answer's JSON. */
export type Json = Record<string, unknown>;

/** The answer. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** Empty where the answer is no JSON. */
  readonly json: Json;
}

/** Further parts of the request. */
interface AskOptions {
  /** Bytes as a stream, everything else as JSON. */
  readonly body?: object | undefined;
  /** Default: the emulator's own app-only token. */
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Asks an emulator for a path from its root, such as `/beta/officeConfiguration`. */
export async function ask(
  emulator: Emulator,
  method: string,
  path: string,
  { body, token = emulator.accessToken, headers }: AskOptions = {},
): Promise<Answer> {
  const isStream = Buffer.isBuffer(body);
  const type = isStream ? "application/octet-stream" : "application/json";
  const response = await fetch(`${emulator.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { "content-type": type }),
      ...headers,
    },
    ...(body && { body: isStream ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return {
    status: response.status,
    text,
    headers: response.headers,
    json: isJson && text !== "" ? (JSON.parse(text) as Json) : {},
  };
}

/** A value without what an unkind emulator puts beside the properties that are documented. */
export function documented<T>(value: T): T {
  const text = JSON.stringify(value, (key, part: unknown) =>
    /^(?:undocumented|@microsoft\.graph\.)/.test(key) ? undefined : part,
  );
  return JSON.parse(text) as T;
}

/** Asks with TRACE, which `fetch` does not send. */
export async function trace({ url, accessToken }: Emulator, path: string) {
  const sent = request(`${url}${path}`, {
    method: "TRACE",
    headers: { authorization: `Bearer ${accessToken}` },
  }).end();
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  answer.resume();
  return answer;
}
