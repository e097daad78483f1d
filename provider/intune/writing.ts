/**
 * Writes settings of Cloud Policy as instances of Intune's settings catalogue. A policy with elements is written whole, or
 * not at all: what is left is known before anything is sent.
 *
 * @module
 */
import type { CatalogueSetting, IntuneDefinition } from "../catalogue/catalogue";
import type { KnownSettings } from "../catalogue/knownSettings";
import { choiceOf, type InstanceJson, inOrder } from "./instanceJson";
import type { IntuneSettings } from "./intuneSettings";
import { type NotWritten, type WhyNot, whyNotWritten } from "./notWritten";
import { ITEMS, instanceOf, isOffWithout, stateWith } from "./writtenValue";

/** Settings as Intune has them. */
export interface WrittenSettings {
  /** Instances at the top of the policy, by the ids of their definitions. */
  readonly instances: readonly InstanceJson[];
  /** Settings that have none, in the order given. */
  readonly left: readonly NotWritten[];
}

/** Instances of settings. @param given - Values by the ids of their settings. */
export function writeSettings(
  given: ReadonlyMap<string, string>,
  settings: IntuneSettings,
): WrittenSettings {
  return new Writer(given, settings).write();
}

/** An instance, or the ids of the settings that it needs and that cannot be written. */
type Built = InstanceJson | { readonly missing: readonly string[] };

/** A setting with a definition. */
type Defined = CatalogueSetting & { readonly intune: IntuneDefinition };

class Writer {
  readonly #known: KnownSettings;
  /** Reasons against settings by themselves. */
  readonly #against = new Map<string, WhyNot>();

  constructor(
    private readonly given: ReadonlyMap<string, string>,
    private readonly settings: IntuneSettings,
  ) {
    this.#known = settings.known;
    for (const [id, value] of given) {
      const why = whyNotWritten(id, value, settings);
      if (why !== undefined) this.#against.set(id, why);
    }
  }

  write(): WrittenSettings {
    const policies = Map.groupBy(this.given.keys(), (id) => this.#known.find(id)?.policy ?? id);
    const instances: InstanceJson[] = [];
    const left = new Map(this.#against);
    for (const [policy, ids] of policies) {
      const fitting = ids.filter((id) => !this.#against.has(id));
      const setting = this.#defined(policy);
      if (fitting.length === 0 || setting === undefined) continue;
      const built = this.#policy(policy, setting, setting.intune, undefined);
      if ("missing" in built) {
        const why = this.#incomplete(policy, built.missing);
        for (const id of fitting) left.set(id, why);
        continue;
      }
      instances.push(built);
      if (this.#stateOf(policy, setting) === "on") continue;
      const reason = `${this.#known.nameOf(policy)} is disabled, and has no elements then`;
      for (const id of fitting) if (id !== policy) left.set(id, { kind: "value", reason });
    }
    return { instances: inOrder(instances), left: this.#inOrderGiven(left) };
  }

  #inOrderGiven(left: ReadonlyMap<string, WhyNot>): NotWritten[] {
    return [...this.given.keys()].flatMap((settingId) => {
      const why = left.get(settingId);
      return why === undefined ? [] : [{ settingId, ...why }];
    });
  }

  #incomplete(policy: string, missing: readonly string[]): WhyNot {
    const needs = this.#known.list([...new Set(missing)]);
    const name = this.#known.nameOf(policy);
    return { kind: "incomplete", reason: `${name} needs ${needs} in Intune` };
  }

  /**
   * The instance of a policy with its elements.
   *
   * @param definition - The policy's own, or a copy of it.
   * @param copy - Id of the copy if it is one.
   */
  #policy(
    policy: string,
    setting: CatalogueSetting,
    definition: IntuneDefinition,
    copy: string | undefined,
    around: readonly string[] = [],
  ): Built {
    const state = this.#stateOf(policy, setting);
    if (state === undefined) return { missing: [policy] };
    if (state === "off") return choiceOf(definition, ITEMS.off);
    const parts = [
      ...this.#known.elementsOf(policy).map((id) => this.#element(policy, id, copy)),
      ...(definition.requires ?? []).map((id) => this.#copy(id, [...around, policy])),
    ].filter((part) => part !== undefined);
    const missing = parts.flatMap((part) => ("missing" in part ? part.missing : []));
    const children = parts.flatMap((part) => ("missing" in part ? [] : [part]));
    return missing.length > 0 ? { missing } : choiceOf(definition, ITEMS.on, children);
  }

  /** A policy without a value of its own is on if an element is given. */
  #stateOf(policy: string, setting: CatalogueSetting): "on" | "off" | undefined {
    if (setting.kind !== "policy") {
      const value = this.#fitting(policy);
      return value === undefined ? undefined : stateWith(setting, value);
    }
    const elements = this.#known.elementsOf(policy);
    return elements.some((id) => this.#fitting(id) !== undefined) ? "on" : undefined;
  }

  #element(policy: string, id: string, copy: string | undefined): Built | undefined {
    const setting = this.#defined(id);
    if (setting === undefined) return undefined;
    const own = setting.intune;
    const name = id.slice(policy.length + 1).toLowerCase();
    const definition = copy === undefined ? own : { id: `${copy}_${name}` };
    const value = this.#fitting(id);
    if (value !== undefined) {
      const instance = instanceOf(setting, definition, value);
      return typeof instance === "string" ? { missing: [id] } : instance;
    }
    if (isOffWithout(setting) && !this.given.has(id)) return choiceOf(definition, ITEMS.off);
    return own.optional === true && !this.given.has(id) ? undefined : { missing: [id] };
  }

  /** The instance of another policy that must stand inside of one. */
  #copy(definitionId: string, around: readonly string[]): Built {
    const match = this.settings.match(definitionId, undefined);
    if (match.kind !== "setting" || around.includes(match.id)) return { missing: [definitionId] };
    return this.#policy(match.id, match.setting, { id: definitionId }, definitionId, around);
  }

  /** The value of a setting that can be written by itself. */
  #fitting(id: string): string | undefined {
    return this.#against.has(id) ? undefined : this.given.get(id);
  }

  #defined(id: string): Defined | undefined {
    const setting = this.#known.find(id);
    return setting?.intune === undefined ? undefined : { ...setting, intune: setting.intune };
  }
}
