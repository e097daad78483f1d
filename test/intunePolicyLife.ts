import assert from "node:assert/strict";
import type { EmulatorPreset } from "../emulator/modes";
import type { PlainObject } from "../provider/settings/json";
import type { FakeHost, FakeResource } from "./fakeHost";
import { INTUNE_ID as ID, intuneHost } from "./intuneHost";

/** Groups that policies are assigned to. */
export const [GROUP = "", OTHER = ""] = ["a", "b"].map(
  (end) => `11111111-1111-4111-8111-11111111111${end}`,
);

const NAME = "Macros";

/** Settings of the policy. */
export const SETTINGS = { [ID.level]: "2", [ID.toggle]: "1", [ID.text]: "a" };

/** Inputs of the policy. */
export const INPUTS = { name: NAME, policies: SETTINGS };

/** One policy of Intune's as a resource of a program, in a tenant of the emulator. */
export class IntunePolicyLife {
  readonly host: FakeHost;
  readonly policy: FakeResource;

  constructor(preset: EmulatorPreset) {
    this.host = intuneHost(preset);
    this.policy = this.host.resource("IntuneOfficePolicy");
  }

  /** The policies of the tenant that have its name. */
  all() {
    return this.host.tenant.intune.list().filter(({ name }) => name === NAME);
  }

  /** The one that there must be. */
  there() {
    const [policy, ...others] = this.all();
    assert.ok(policy !== undefined && others.length === 0);
    return policy;
  }

  /** Methods of the writes that came. */
  writes(): string[] {
    return this.host.tenant.writes().map((line) => line.split(" ")[0] ?? "");
  }

  /** Puts a policy of its name into the tenant. @returns its id. */
  insert(values: object = {}): string {
    return this.host.tenant.intune.insert({ name: NAME, settings: [], ...values }).id;
  }

  /** The lines of a preview. */
  async preview(inputs: PlainObject): Promise<string[]> {
    this.host.newRun({ isPreview: true });
    await this.policy.up(inputs);
    const said = [...this.host.said];
    this.host.newRun();
    return said;
  }
}
