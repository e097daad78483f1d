import { oneLine } from "../../provider/text/messageText";
import { listStacks } from "../pulumi";
import { say } from "../terminal";
import { type FleetProject, readFleetFile } from "./fleetFile";
import { tenants } from "./resultWords";
import { type FleetStack, fleetStacks, type Shard, selected } from "./stacks";

/** Options by which a command names stacks. */
export interface StackChoice {
  /** Patterns of names. */
  readonly stacks: readonly string[];
  /** Path of another file than fleet.yaml. */
  readonly fleet?: string | undefined;
  readonly tag?: string | undefined;
  readonly shard?: Shard | undefined;
}

/**
 * The stacks that a command is for.
 *
 * @throws TypeError if there are none.
 */
export async function chosenStacks(
  project: FleetProject,
  options: StackChoice,
): Promise<FleetStack[]> {
  const file = readFleetFile(project, options.fleet);
  const [listed, tagged] = await Promise.all([
    listStacks(project.folder),
    options.tag === undefined ? undefined : listStacks(project.folder, options.tag),
  ]);
  const names = tagged && new Set(tagged.map(({ name }) => name));
  const all = fleetStacks(listed, file);
  const others = listed.length - all.filter(({ isNew }) => !isNew).length;
  if (others > 0) say(`note: not in fleet.yaml, and not run: ${tenants(others)} of the project`);
  if (all.length === 0) {
    throw new TypeError(
      `the project ${project.name} has no stacks in this backend: \`pulumi stack init <stack>\` makes one, fleet.yaml many (docs/fleet.md)`,
    );
  }
  if (names?.size === 0) {
    throw new TypeError(
      `no stack of the project ${project.name} has the tag ${oneLine(options.tag ?? "", 100)}. \`pulumi stack tag ls --stack <stack>\` lists a stack's tags`,
    );
  }
  const some = all.filter(({ name }) => names?.has(name) !== false);
  return selected(some, { patterns: options.stacks, shard: options.shard });
}
