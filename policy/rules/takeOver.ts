import { configKey } from "../../provider/graph/config/settingSources";
import { stackSettings } from "../stackConfig";
import { patternOf } from "./pattern";
import { policyRule } from "./rule";

interface Settings {
  readonly stacks?: string;
}

const KINDS_TAKEN_OVER: ReadonlySet<string> = new Set([
  "WindowsOfficeClientConfiguration",
  "WindowsOfficeClientSecurityConfiguration",
  "IntuneOfficePolicy",
]);

/** Judges the stack by its first policy, before that is created. @param env - The environment of the pack. */
export function noTakeOver(env: NodeJS.ProcessEnv) {
  let isTold = false;
  return policyRule<Settings>({
    name: "no-take-over",
    description: "Stacks of a pattern take no policy over because it is identical.",
    remedy: `Remove ${configKey("takeOver")}, and take policies over one by one, with the input adopt.`,
    settings: {
      stacks: {
        type: "string",
        description:
          "Regular expression for the names of stacks that may not have officeConfiguration:takeOver. The rule does nothing without it.",
      },
    },
    check(policy, report, { stacks }, args) {
      if (stacks === undefined) return args.notApplicable("No stacks are configured.");
      if (isTold || !KINDS_TAKEN_OVER.has(policy.kind)) return;
      const { regExp, problem } = patternOf("stacks", stacks);
      const stack = stackOf(policy.urn);
      const source = regExp?.test(stack) ? sourceOfTakeOver(env) : undefined;
      if (problem === undefined && source === undefined) return;
      isTold = true;
      report(
        problem ??
          `${source} is identical, and the stack "${stack}" matches ${stacks}.\nRemove ${source}, and take policies over one by one, with the input adopt.`,
      );
    },
  });
}

/** Name of the key or variable that sets the take-over; undefined if none does. */
function sourceOfTakeOver(env: NodeJS.ProcessEnv): string | undefined {
  const sources = stackSettings(env);
  const found = sources.find("takeOver");
  return found?.value === "identical" ? sources.nameOf("takeOver", found) : undefined;
}

/** The name of the stack in a URN: `urn:pulumi:contoso::project::type::name`. */
function stackOf(urn: string): string {
  return urn.split("::", 1)[0]?.replace(/^urn:pulumi:/, "") ?? "";
}
