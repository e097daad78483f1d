import { changesBody } from "../clientConfiguration/bodies";
import { describeChanges, isPayloadName } from "../clientConfiguration/changes";
import { ConfigurationReader } from "../clientConfiguration/reader";
import { SECRETS_KEY } from "../clientConfiguration/secretsKey";
import {
  type ConfigurationAnswer,
  readConfiguration,
  shortType,
} from "../clientConfiguration/wire";
import { ConfigurationWriter } from "../clientConfiguration/writer";
import { isAmbiguous, OfficeConfigurationError, paths } from "../graph";
import {
  type ExclusiveUse,
  type Lifecycle,
  type LifecycleContext,
  PartialFailure,
  type ReadResult,
  type ResourceState,
} from "../lifecycle";
import { type PlainObject, sameJson, UNKNOWN } from "../payload/json";
import type { InputProblem } from "../payload/problems";
import { ORIGINAL_KEY, type PatchableName } from "./names";
import { currentInputs, exactly, type Original, originalBody, originalOf } from "./original";
import { namedIn, patchProblems } from "./schema";

/** What one PATCH changes: inputs to write, and originals to put back. */
interface Changes {
  readonly written: readonly PatchableName[];
  readonly inputs: PlainObject;
  readonly restored: Original;
}

/**
 * The life of a patch: the PATCH of the collection with the id in its body, and the way back.
 *
 * Source: the API page "Update clientConfigurations".
 */
export class PatchLifecycle implements Lifecycle {
  readonly noun = "patch of a client configuration";

  label({ configurationId }: PlainObject): string {
    return `Patch of ${configurationId === UNKNOWN ? "(known after apply)" : String(configurationId)}`;
  }

  problems({ [SECRETS_KEY]: _, ...inputs }: PlainObject): InputProblem[] {
    return patchProblems(inputs);
  }

  exclusiveUses(inputs: PlainObject): ExclusiveUse[] {
    const { configurationId: id } = inputs;
    if (typeof id !== "string" || id === UNKNOWN) return [];
    return namedIn(inputs).map((name) => ({
      key: `patch ${id} ${name}`,
      path: [name],
      reason: (owner) => `of ${id} is patched by the resource "${owner}" already`,
    }));
  }

  changedInputs(olds: PlainObject, news: PlainObject): string[] {
    const names = new Set([...namedIn(olds), ...namedIn(news), SECRETS_KEY, "configurationId"]);
    return [...names].filter((name) => !sameJson(olds[name], news[name]));
  }

  replacingInputs(olds: PlainObject, news: PlainObject): string[] {
    return olds.configurationId === news.configurationId ? [] : ["configurationId"];
  }

  describeChanges(olds: PlainObject, news: PlainObject): string[] {
    const label = this.label(olds);
    if (this.replacingInputs(olds, news).length > 0) {
      return [`${label}: is undone, and made anew for another policy`];
    }
    const kept = namedIn(news);
    const dropped = namedIn(olds).filter((name) => !kept.includes(name));
    const known = Object.fromEntries(Object.entries(olds).filter(([name]) => !isIn(name, dropped)));
    return [
      ...describeChanges(known, news, label),
      ...dropped.map((name) => `${label}: ${name} is put back as it was found`),
    ];
  }

  async create(context: LifecycleContext, inputs: PlainObject): Promise<ResourceState> {
    const configurationId = String(inputs.configurationId);
    const reader = readerOf(context, configurationId);
    const found = await reader.find(configurationId);
    if (found === undefined) {
      throw new OfficeConfigurationError(
        `There is no client configuration with the id ${configurationId} to patch. Make it first, or correct configurationId.`,
      );
    }
    if (context.claims.has(configurationId)) {
      throw new OfficeConfigurationError(
        `${reader.subject} cannot be patched: it is another resource of this stack. Give the properties there.`,
      );
    }
    const names = namedIn(inputs);
    const original = await originalsOf(reader, found, names);
    const before = await currentInputs(reader, found, names, inputs);
    const differing = names.filter((name) => !sameJson(before[name], inputs[name]));
    const id = `${configurationId}#patch`;
    const outputs = outputsOf(found, inputs, original);
    try {
      await patch(context, reader, found, { written: differing, inputs, restored: {} });
      return { id, outputs };
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      // It may have been carried out: what was found must not be forgotten.
      throw new PartialFailure({ id, outputs: { ...outputs, ...before } }, error);
    }
  }

  async read(
    context: LifecycleContext,
    _id: string,
    known: PlainObject,
  ): Promise<ReadResult | undefined> {
    const configurationId = String(known.configurationId);
    const reader = readerOf(context, configurationId);
    const found = await reader.find(configurationId);
    if (found === undefined) return undefined;
    const current = await currentInputs(reader, found, namedIn(known), known);
    const secrets = SECRETS_KEY in known ? { [SECRETS_KEY]: known[SECRETS_KEY] } : {};
    const inputs = { configurationId, ...current, ...secrets };
    return { inputs, outputs: outputsOf(found, inputs, originalOf(known)) };
  }

