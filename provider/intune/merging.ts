/**
 * Writes settings into a policy of Intune's that has others as well. Whatever the program does not name stays as it is:
 * settings of other products, of devices, of Office, and what is nested in them.
 *
 * @module
 */
import { isPlainObject } from "../settings/json";
import { definitionIdOf, parseInstance } from "./instance";
import type { InstanceJson } from "./instanceJson";
import type { IntuneSettings, Outer } from "./intuneSettings";
import { valuesIn } from "./values";
import { type WrittenSettings, writeSettings } from "./writing";
import { instanceOf } from "./writtenValue";

/** Settings of a program, and those that it no longer has. */
export interface WantedSettings {
  /** Values by the ids of their settings. */
  readonly values: ReadonlyMap<string, string>;
  /** Ids of settings that the program had before, and has no longer. */
  readonly dropped: ReadonlySet<string>;
}

/** All instances of a policy, and the settings of the program that could not be written. */
export interface MergedSettings extends Pick<WrittenSettings, "left"> {
  /** Instances at the top of the policy, in Graph's JSON. */
  readonly instances: readonly unknown[];
  /** Number of them that the program does not name. */
  readonly others: number;
}

/** Merges settings into the instances that a policy has. @param theirs - Those at the top, in Graph's JSON. */
export function mergeSettings(
  theirs: readonly unknown[],
  wanted: WantedSettings,
  settings: IntuneSettings,
): MergedSettings {
  return new Merger(wanted, settings).merge(theirs);
}

class Merger {
  readonly #written: WrittenSettings;
  /** Written instances, by the policy's setting. */
  readonly #byPolicy: ReadonlyMap<string, InstanceJson>;
  readonly #ended: ReadonlySet<string>;

  constructor(
    private readonly wanted: WantedSettings,
    private readonly settings: IntuneSettings,
  ) {
    this.#written = writeSettings(wanted.values, settings);
    this.#byPolicy = new Map(
      this.#written.instances.flatMap((each) => {
        const policy = this.#settingOf(each.settingDefinitionId, undefined);
        return policy === undefined ? [] : [[policy, each] as const];
      }),
    );
    const named = new Set([...wanted.values.keys()].map((id) => this.#policyOf(id)));
    const dropped = [...wanted.dropped].map((id) => this.#policyOf(id));
    this.#ended = new Set(dropped.filter((policy) => !named.has(policy)));
  }

  merge(theirs: readonly unknown[]): MergedSettings {
    const found = new Map<string, unknown>();
    const others = theirs.flatMap((item) => {
      const policy = this.#settingOf(definitionIdOf(item), undefined);
      if (policy === undefined) return [this.#withValues(item, undefined)];
      const ours = this.#byPolicy.get(policy);
      // A definition of another version of the templates sets the same: ours takes its place.
      if (ours !== undefined && isSameId(ours, item)) found.set(policy, item);
      const isOurs = ours !== undefined || this.#ended.has(policy);
      return isOurs ? [] : [this.#withValues(item, undefined)];
    });
    const own = [...this.#byPolicy].filter(([policy]) => found.has(policy));
    const kept = [...others, ...own.map(([policy, ours]) => this.#merged(ours, found.get(policy)))];
    const added = this.#missingIn(kept, found);
    return { instances: [...kept, ...added], others: others.length, left: this.#written.left };
  }

  /** Ours that are not there: neither at the top, nor with all of their values inside of another policy. */
  #missingIn(kept: readonly unknown[], found: ReadonlyMap<string, unknown>): InstanceJson[] {
    const missing = [...this.#byPolicy].filter(([policy]) => !found.has(policy));
    if (missing.length === 0) return [];
    const { values } = this.wanted;
    const there = valuesIn(kept, this.settings, values);
    const lacking = new Set(
      [...values.keys()]
        .filter((id) => there.get(id) !== values.get(id))
        .map((id) => this.#policyOf(id)),
    );
    return missing.flatMap(([policy, ours]) => (lacking.has(policy) ? [ours] : []));
  }

  /** Our instance, with the children of theirs that the program does not name. */
  #merged(ours: InstanceJson, theirs: unknown): unknown {
    const choice = ours.choiceSettingValue;
    const their = parseInstance(theirs)?.choiceSettingValue;
    if (choice === undefined || their?.value.toLowerCase() !== choice.value.toLowerCase()) {
      return ours;
    }
    const outer = this.#outerOf(ours.settingDefinitionId, undefined);
    const left = their.children ?? [];
    const added = left
      .filter((child) => !choice.children.some((each) => isSameId(each, child)))
      .filter(
        (child) => !this.wanted.dropped.has(this.#settingOf(definitionIdOf(child), outer) ?? ""),
      )
      .map((child) => this.#withValues(child, outer));
    const children = choice.children.map((child) =>
      this.#merged(
        child,
        left.find((each) => isSameId(child, each)),
      ),
    );
    return { ...ours, choiceSettingValue: { ...choice, children: [...children, ...added] } };
  }

  /** Their instance, in which settings that the program names have its values: they may be nested in another policy. */
  #withValues(item: unknown, outer: Outer | undefined): unknown {
    const instance = parseInstance(item);
    if (instance === undefined || !isPlainObject(item)) return item;
    const { settingDefinitionId: id } = instance;
    const choice = item.choiceSettingValue;
    const children = instance.choiceSettingValue?.children ?? [];
    const own = this.#ownValue(id, outer);
    if (own?.choiceSettingValue === undefined && own !== undefined) return { ...item, ...own };
    if (!isPlainObject(choice)) return item;
    const inside = this.#outerOf(id, outer);
    return {
      ...item,
      choiceSettingValue: {
        ...choice,
        ...(own?.choiceSettingValue && { value: own.choiceSettingValue.value }),
        ...(children.length > 0 && {
          children: children.map((child) => this.#withValues(child, inside)),
        }),
      },
    };
  }

  /** The value of the program for a setting that another policy has inside. */
  #ownValue(definitionId: string, outer: Outer | undefined): InstanceJson | undefined {
    const settingId = outer && this.#settingOf(definitionId, outer);
    const value = settingId === undefined ? undefined : this.wanted.values.get(settingId);
    const setting = settingId === undefined ? undefined : this.settings.known.find(settingId);
    if (value === undefined || setting === undefined) return undefined;
    const built = instanceOf(setting, { id: definitionId }, value);
    return typeof built === "string" ? undefined : built;
  }

  #outerOf(definitionId: string, outer: Outer | undefined): Outer {
    return { definitionId, settingId: this.#settingOf(definitionId, outer) };
  }

  #settingOf(definitionId: string, outer: Outer | undefined): string | undefined {
    const match = this.settings.match(definitionId, outer);
    return match.kind === "setting" ? match.id : undefined;
  }

  #policyOf(id: string): string {
    return this.settings.known.find(id)?.policy ?? id;
  }
}

function isSameId({ settingDefinitionId: id }: InstanceJson, item: unknown): boolean {
  return id.toLowerCase() === definitionIdOf(item).toLowerCase();
}
