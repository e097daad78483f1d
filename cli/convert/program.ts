/**
 * Converted policies as a Pulumi program.
 *
 * @module
 */
import type { PayloadName } from "../../provider/settings/names";
import type { PolicyTarget } from "../../provider/settings/policyTargets";
import { cut } from "../../provider/text/messageText";
import type { SettingKnowledge } from "../export/catalogue";
import { Arguments, type CodeValue, Commented, callsIn, write } from "../export/code";
import { commentText } from "../export/comment";
import { targetsCode } from "../export/intune/targets";
import { payloadCode, whyNoCode } from "../export/payloadCode";
import { importOf } from "../export/program";
import { resourceNames } from "../export/resourceNames";
import { identifiers } from "./identifiers";
import type { ResolvedSetting } from "./resolution";
import type { Road } from "./road";

/** A policy of a program that is written. */
export interface ProgramPolicy {
  readonly displayName: string;
  readonly description?: string | undefined;
  /** Ids of groups; undefined if a person has to choose them. */
  readonly groups?: readonly string[] | undefined;
  /** Targets in Intune; undefined if a person has to choose them. */
  readonly targets?: readonly PolicyTarget[] | undefined;
  /** In the order of the program. */
  readonly settings: readonly ResolvedSetting[];
  /** Sentences about the policy. */
  readonly comments: readonly string[];
}

interface ProgramOptions {
  /** @default cloudPolicy */
  readonly road?: Road;
  /** Whether the policies set the same settings, so that their order decides. */
  readonly isOrdered: boolean;
}

/** Resource of each road. */
const KINDS: Readonly<Record<Road, string>> = {
  cloudPolicy: "WindowsOfficeClientConfiguration",
  intune: "IntuneOfficePolicy",
};

const ORDER = "OfficeClientConfigurationPriorities";

const HEADER = `/**
 * Written by \`office-configuration convert\`. It is yours now: edit it.
 */
`;

/** The text of a program: one resource a policy, and their order. The same policies give the same text. */
export function convertedProgram(
  policies: readonly ProgramPolicy[],
  knowledge: SettingKnowledge,
  { road = "cloudPolicy", isOrdered }: ProgramOptions,
): string {
  const kind = KINDS[road];
  const names = resourceNames(policies.map(({ displayName }) => displayName));
  const constants = identifiers(names);
  const hasOrder = road === "cloudPolicy" && isOrdered && policies.length > 1;
  const written = policies.map((policy, index) => {
    const args = argumentsOf(policy, knowledge, road);
    const comments = policy.comments.filter((text) => text.trim() !== "").map(commentText);
    const start = hasOrder ? `const ${constants[index]} = ` : "";
    const name = JSON.stringify(names[index]);
    return { args, text: `${comments.join("")}${start}new ${kind}(${name}, ${write(args)});\n` };
  });
  const calls = written.flatMap(({ args }) => [...args.values.values()].flatMap(callsIn));
  const imports = [...[...new Set(calls)].sort(), ...(hasOrder ? [ORDER] : []), kind];
  return [
    HEADER + importOf(imports),
    ...written.map(({ text }) => text),
    ...(hasOrder ? [orderOf(constants)] : []),
  ].join("\n");
}

function argumentsOf(
  { displayName, description, groups, targets, settings }: ProgramPolicy,
  knowledge: SettingKnowledge,
  road: Road,
): Arguments {
  const nameInput = road === "intune" ? "name" : "displayName";
  const args = new Map<string, CodeValue>([[nameInput, nameText(displayName)]]);
  const about = cut(description?.toWellFormed().trim() ?? "", MAX_DESCRIPTION[road] - 1);
  if (about !== "") args.set("description", about);
  if (road === "intune") args.set("assignments", targets ? targetsCode(targets) : NO_TARGETS);
  else args.set("assignments", groups === undefined ? NO_GROUPS : [...groups]);
  for (const payload of ["policies", "userPreferences"] as const) {
    const code = codeOf(payload, settings, knowledge);
    if (code !== undefined) args.set(payload, code);
  }
  return new Arguments(args);
}

const NO_GROUPS = new Commented(
  [],
  "Fill in the ids of Microsoft Entra groups: without one, the policy reaches nobody.",
);

const NO_TARGETS = new Commented(
  [],
  'Fill in whom it is for: ids of Microsoft Entra groups, or { all: "users" }. Else it reaches nobody.',
);

/** Longest name and description that the provider takes, in UTF-16 units. */
const MAX_NAME = 256;
const MAX_DESCRIPTION: Readonly<Record<Road, number>> = { cloudPolicy: 2048, intune: 1000 };

function nameText(name: string): string {
  return cut(name.toWellFormed(), MAX_NAME - 1).trim() || "Office settings";
}

function codeOf(
  payload: PayloadName,
  settings: readonly ResolvedSetting[],
  knowledge: SettingKnowledge,
): CodeValue | undefined {
  const own = settings.filter((setting) => setting.payload === payload);
  if (own.length === 0) return undefined;
  const bytes = Buffer.from(
    JSON.stringify(own.map(({ settingId, value }) => ({ settingId, value }))),
  );
  const code = payloadCode(bytes, knowledge);
  // Each of them was judged alone, and no two are the same.
  if (code === undefined) throw new Error(`no program can have the settings: ${whyNoCode(bytes)}`);
  return code;
}

function orderOf(constants: readonly string[]): string {
  const ids = constants.map((constant) => `    ${constant}.configurationId,\n`);
  return `// The first policy wins where several set the same. All other policies of the tenant keep their rank.
new ${ORDER}("order", {
  configurationIds: [
${ids.join("")}  ],
});
`;
}
