/**
 * The requests of an update: a PATCH for texts and scope tags, a PUT of the whole policy for settings, and `assign`.
 *
 * @module
 */
import {
  assignPolicy,
  type PolicyAnswer,
  type PolicyBody,
  patchPolicy,
  putPolicy,
  settingsBody,
} from "../../api/configurationPolicies";
import type { ConfigurationPolicyReader, WholePolicy } from "../../api/configurationPolicyReader";
import { readTarget, targetJson } from "../../api/policyTargets";
import { OfficeConfigurationError } from "../../graph";
import type { IntuneSettings } from "../../intune/intuneSettings";
import { mergeSettings } from "../../intune/merging";
import { valuesIn } from "../../intune/values";
import { difference } from "../../settings/differences";
import type { PlainObject } from "../../settings/json";
import { isSecretIn, secretsOf } from "../../settings/label";
import { mergePayload } from "../../settings/merge";
import { targetsOf, targetText } from "../../settings/policyTargets";
import { type TenantDifference, tenantChangesInWords } from "../../settings/words";
import type { LifecycleContext } from "../../update/lifecycle";
import { PLATFORMS } from "./create";
import { gone, unfit } from "./refusals";
import { intuneLabel, valuesOf } from "./stored";

/** The names of properties that a PATCH can change. */
const PATCHABLE = ["name", "description", "roleScopeTagIds"] as const;

/** An update, and all that it needs. */
export interface Update {
  readonly context: LifecycleContext;
  readonly reader: ConfigurationPolicyReader;
  readonly settings: () => IntuneSettings;
  readonly id: string;
  readonly olds: PlainObject;
  readonly news: PlainObject;
  /** Names of the properties that differ. */
  readonly changed: readonly string[];
}

/** Sends all changes but those of the targets. */
export async function sendChanges(update: Update): Promise<void> {
  const { context, reader, id, news, changed } = update;
  if (changed.includes("policies")) return replace(update);
  const body = changesOf(news, changed);
  if (Object.keys(body).length === 0) return;
  await patchPolicy(context.graph, id, body, reader.call("Updating"));
}

/** The changed texts and scope tags. Tags that the program no longer gives stay. */
function changesOf(news: PlainObject, changed: readonly string[]) {
  const names = PATCHABLE.filter((name) => changed.includes(name));
  const entries = names.map((name) => [
    name,
    news[name] ?? (name === "description" ? "" : undefined),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Partial<
    Pick<PolicyBody, "name" | "description" | "roleScopeTagIds">
  >;
}

/** Reads the whole policy, changes what the program names, and writes the whole back. */
async function replace(update: Update): Promise<void> {
  const { context, reader, id, olds, news, changed } = update;
  const settings = update.settings();
  const values = valuesOf(news.policies);
  const dropped = new Set([...valuesOf(olds.policies).keys()].filter((key) => !values.has(key)));
  const found = await reader.wholeNow(id);
  if (found === undefined) throw gone(reader, id);
  const refusal = unfit(reader, found);
  if (refusal !== undefined) throw refusal;
  requireKnown(reader, dropped, settings);
  for (const line of changesInTenant(found, { olds, news, settings, context })) context.log(line);
  const { instances, others } = mergeSettings(found.instances, { values, dropped }, settings);
  if (others > 0)
    context.log(`${reader.label}: keeps ${counted(others)} that the program does not name`);
  const body = { ...wholeBody(found.policy), ...changesOf(news, changed) };
  const whole = { ...body, settings: settingsBody(instances) };
  await putPolicy(context.graph, id, whole, reader.call("Updating"));
}

/** @throws OfficeConfigurationError if the catalogue no longer has a setting that is to be removed. */
function requireKnown(
  { subject }: ConfigurationPolicyReader,
  dropped: ReadonlySet<string>,
  { known }: IntuneSettings,
): void {
  const lost = [...dropped].filter((id) => known.find(id)?.intune === undefined);
  if (lost.length === 0) return;
  throw new OfficeConfigurationError(
    `${subject}: ${lost.join(", ")} cannot be removed, as the catalogue no longer has Intune's definition. Nothing was changed. Build the catalogue again with all definitions (catalogue build --intune).`,
  );
}

/** Number of settings, for a line. */
export function counted(settings: number): string {
  return `${settings} setting${settings === 1 ? "" : "s"}`;
}

/** All that a PUT must repeat, as the policy has it. */
function wholeBody(policy: PolicyAnswer): Omit<PolicyBody, "settings"> {
  const { name, description, platforms, technologies, roleScopeTagIds, templateReference } = policy;
  if (name == null || technologies == null) {
    throw new OfficeConfigurationError(
      `The policy ${policy.id} does not tell its name and technologies, so its settings cannot be written. Nothing was changed.`,
    );
  }
  return {
    name,
    description: description ?? "",
    platforms: platforms ?? PLATFORMS,
    technologies,
    ...(roleScopeTagIds != null && { roleScopeTagIds }),
    ...(templateReference != null && { templateReference }),
  };
}

/** Changes of named settings that somebody has made since the state was written, in words. */
function changesInTenant(
  { instances }: WholePolicy,
  {
    olds,
    news,
    settings,
    context,
  }: Pick<Update, "olds" | "news" | "context"> & { readonly settings: IntuneSettings },
): string[] {
  const [base, ours] = [valuesOf(olds.policies), valuesOf(news.policies)];
  const theirs = valuesIn(instances, settings, new Map([...ours, ...base]));
  const secrets = new Set([...secretsOf(olds), ...secretsOf(news)]);
  const { changes } = mergePayload({
    base: Object.fromEntries(base),
    theirs: Object.fromEntries(theirs),
    ours: Object.fromEntries(ours),
  });
  // A setting that the program begins to name is not of the state: its preview has told of it.
  const told = changes.filter(({ key }) => key !== undefined && base.has(key));
  const differences = told.map(
    ({ key = "", before: old, after: next, isKept }): TenantDifference => {
      const isSecret = isSecretIn(secrets, "policies", key);
      return { ...difference(["policies", key], "settings", { old, next, isSecret }), isKept };
    },
  );
  return tenantChangesInWords(intuneLabel(olds, news), differences, context.glossary);
}

/** Replaces the targets. Those that somebody has added since, and those that a program cannot write, are kept. */
export async function sendTargets({ context, reader, id, olds, news }: Update): Promise<void> {
  const ours = targetsOf(news) ?? [];
  const known = new Set([...(targetsOf(olds) ?? []), ...ours].map(targetText));
  const isManaged = targetsOf(olds) !== undefined;
  const theirs = await reader.targets(id);
  const kept = theirs.filter((json) => {
    const target = readTarget(json);
    return target === undefined || (isManaged && !known.has(targetText(target)));
  });
  for (const json of kept) {
    const target = readTarget(json);
    const text = target === undefined ? json["@odata.type"] : targetText(target);
    const shown = secretsOf(news).includes("assignments") ? "[secret]" : text;
    context.log(`${reader.label}: assignments ${shown} was added in the tenant since, and is kept`);
  }
  const targets = [...ours.map(targetJson), ...kept];
  await assignPolicy(context.graph, id, targets, reader.call("Assigning"));
}
