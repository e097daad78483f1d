import { type ConfigurationAnswer, shortType } from "../../api/configurationAnswer";
import { ConfigurationReader } from "../../api/configurationReader";
import { OfficeConfigurationError } from "../../graph";
import { type Difference, difference, valueDifferences } from "../../settings/differences";
import type { InputProblem } from "../../settings/inputProblem";
import { PATCHABLE_FIELDS } from "../../settings/inputs/clientConfiguration";
import { namedIn, patchProblems } from "../../settings/inputs/clientConfigurationPatch";
import { type PlainObject, sameJson, UNKNOWN } from "../../settings/json";
import { ORIGINAL_KEY, SECRETS_KEY } from "../../settings/keys";
import { policyLabel } from "../../settings/label";
import { PAYLOAD_NAMES } from "../../settings/names";
import type {
  ExclusiveUse,
  Lifecycle,
  LifecycleContext,
  ReadResult,
  ResourceState,
} from "../../update/lifecycle";
import {
  bothSecrets,
  fieldDifferences,
  secretDifferences,
} from "../clientConfiguration/differences";
import { forDisplay } from "../clientConfiguration/freshness";
import { propertyKey, propertyUse } from "../clientConfiguration/propertyOwners";
import { storedInputs } from "../clientConfiguration/storedInputs";
import { currentInputs, exactly, type Original, originalOf } from "./original";
import { putBack, type Target, write } from "./send";

/**
 * The life of a patch: a PATCH of the collection with the policy's id in its body, and the restoring of what
 * the patch had found.
 *
 * Source: the API page "Update clientConfigurations".
 */
export class PatchLifecycle implements Lifecycle {
  readonly noun = "patch of a client configuration";
  readonly payloads = PAYLOAD_NAMES;

  label({ configurationId }: PlainObject): string {
    return `Patch of ${configurationId === UNKNOWN ? "(known after apply)" : String(configurationId)}`;
  }

  auditedId(_id: string, { configurationId }: PlainObject): string {
    return String(configurationId);
  }

  stored(inputs: PlainObject): PlainObject {
    return storedInputs(inputs);
  }

  problems({ [SECRETS_KEY]: _, ...inputs }: PlainObject): InputProblem[] {
    return patchProblems(inputs);
  }

  exclusiveUses(inputs: PlainObject): ExclusiveUse[] {
    const { configurationId: id } = inputs;
    if (typeof id !== "string" || id === UNKNOWN) return [];
    return namedIn(inputs).map((name) => {
      const reason = (owner: string) => `of ${id}: the resource "${owner}" sets it already`;
      return propertyUse(id, name, { path: [name], reason });
    });
  }

  differences(olds: PlainObject, news: PlainObject): Difference[] {
    const kept = namedIn(news);
    const dropped = namedIn(olds).filter((name) => !kept.includes(name));
    const isSecret = (name: string) => bothSecrets(olds, news).has(name);
    const ids = { old: olds.configurationId, next: news.configurationId };
    return [
      ...valueDifferences("configurationId", "policy", ids).map((each) => ({
        ...each,
        replaces: true,
      })),
      ...PATCHABLE_FIELDS.filter(({ name }) => kept.includes(name)).flatMap((field) =>
        fieldDifferences(field, olds, news),
      ),
      ...dropped.map((name): Difference => {
        const values = { old: olds[name], next: undefined, isSecret: isSecret(name) };
        return { ...difference([name], "value", values), becomes: "restored" };
      }),
      ...secretDifferences(olds, news),
    ];
  }

  async create(context: LifecycleContext, given: PlainObject): Promise<ResourceState> {
    const inputs = storedInputs(given);
    const configurationId = String(inputs.configurationId);
    const reader = readerOf(context, configurationId);
    const found = await reader.find(configurationId);
    if (found === undefined) {
      throw new OfficeConfigurationError(
        `There is no client configuration with the id ${configurationId} to patch. Create it first, or correct configurationId.`,
      );
    }
    if (context.claims.has(configurationId)) {
      throw new OfficeConfigurationError(
        `${reader.subject} cannot be patched: it is another resource of this stack. Set the properties in that resource.`,
      );
    }
    const names = namedIn(inputs);
    const original = await originalsOf(reader, found, names);
    const before = await currentInputs(reader, found, names, inputs);
    const differing = names.filter((name) => !sameJson(before[name], inputs[name]));
    // Not the policy's own id: by that, claims would take the patch for the policy.
    const id = `${configurationId}#patch`;
    const state = { id, outputs: outputsOf(found, inputs, original) };
    await write({ context, reader, found }, { names: differing, inputs, state });
    return state;
  }

