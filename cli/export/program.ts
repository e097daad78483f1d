/**
 * A tenant as a Pulumi program.
 *
 * @module
 */

import { problemLine } from "../../provider/settings/inputProblem";
import { inputProblems } from "../../provider/settings/inputs/clientConfiguration";
import { PAYLOAD_NAMES, type PayloadName } from "../../provider/settings/names";
import type { TenantPolicy } from "../tenant/readTenant";
import { whyNotCarried } from "./carried";
import type { SettingKnowledge } from "./catalogue";
import { Arguments, type CodeValue, Commented, callsIn, write } from "./code";
import { oneLine } from "./comment";
import type { GroupNames } from "./groupNames";
import { isEmptyPayload, payloadCode, whyNoCode } from "./payloadCode";
import { resourceNames } from "./resourceNames";

/** The text of a program, and what it does not hold. */
export interface ExportedProgram {
  readonly text: string;
  /** Number of policies that are resources in it. */
  readonly count: number;
  /** A line for each policy or payload that it has not. */
  readonly notes: readonly string[];
}

const HEADER = `/**
 * Written by \`office-configuration export\`: the policies of a tenant, the one that wins first.
 *
 * \`adopt\` takes over the policy that is there in place of making one. After the first
 * \`pulumi up\` it may stay or go. Without it, the program makes the policies in another tenant.
 */
`;

/** Writes the program: one resource a policy, the same text for the same tenant. */
export function exportedProgram(
  policies: readonly TenantPolicy[],
  catalogue: SettingKnowledge,
  groupNames: GroupNames = new Map(),
): ExportedProgram {
  const notes: string[] = [];
  const calls = new Set<string>();
  const names = resourceNames(policies.map(({ displayName }) => displayName));
  const statements = policies.map((policy, index) => {
    const refused = refusal(policy);
    const title = `"${oneLine(policy.displayName)}" (${policy.id})`;
    if (refused !== undefined) {
      notes.push(`${title} is left out: ${refused}`);
      return `// ${title} is left out: ${oneLine(refused)}\n`;
    }
    return resource(names[index] ?? policy.id, policy, {
      catalogue,
      groupNames,
      notes,
      calls,
      title,
    });
  });
  const used = policies.filter((policy) => refusal(policy) === undefined);
  const kinds = [...new Set(used.map(({ kind }) => kind))].sort();
  const imports = kinds.length === 0 ? [] : [importOf([...[...calls].sort(), ...kinds])];
  return { text: [HEADER + imports.join(""), ...statements].join("\n"), count: used.length, notes };
}

/** Why the provider would not take a policy; undefined if it would. */
function refusal({ scalars, assignments }: TenantPolicy) {
  const inputs = { ...scalars, ...(assignments !== undefined && { assignments }) };
  for (const [name, value] of Object.entries(inputs)) {
    const lost = whyNotCarried(value);
    if (lost !== undefined) return `${name} ${lost}, which Pulumi would not keep`;
  }
  const [problem] = inputProblems(inputs);
  return problem === undefined ? undefined : problemLine(problem);
}

/** The statement that imports names from this package. */
export function importOf(names: readonly string[]): string {
  const from = ' from "pulumi-office-configuration";\n';
  const flat = `import { ${names.join(", ")} }${from}`;
  return flat.length <= 100 ? flat : `import {\n  ${names.join(",\n  ")},\n}${from}`;
}

interface ResourceOptions {
  readonly catalogue: SettingKnowledge;
  readonly groupNames: GroupNames;
  readonly notes: string[];
  /** Functions of the package that the program calls. */
  readonly calls: Set<string>;
  readonly title: string;
}

function resource(name: string, policy: TenantPolicy, options: ResourceOptions): string {
  const { id, kind, scalars, assignments } = policy;
  const args = new Map<string, CodeValue>([["adopt", { id }]]);
  for (const [input, value] of Object.entries(scalars)) args.set(input, value);
  const missing: [input: string, reason: string][] = [];
  // Also where there is none: a group that somebody adds is then seen as drift.
  if (assignments !== undefined) args.set("assignments", groupsCode(assignments, options));
  else missing.push(["assignments", "it is for something else than groups too"]);
  for (const payload of PAYLOAD_NAMES) {
    const bytes = policy[payload];
    if (bytes === undefined || isLeftAside(payload, bytes)) continue;
    const code = payloadCode(bytes, options.catalogue);
    for (const call of callsIn(code)) options.calls.add(call);
    if (code !== undefined) args.set(payload, code);
    else missing.push([payload, whyNoCode(bytes) ?? ""]);
  }
  const notes = missing.map(
    ([input, reason]) =>
      `${input} is left out, and stays as it is in the tenant: ${oneLine(reason)}`,
  );
  options.notes.push(...notes.map((note) => `${options.title}: ${note}`));
  const comments = notes.map((note) => `// ${note}\n`).join("");
  return `${comments}new ${kind}(${JSON.stringify(name)}, ${write(new Arguments(args))});\n`;
}

/** Whether nothing is said of a payload: nearly every policy has no preferences, often as an empty list. */
function isLeftAside(payload: PayloadName, bytes: Uint8Array): boolean {
  return payload === "userPreferences" && isEmptyPayload(bytes);
}

function groupsCode(ids: readonly string[], { groupNames }: ResourceOptions): CodeValue {
  return [...ids].sort().map((id) => {
    const name = groupNames.get(id.toLowerCase());
    return name === undefined ? id : new Commented(id, name);
  });
}
