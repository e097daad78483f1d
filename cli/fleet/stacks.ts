/**
 * The stacks of a fleet: those of the project, or of fleet.yaml, by pattern, tag and shard.
 *
 * @module
 */
import { z } from "zod";
import { oneLine } from "../../provider/text/messageText";
import { nearestName } from "../../provider/text/nearestName";
import { jsonOf } from "../jsonOf";
import { type ListedStack, runPulumi } from "../pulumi";
import type { FleetFile, StackOverrides } from "./fleetFile";

/** A stack of a fleet. */
export interface FleetStack extends ListedStack {
  /** Whether the backend does not have it yet. */
  readonly isNew: boolean;
  /** Its part of fleet.yaml. */
  readonly overrides?: StackOverrides | undefined;
}

/** A part of a fleet: the second of five. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Choice of stacks of a fleet. */
export interface Selection {
  /** Names, with `*` and `?`; all stacks if there are none. */
  readonly patterns: readonly string[];
  readonly shard?: Shard | undefined;
}

const identitySchema = z.looseObject({ url: z.string().optional() });

/** Address of the backend of a project. It may hold a password. */
export async function backendAddress(folder: string): Promise<string> {
  const text = await runPulumi(["whoami", "--json"], { folder });
  const { data } = identitySchema.safeParse(jsonOf(text));
  if (data === undefined) throw new Error("`pulumi whoami` printed no backend");
  return data.url ?? "";
}

/** The stacks of a fleet, in the order of their names: those of fleet.yaml, or else of the backend. */
export function fleetStacks(
  listed: readonly ListedStack[],
  file: FleetFile | undefined,
): FleetStack[] {
  const byName = new Map(listed.map((stack) => [stack.name, stack]));
  const stacks =
    file === undefined
      ? listed.map((stack) => ({ ...stack, isNew: false }))
      : [...file.stacks].map(([name, overrides]) => {
          const found = byName.get(name);
          return { ...(found ?? { name }), isNew: found === undefined, overrides };
        });
  return stacks.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The stacks that a selection means.
 *
 * @throws TypeError if a pattern means none.
 */
export function selected(
  stacks: readonly FleetStack[],
  { patterns, shard }: Selection,
): FleetStack[] {
  const matchers = patterns.map((pattern) => ({ pattern, matches: matcher(pattern) }));
  for (const { pattern, matches } of matchers) {
    if (stacks.some(({ name }) => matches(name))) continue;
    const near = nearestName(
      pattern,
      stacks.map(({ name }) => name),
    );
    const hint = near === undefined ? "" : ` Did you mean ${oneLine(near, 100)}?`;
    throw new TypeError(
      `no stack of ${stacks.length} is called ${oneLine(pattern, 100)}.${hint} \`pulumi stack ls\` lists those of the project.`,
    );
  }
  return stacks
    .filter(({ name }) => matchers.length === 0 || matchers.some(({ matches }) => matches(name)))
    .filter((_, place) => shard === undefined || place % shard.of === shard.index - 1);
}

function matcher(pattern: string): (name: string) => boolean {
  const parts = pattern.split(/([*?])/).map((part) => {
    if (part === "*") return ".*";
    return part === "?" ? "." : part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  });
  const whole = new RegExp(`^(?:${parts.join("")})$`, "su");
  return (name) => whole.test(name);
}