  async read(
    context: LifecycleContext,
    _id: string,
    known: PlainObject,
  ): Promise<ReadResult | undefined> {
    const configurationId = String(known.configurationId);
    const reader = readerOf(context, configurationId);
    const found = await reader.find(configurationId, forDisplay({ displayName: "", ...known }));
    if (found === undefined) return undefined;
    const current = await currentInputs(reader, found, namedIn(known), known);
    const secrets = SECRETS_KEY in known ? { [SECRETS_KEY]: known[SECRETS_KEY] } : {};
    const inputs = { configurationId, ...current, ...secrets };
    return { inputs, outputs: outputsOf(found, inputs, originalOf(known)) };
  }

  async update(
    context: LifecycleContext,
    id: string,
    olds: PlainObject,
    given: PlainObject,
  ): Promise<PlainObject> {
    const news = storedInputs(given);
    const configurationId = String(news.configurationId);
    const reader = readerOf(context, configurationId);
    const found = await reader.find(configurationId);
    if (found === undefined) {
      throw new OfficeConfigurationError(
        `${reader.subject} is gone from the tenant, so there is nothing to patch. Run \`pulumi refresh\`, or remove the patch from the program.`,
      );
    }
    const names = namedIn(news);
    const known = originalOf(olds);
    const added = names.filter((name) => !(name in known));
    const original = { ...known, ...(await originalsOf(reader, found, added)) };
    const before = await currentInputs(reader, found, names, news);
    const written = names.filter((name) => !sameJson(before[name], news[name]));
    const dropped = namedIn(olds).filter((name) => !names.includes(name));
    const target = { context, reader, found };
    // With a request of its own, before the write: an interrupted write keeps only the originals of the
    // properties that the patch still names.
    await putBack(target, await this.#restorable(target, dropped, olds));
    const kept = Object.fromEntries(names.map((name) => [name, original[name] ?? null]));
    const outputs = outputsOf(found, news, kept);
    await write(target, { names: written, inputs: news, state: { id, outputs } });
    return outputs;
  }

  async delete(context: LifecycleContext, _id: string, known: PlainObject): Promise<void> {
    const configurationId = String(known.configurationId);
    if (context.claims.has(configurationId)) {
      const owned = "is another resource of this stack now, and stays as it is";
      context.log(`${this.label(known)}: ${configurationId} ${owned}`);
      return;
    }
    const reader = readerOf(context, configurationId);
    const found = await reader.find(configurationId);
    if (found === undefined) {
      context.log(`${this.label(known)}: the policy is gone, there is nothing to put back`);
      return;
    }
    const target = { context, reader, found };
    await putBack(target, await this.#restorable(target, namedIn(known), known));
  }

  /**
   * The originals to put back: those of properties that nobody has changed since and that no other resource of the
   * program sets. If a patch is replaced or renamed, the engine deletes it after it has made the new one.
   */
  async #restorable(
    { context, reader, found }: Target,
    names: readonly string[],
    olds: PlainObject,
  ): Promise<Original> {
    const original = originalOf(olds);
    const current = await currentInputs(reader, found, names, olds);
    const restored: Original = {};
    for (const name of names) {
      const value = original[name];
      const later = context.claims.claimantOf(propertyKey(String(olds.configurationId), name));
      if (later !== undefined) {
        const theirs = `is set by the resource "${later.name}" now: it stays as it is, and is not put back`;
        context.log(`${this.label(olds)}: ${name} ${theirs}`);
        continue;
      }
      if (value === undefined || (await exactly(reader, found, name)) === value) continue;
      if (sameJson(current[name], olds[name])) {
        restored[name] = value;
      } else {
        const theirs = "was changed by someone else since, and stays as it is";
        context.log(`${this.label(olds)}: ${name} ${theirs}`);
      }
    }
    return restored;
  }
}

function readerOf(
  { graph, reads }: LifecycleContext,
  configurationId: string,
): ConfigurationReader {
  return new ConfigurationReader(graph, {
    label: policyLabel({ displayName: configurationId }),
    reads,
  });
}

async function originalsOf(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  names: readonly string[],
): Promise<Original> {
  const original: Original = {};
  for (const name of names) original[name] = await exactly(reader, found, name);
  return original;
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
