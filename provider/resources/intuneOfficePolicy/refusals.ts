/**
 * Refusals, each with the ways out.
 *
 * @module
 */
import { isForWindows, type PolicyAnswer, templateOf } from "../../api/configurationPolicies";
import type { ConfigurationPolicyReader } from "../../api/configurationPolicyReader";
import { OfficeConfigurationError } from "../../graph";
import { show } from "../../settings/show";
import type { LifecycleContext } from "../../update/lifecycle";
import type { FoundPolicy } from "./create";

/** Most policies that one message names. */
const MOST_NAMED = 3;

/** The error for a name that other policies have. */
export function nameTaken(
  { claims }: Pick<LifecycleContext, "claims">,
  { subject }: ConfigurationPolicyReader,
  others: readonly FoundPolicy[],
): OfficeConfigurationError {
  const named = others.slice(0, MOST_NAMED).map(({ id, policy }) => {
    const owner = claims.liveOwner(id)?.name;
    const whose = owner === undefined ? "" : `, the resource "${owner}" of this stack`;
    return `  ${id}${whose} (${holdings(policy)})`;
  });
  const more = others.length > MOST_NAMED ? [`  and ${others.length - MOST_NAMED} more`] : [];
  const what = others.length === 1 ? "another policy" : `${others.length} policies`;
  return new OfficeConfigurationError(
    [
      `${subject} is refused: the tenant has ${what} of this name. Nothing was made.`,
      ...named,
      ...more,
      "To go on, give the resource another name, or one of these:",
      '  aliases: [{ name: "<old name>" }]: if it was renamed in the program',
      `  adopt: { id: "${others[0]?.id}" }: to take that policy over, for example if an interrupted update, on this machine or another, made it`,
    ].join("\n"),
  );
}

function holdings(policy: PolicyAnswer): string {
  const { settingCount } = policy;
  const count = settingCount == null ? "settings not told" : `${settingCount} settings`;
  return settingCount === 1 ? "1 setting" : count;
}

/** The error for a policy that cannot be a resource. @returns undefined if it can. */
export function unfit(
  { subject }: ConfigurationPolicyReader,
  { id, policy }: FoundPolicy,
): OfficeConfigurationError | undefined {
  const template = templateOf(policy);
  if (template !== undefined) {
    return new OfficeConfigurationError(
      `${subject} (${id}) was made from the template ${show(template)}, whose settings need references that a program does not have. Create a policy of your own instead.`,
    );
  }
  if (isForWindows(policy)) return undefined;
  return new OfficeConfigurationError(
    `${subject} (${id}) is a policy for ${show(policy.platforms)}, and settings of Office are for Windows. Create a policy of your own instead.`,
  );
}

/** The error for an update of a policy that the tenant no longer has. */
export function gone({ subject }: ConfigurationPolicyReader, id: string): OfficeConfigurationError {
  return new OfficeConfigurationError(
    `${subject} (${id}) is gone from the tenant. Run \`pulumi refresh\`; the next \`pulumi up\` recreates it.`,
  );
}
