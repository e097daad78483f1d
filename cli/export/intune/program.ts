/**
 * Intune's policies of a tenant as a Pulumi program.
 *
 * @module
 */
import { templateOf } from "../../../provider/api/configurationPolicies";
import type { WholePolicy } from "../../../provider/api/configurationPolicyReader";
import { listing } from "../../../provider/catalogue/listing";
import type { IntuneSettings } from "../../../provider/intune/intuneSettings";
import { show } from "../../../provider/settings/show";
import type { IntuneContent } from "../../tenant/readIntune";
import type { SettingKnowledge } from "../catalogue";
import { Arguments, type CodeValue, callsIn, write } from "../code";
import { commentText, oneLine } from "../comment";
import type { GroupNames } from "../groupNames";
import { type ExportedProgram, importOf } from "../program";
import { resourceNames } from "../resourceNames";
import { inputsOf, type PolicyInputs } from "./inputs";
import { type LeftText, leftText } from "./leftText";
import { type PolicySettings, settingsOfPolicy } from "./settings";
import { groupsOf } from "./targets";

const KIND = "IntuneOfficePolicy";

const HEADER = `/**
 * Written by \`office-configuration export --intune\`: the settings of Office in Intune's settings
 * catalogue of a tenant. Settings have the form that Cloud Policy has.
 *
 * \`adopt\` takes over the policy that is there in place of making one. After the first
 * \`pulumi up\` it may stay or go. Without it, the program makes the policies in another tenant.
 * What a policy has besides stays as it is.
 */
`;

/** Knowledge that a program is written with. */
export interface IntuneKnowledge {
  readonly settings: IntuneSettings;
  readonly catalogue: SettingKnowledge;
  readonly groupNames: GroupNames;
}

/** A policy of Office, and what of it a program can have. */
interface OfficePolicy {
  readonly whole: WholePolicy;
  readonly content: PolicySettings;
  /** Inputs of its resource; a clause if it can be none. */
  readonly inputs: PolicyInputs | string;
}

/** Policies of a tenant, sorted by whether they are Office's. */
export interface OfficePolicies {
  readonly ours: readonly OfficePolicy[];
  /** Number of policies for Windows without a setting of Office. */
  readonly without: number;
  readonly others: IntuneContent["others"];
}

/** Finds the policies of Office. */
export function officePolicies(
  { policies, others }: IntuneContent,
  settings: IntuneSettings,
): OfficePolicies {
  const ours = policies.flatMap((whole) => {
    const content = settingsOfPolicy(whole.instances, settings);
    const isOurs = content.values.size > 0 || content.left.length > 0;
    return isOurs ? [{ whole, content, inputs: inputsOrRefusal(whole, content) }] : [];
  });
  return { ours, without: policies.length - ours.length, others };
}

/** Ids of the groups that the program will name. */
export function groupsIn({ ours }: OfficePolicies): string[] {
  return ours.flatMap(({ inputs }) =>
    typeof inputs === "string" ? [] : groupsOf(inputs.assignments),
  );
}

