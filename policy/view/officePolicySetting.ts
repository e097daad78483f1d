import { type JsonValue, type PlainObject, UNKNOWN } from "../../provider/settings/json";
import type { PayloadName } from "../../provider/settings/names";

/** One setting of a policy. */
export class OfficePolicySetting {
  /** Id of the setting: `excel16;L_BlockMacroExecutionFromInternet`. */
  readonly id: string;
  /** Input that has it. `userPreferences`: the user can change the value. Undefined if the policy does not set it. */
  readonly payload: PayloadName | undefined;
  readonly #properties: PlainObject;
  readonly #unknown: (property: string) => Error;

  /** @internal */
  constructor(
    id: string,
    payload: PayloadName | undefined,
    properties: PlainObject,
    unknown: (property: string) => Error,
  ) {
    this.id = id;
    this.payload = payload;
    this.#properties = properties;
    this.#unknown = unknown;
  }

  /** Whether the policy sets it, to whatever value. */
  get isSet(): boolean {
    return this.payload !== undefined;
  }

  /** Whether the value is known. In a preview, the value of an Output may not be. */
  get isKnown(): boolean {
    return this.#properties.value !== UNKNOWN;
  }

  /**
   * The value, as it is sent: a number or a boolean is its text, `"4"` or `"1"`. Undefined if the policy does not set the
   * setting. Secrets are in plain text: do not show them.
   *
   * @throws Pulumi's error for a value that is not known yet; Pulumi then says that the rule waits for the update.
   */
  get value(): JsonValue | undefined {
    return this.property("value");
  }

  /** Platform that the setting is for: `Win32`. Undefined if the policy does not say. */
  get platform(): string | undefined {
    const platform = this.property("platform");
    return typeof platform === "string" ? platform : undefined;
  }

  /** Anything else that the policy says of the setting: `type`, `class`, `key`. */
  property(name: string): JsonValue | undefined {
    const value = Object.hasOwn(this.#properties, name) ? this.#properties[name] : undefined;
    if (value === UNKNOWN) throw this.#unknown(name);
    return value as JsonValue | undefined;
  }
}