  async update(
    context: LifecycleContext,
    _id: string,
    olds: PlainObject,
    news: PlainObject,
  ): Promise<PlainObject> {
    const configurationId = String(news.configurationId);
    const reader = readerOf(context, configurationId);
    const found = await reader.find(configurationId);
    if (found === undefined) {
      throw new OfficeConfigurationError(
        `${reader.subject} is gone, and with it what was to be patched. Run \`pulumi refresh\`, or remove the patch from the program.`,
      );
    }
    const names = namedIn(news);
    const known = originalOf(olds);
    const added = names.filter((name) => !(name in known));
    const original = { ...known, ...(await originalsOf(reader, found, added)) };
    const before = await currentInputs(reader, found, names, news);
    const written = names.filter((name) => !sameJson(before[name], news[name]));
    const dropped = namedIn(olds).filter((name) => !names.includes(name));
    const restored = await this.#restorable(context, reader, found, { names: dropped, olds });
    await patch(context, reader, found, { written, inputs: news, restored });
    const kept = Object.fromEntries(names.map((name) => [name, original[name] ?? null]));
    return outputsOf(found, news, kept);
  }

  async delete(context: LifecycleContext, _id: string, known: PlainObject): Promise<void> {
    const configurationId = String(known.configurationId);
    const reader = readerOf(context, configurationId);
    const found = await reader.find(configurationId);
    if (found === undefined) {
      context.log(`${this.label(known)}: the policy is gone, there is nothing to put back`);
      return;
    }
    const names = namedIn(known);
    const restored = await this.#restorable(context, reader, found, { names, olds: known });
    await patch(context, reader, found, { written: [], inputs: {}, restored });
  }

  /** The originals to put back: those of properties that nobody has changed since. */
  async #restorable(
    { log }: LifecycleContext,
    reader: ConfigurationReader,
    found: ConfigurationAnswer,
    { names, olds }: { names: readonly PatchableName[]; olds: PlainObject },
  ): Promise<Original> {
    const original = originalOf(olds);
    const current = await currentInputs(reader, found, names, olds);
    const restored: Original = {};
    for (const name of names) {
      const value = original[name];
      if (value === undefined || (await exactly(reader, found, name)) === value) continue;
      if (sameJson(current[name], olds[name])) restored[name] = value;
      else
        log(`${this.label(olds)}: ${name} was changed by someone else since, and stays as it is`);
    }
    return restored;
  }
}

function readerOf({ graph }: LifecycleContext, configurationId: string): ConfigurationReader {
  return new ConfigurationReader(graph, undefined, { displayName: configurationId });
}

async function originalsOf(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  names: readonly PatchableName[],
): Promise<Original> {
  const original: Original = {};
  for (const name of names) original[name] = await exactly(reader, found, name);
  return original;
}

/** Sends one PATCH with the id in its body, or nothing where there is nothing to change. */
async function patch(
  { graph, priorities }: LifecycleContext,
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  { written, inputs, restored }: Changes,
): Promise<void> {
  const changes = { ...changesBody(written, inputs), ...originalBody(restored) };
  if (Object.keys(changes).length === 0) return;
  const { id } = found;
  const type = found["@odata.type"] ?? "#microsoft.graph.officeClientConfiguration";
  const call = reader.call("Patching");
  const body = { "@odata.type": type, id, ...changes };
  const priority = typeof changes.priority === "number" ? changes.priority : undefined;
  const answer = await priorities.whenFree({ graph, call, id, priority }, () =>
    graph.patch(paths.clientConfigurations, body, call),
  );
  const made = readConfiguration(answer.body) ?? { id };
  const writer = new ConfigurationWriter(graph, reader);
  const payloads = written.filter(isPayloadName).map((name) => [name, inputs[name]]);
  await writer.ensurePayloads(made, Object.fromEntries(payloads) as PlainObject);
  for (const [name, value] of Object.entries(restored)) {
    if (!isPayloadName(name) || typeof value !== "string") continue;
    const bytes = Buffer.from(value, "base64");
    const isSame = (there: Uint8Array) => bytes.equals(there);
    await writer.ensureBytes(made, name, { bytes, isSame });
  }
}

function outputsOf(
  found: ConfigurationAnswer,
  inputs: PlainObject,
  original: Original,
): PlainObject {
  const type = found["@odata.type"];
  return {
    ...inputs,
    ...(type != null && { kind: shortType(type) }),
    [ORIGINAL_KEY]: original,
  };
}

function isIn(name: string, names: readonly string[]): boolean {
  return names.includes(name);
}
