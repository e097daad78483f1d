/**
 * Rules of the policy pack on resources as Pulumi's SDK for packs hands them over, without an engine.
 *
 * @module
 */
import assert from "node:assert/strict";
import * as sdk from "@pulumi/policy";
import type { OfficeRule } from "../policy/rules/rule";
import type { OfficePolicyKind } from "../policy/view/kinds";
import { UNKNOWN } from "../provider/settings/json";

export { UNKNOWN };

/** Exported for tests of rules, and without types. */
export const { UnknownValueError, unknownCheckingProxy } = sdk as unknown as {
  readonly UnknownValueError: new (...args: unknown[]) => Error;
  readonly unknownCheckingProxy: (properties: object) => Record<string, unknown>;
};

/** A resource of a program. */
export interface Judged {
  readonly kind?: OfficePolicyKind | "OfficeConfiguration";
  readonly name?: string;
  readonly stack?: string;
  readonly props: Record<string, unknown>;
}

/** Verdict of a rule: its violations, and the values that it waits for. */
export interface Verdicts {
  readonly violations: readonly string[];
  /** The message for a value that is not known yet. */
  readonly waits?: string;
  readonly notApplicable?: string;
}

class NotApplicable extends Error {}

function resourceOf({
  kind = "WindowsOfficeClientConfiguration",
  name = "baseline",
  stack = "dev",
  props,
}: Judged) {
  const type = `pulumi-nodejs:dynamic/officeConfiguration:${kind}`;
  return {
    type,
    name,
    urn: `urn:pulumi:${stack}::test::${type}::${name}`,
    props: unknownCheckingProxy(props),
  };
}

/** The verdicts of a rule on one resource. */
export function judge(rule: OfficeRule, judged: Judged, settings: object = {}): Verdicts {
  assert.ok("validateResource" in rule && typeof rule.validateResource === "function");
  const { validateResource } = rule;
  return verdicts(settings, (args, report) => {
    const all = { ...args, ...resourceOf(judged) } as unknown as sdk.ResourceValidationArgs;
    void validateResource(all, report);
  });
}

/** The verdicts of a rule on a stack, each with the name of the resource that it names. */
export function judgeStack(
  rule: OfficeRule,
  judged: readonly Judged[],
  settings: object = {},
): Verdicts {
  assert.ok("validateStack" in rule);
  const resources = judged.map(resourceOf) as unknown as sdk.PolicyResource[];
  return verdicts(settings, (args, report) => {
    void rule.validateStack({ ...args, resources }, (message, urn) => {
      report(urn === undefined ? message : `${urn.split("::").at(-1)}: ${message}`);
    });
  });
}

interface Args {
  readonly getConfig: <T>() => T;
  readonly notApplicable: (reason?: string) => never;
  readonly stackTags: ReadonlyMap<string, string>;
}

function verdicts(
  settings: object,
  run: (args: Args, report: (message: string) => void) => void,
): Verdicts {
  const violations: string[] = [];
  const args: Args = {
    getConfig: <T>() => settings as T,
    notApplicable: (reason) => {
      throw new NotApplicable(reason);
    },
    stackTags: new Map(),
  };
  try {
    run(args, (message) => violations.push(message));
  } catch (error) {
    if (error instanceof UnknownValueError) return { violations, waits: error.message };
    if (error instanceof NotApplicable) return { violations, notApplicable: error.message };
    throw error;
  }
  return { violations };
}