/** Writes the program: one resource a policy, the same text for the same tenant. */
export function exportedIntuneProgram(
  { ours, without, others }: OfficePolicies,
  knowledge: IntuneKnowledge,
): ExportedProgram {
  const used = ours.flatMap(({ inputs }) => (typeof inputs === "string" ? [] : [inputs.name]));
  const names = resourceNames(used);
  const titles = titlesOf(ours);
  const written = ours.map((policy, index) => {
    const name = typeof policy.inputs === "string" ? "" : (names.shift() ?? "");
    return statement(policy, { name, title: titles[index] ?? "", knowledge });
  });
  const ends = [...withoutOffice(without), ...ofOtherPlatforms(others)];
  const calls = [...new Set(written.flatMap((each) => each.calls))].sort();
  const imports = used.length === 0 ? "" : importOf([KIND, ...calls].sort(byCode));
  return {
    text: [
      HEADER + imports,
      ...written.map(({ text }) => text),
      ...ends.map(({ all }) => sentence(all)),
    ].join("\n"),
    count: used.length,
    notes: [...written.flatMap(({ notes }) => notes), ...ends.map(({ some }) => some)],
  };
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function inputsOrRefusal(whole: WholePolicy, { values, left }: PolicySettings) {
  const template = templateOf(whole.policy);
  if (template !== undefined) {
    return `it was made from the template ${show(template)}, whose settings need references that a program does not have`;
  }
  if (values.size > 0) return inputsOf(whole);
  const [reason, ...others] = new Set(left.map((each) => each.reason));
  const isOne = left.length === 1;
  const none = isOne
    ? "a program cannot have its one setting of Office"
    : `a program can have none of its ${left.length} settings of Office`;
  return others.length > 0 ? none : `${none}, ${isOne ? "because" : "each because"} ${reason}`;
}

interface StatementOptions {
  /** Name of the resource. */
  readonly name: string;
  /** Name of the policy on a screen. */
  readonly title: string;
  readonly knowledge: IntuneKnowledge;
}

interface Statement {
  readonly text: string;
  readonly notes: readonly string[];
  /** Functions of the package that it calls. */
  readonly calls: readonly string[];
}

function statement(policy: OfficePolicy, { name, title, knowledge }: StatementOptions): Statement {
  const { whole, content, inputs } = policy;
  const titled = (lines: readonly string[]) => lines.map((line) => `${title}: ${line}`);
  if (typeof inputs === "string") {
    const why = `is left out: ${oneLine(inputs)}`;
    const details = reasonsOf(policy, knowledge);
    const comments = [`${nameAndId(whole)} ${why}`, ...details.all].map(sentence).join("");
    return { text: comments, notes: [`${title} ${why}`, ...titled(details.some)], calls: [] };
  }
  const left = leftText(content, knowledge.settings.known);
  const args = inputs.args(content.values, knowledge);
  const comments = [...inputs.notes, ...left.all].map(sentence).join("");
  return {
    text: `${comments}new ${KIND}(${JSON.stringify(name)}, ${write(new Arguments(args))});\n`,
    notes: titled([...inputs.notes, ...left.some]),
    calls: [...args.values()].flatMap((each: CodeValue) => callsIn(each)),
  };
}

/** The reasons why a program can have no setting of a policy, if there are several. */
function reasonsOf({ content, whole }: OfficePolicy, { settings }: IntuneKnowledge): LeftText {
  const { values, left } = content;
  const isSeveral = new Set(left.map(({ reason }) => reason)).size > 1;
  const isWhy = values.size === 0 && templateOf(whole.policy) === undefined && isSeveral;
  return isWhy ? leftText({ ...content, others: 0 }, settings.known) : { all: [], some: [] };
}

function nameAndId({ id, policy }: WholePolicy): string {
  return `"${oneLine(policy.name ?? "")}" (${id})`;
}

/** Names of policies on a screen: with their ids where several have the same. */
function titlesOf(policies: readonly OfficePolicy[]): string[] {
  const names = policies.map(({ whole }) => `"${oneLine(whole.policy.name ?? "")}"`);
  return policies.map(({ whole }, index) => {
    const name = names[index] ?? "";
    return names.indexOf(name) === names.lastIndexOf(name) ? name : nameAndId(whole);
  });
}

/** A clause as a comment. */
function sentence(clause: string): string {
  return commentText(`${clause}.`);
}

/** A clause for the program, and a shorter one for the screen. */
interface Ending {
  readonly all: string;
  readonly some: string;
}

function withoutOffice(count: number): Ending[] {
  if (count === 0) return [];
  const text =
    count === 1
      ? "1 policy is left out: it has no settings of Office"
      : `${count} policies are left out: they have no settings of Office`;
  return [{ all: text, some: text }];
}

/** Most policies that a note names. */
const MOST_NAMED = 4;

function ofOtherPlatforms(others: IntuneContent["others"]): Ending[] {
  if (others.length === 0) return [];
  const names = others.map(
    ({ name, platforms }) => `"${oneLine(name ?? "")}" (${oneLine(platforms ?? "")})`,
  );
  const what =
    others.length === 1
      ? "1 policy is left out, as it is for another platform"
      : `${others.length} policies are left out, as they are for other platforms`;
  const text = (most: number) => `${what}: ${listing(names, most, "and")}`;
  return [{ all: text(names.length), some: text(MOST_NAMED) }];
}
