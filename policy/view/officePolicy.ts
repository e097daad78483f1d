import type { KnownOfficeSettings } from "../../provider/program/settings/args.generated";
import type { OfficeSettings } from "../../provider/program/settings/officeSettings";
import { storeAssignment } from "../../provider/settings/assignments";
import { storeChecked } from "../../provider/settings/given";
import { holdsUnknown, type JsonValue, UNKNOWN } from "../../provider/settings/json";
import { PAYLOAD_NAMES, type PayloadName } from "../../provider/settings/names";
import { type PolicyTarget, storeTarget } from "../../provider/settings/policyTargets";
import { isStoredSettings, JSON_KEY, settingOf, TEXT_KEY } from "../../provider/settings/stored";
import type { OfficePolicyKind } from "./kinds";
import { OfficePolicySetting } from "./officePolicySetting";
import type { SeenProperties } from "./seenProperties";

/** Id of a setting. Editors offer the well-known ones, and those of a catalogue's `office-settings.d.ts`. */
export type OfficeSettingId =
  | keyof KnownOfficeSettings
  | keyof OfficeSettings
  // An editor then offers the names beside it, which `string` would swallow.
  | (string & {});

/**
 * A resource with settings of Office, as a rule sees it: policies of Cloud Policy and of Intune, patches, and settings of
 * Copilot.
 *
 * In a preview, some values are not known yet. Reading one throws Pulumi's own error. Pulumi turns it into an advisory
 * line, whatever the level of the rule, and the rule decides when the value is known: in the update.
 */
export class OfficePolicy {
  /** Name of the resource's class. */
  readonly kind: OfficePolicyKind;
  /** Name of the resource in the program. */
  readonly resourceName: string;
  readonly urn: string;
  readonly #seen: SeenProperties;

  /** @internal */
  constructor(
    {
      kind,
      name,
      urn,
    }: { readonly kind: OfficePolicyKind; readonly name: string; readonly urn: string },
    seen: SeenProperties,
  ) {
    this.kind = kind;
    this.resourceName = name;
    this.urn = urn;
    this.#seen = seen;
  }

  /** The name that administrators see. Undefined for a patch that leaves the name, and for a setting of Copilot. */
  get displayName(): string | undefined {
    const name = this.#seen.known(this.kind === "IntuneOfficePolicy" ? "name" : "displayName");
    return typeof name === "string" ? name : undefined;
  }

  /** Rank of a Cloud Policy: 0 wins. Undefined if the program gives none. */
  get priority(): number | undefined {
    const priority = this.#seen.known("priority");
    return typeof priority === "number" ? priority : undefined;
  }

  /** When the tenant's policy was last changed, ISO 8601. Undefined for a new policy, and where the service does not say. */
  get lastModifiedDateTime(): string | undefined {
    const time = this.#seen.known("lastModifiedDateTime");
    return typeof time === "string" ? time : undefined;
  }

  /** Assignments of the policy. Undefined if the program does not say, and leaves the policy's groups as they are. */
  get assignments(): readonly PolicyTarget[] | undefined {
    return this.assignmentParts()?.map((part) => part());
  }

  /**
   * The same, each to be read by itself: others may not be known yet.
   *
   * @internal
   */
  assignmentParts(): (() => PolicyTarget)[] | undefined {
    const given = this.#seen.known("assignments");
    if (!Array.isArray(given)) return undefined;
    return given.map((item: unknown, place) => () => {
      if (holdsUnknown(item)) throw this.#seen.unknownAt("assignments", String(place));
      const isIntune = this.kind === "IntuneOfficePolicy";
      return storeTarget(isIntune ? item : storeAssignment(item)) as PolicyTarget;
    });
  }

  /** All settings: first those that the user cannot change. */
  get settings(): readonly OfficePolicySetting[] {
    return PAYLOAD_NAMES.flatMap((payload) => this.settingsOf(payload));
  }

  /** The settings of one input. None if it holds other JSON. */
  settingsOf(payload: PayloadName): readonly OfficePolicySetting[] {
    if (this.kind === "CopilotPolicySetting") {
      return payload === "policies" ? [this.#settingOfCopilot()] : [];
    }
    const stored = this.#stored(payload);
    if (!isStoredSettings(stored)) return [];
    return Object.keys(stored).map((key) => {
      const { settingId, ...properties } = settingOf(key, stored[key]);
      const unknown = (property: string) => this.#seen.unknownAt(payload, key, property);
      if (settingId === UNKNOWN) throw unknown("settingId");
      return new OfficePolicySetting(String(settingId), payload, properties, unknown);
    });
  }

  /**
   * One setting by its id. If the policy has it for several platforms, the one for no platform, or else for Windows. A
   * setting that the policy does not have is not set, and its value is undefined.
   *
   * @example
   * ```typescript
   * policy.setting("excel16;L_BlockMacroExecutionFromInternet").value === "1"
   * ```
   */
  setting(id: OfficeSettingId): OfficePolicySetting {
    const rank = ({ platform = "" }: OfficePolicySetting) =>
      platform === "" ? 0 : /^win/i.test(platform) ? 1 : 2;
    for (const payload of PAYLOAD_NAMES) {
      const found = this.settingsOf(payload).filter((setting) => setting.id === id);
      const [first] = found.sort((a, b) => rank(a) - rank(b));
      if (first !== undefined) return first;
    }
    return new OfficePolicySetting(id, undefined, {}, () => this.#seen.unknownAt("policies"));
  }

  /** Content of an input that is not settings: other JSON, or a text that is no JSON. Undefined if it is settings. */
  otherContent(payload: PayloadName): JsonValue | undefined {
    const stored = this.#stored(payload);
    if (stored === undefined || isStoredSettings(stored)) return undefined;
    const { [JSON_KEY]: json, [TEXT_KEY]: text } = stored as Record<string, JsonValue>;
    if (holdsUnknown(stored)) throw this.#seen.unknownAt(payload);
    return json ?? text ?? (stored as JsonValue);
  }

  /** The stored form, whichever form the engine has: a transformation, or an old state, may have another. */
  #stored(payload: PayloadName): unknown {
    const stored = storeChecked(this.#seen.known(payload));
    if (stored === UNKNOWN) throw this.#seen.unknownAt(payload);
    return stored;
  }

  #settingOfCopilot(): OfficePolicySetting {
    const id = this.#seen.known("setting");
    const value = this.#seen.get("value");
    return new OfficePolicySetting(String(id), "policies", { value }, () =>
      this.#seen.unknownAt("value"),
    );
  }
}
