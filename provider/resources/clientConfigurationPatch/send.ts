/**
 * The requests of a patch: the PATCH of the collection with the id in its body, and the streams of
 * payloads that a service leaves out of it.
 *
 * Source: the API page "Update clientConfigurations".
 *
 * @module
 */

import { type ConfigurationAnswer, readConfiguration } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { paths } from "../../api/paths";
import { isAmbiguous } from "../../graph";
import type { PlainObject } from "../../settings/json";
import type { PayloadName } from "../../settings/names";
import { type LifecycleContext, PartialFailure, type ResourceState } from "../../update/lifecycle";
import { changesBody } from "../clientConfiguration/bodies";
import { isPayloadName } from "../clientConfiguration/differences";
import { ConfigurationWriter } from "../clientConfiguration/writer";
import { type Original, originalBody } from "./original";

/** The policy that is patched, as it was found. */
export interface Target {
  readonly context: LifecycleContext;
  readonly reader: ConfigurationReader;
  readonly found: ConfigurationAnswer;
}

/** The changes to write, and the state to keep if the write is interrupted. */
interface Written {
  readonly names: readonly string[];
  readonly inputs: PlainObject;
  /** The resource after the whole write. */
  readonly state: ResourceState;
}

/**
 * Writes inputs. Sends nothing if there are none.
 *
 * @throws PartialFailure if the tenant may have been changed: the originals must not be lost. The engine then
 *   updates the resource in any case, so the state may have the wanted values. It must not have the found
 *   values as outputs, because they would be in plain text.
 */
export async function write(target: Target, { names, inputs, state }: Written): Promise<void> {
  let made: ConfigurationAnswer | undefined;
  try {
    made = await patch(target, changesBody(names, inputs));
    if (made === undefined) return;
    const payloads = names.filter(isPayloadName).map((name) => [name, inputs[name]]);
    await writerOf(target).ensurePayloads(made, Object.fromEntries(payloads) as PlainObject);
  } catch (error) {
    if (made === undefined && !isAmbiguous(error)) throw error;
    throw new PartialFailure(state, error);
  }
}

/** Puts originals back. Sends nothing if there are none. */
export async function putBack(target: Target, original: Original): Promise<void> {
  const made = await patch(target, originalBody(original));
  if (made === undefined) return;
  for (const [name, value] of Object.entries(original)) {
    if (isPayloadName(name)) await ensureOriginal(target, made, name, value);
  }
}

/** Writes an original payload as a stream if the service left it out after a PATCH. */
async function ensureOriginal(
  target: Target,
  made: ConfigurationAnswer,
  name: PayloadName,
  value: string | number | null,
): Promise<void> {
  const bytes = Buffer.from(typeof value === "string" ? value : "", "base64");
  if (bytes.length === 0 && (await target.reader.payloadBytes(made, name)) === undefined) return;
  const isSame = (there: Uint8Array) => bytes.equals(there);
  await writerOf(target).ensureBytes(made, name, { bytes, isSame });
}

/** @returns the service's answer, or only the id if it has none; undefined if nothing was sent. */
async function patch(
  { context, reader, found }: Target,
  changes: PlainObject,
): Promise<ConfigurationAnswer | undefined> {
  if (Object.keys(changes).length === 0) return undefined;
  const { id } = found;
  const type = found["@odata.type"] ?? "#microsoft.graph.officeClientConfiguration";
  const call = reader.call("Patching");
  const body = { "@odata.type": type, id, ...changes };
  const priority = typeof changes.priority === "number" ? changes.priority : undefined;
  const answer = await context.priorities.whenFree({ context, call, id, priority }, () =>
    context.graph.patch(paths.clientConfigurations, body, call),
  );
  return readConfiguration(answer.body) ?? { id };
}

function writerOf({ context: { graph }, reader }: Target): ConfigurationWriter {
  return new ConfigurationWriter(graph, reader);
}
