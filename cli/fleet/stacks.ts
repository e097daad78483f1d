/**
 * The stacks of a fleet: those of the project, or of fleet.yaml, by pattern, tag and shard.
 *
 * @module
 */
import { ExecaError, execa } from "execa";
import { z } from "zod";
import { oneLine } from "../../provider/text/messageText";
import { nearestName } from "../../provider/text/nearestName";
import type { FleetFile, StackOverrides } from "./fleetFile";

/** A stack of the backend. */
export interface ListedStack {
  readonly name: string;
  /** Time of its last update; undefined if it had none. */
  readonly lastUpdate?: string | undefined;
}

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

/** Which stacks of a fleet are meant. */
export interface Selection {
  /** Names, with `*` and `?`; all stacks if there are none. */
  readonly patterns: readonly string[];
  readonly shard?: Shard | undefined;
}

const listSchema = z.array(z.looseObject({ name: z.string(), lastUpdate: z.string().optional() }));

const identitySchema = z.looseObject({ url: z.string().optional() });

/** Questions to the backend, by Pulumi's CLI in the project's folder. */
export class Backend {
  constructor(
    private readonly folder: string,
    private readonly command = "pulumi",
  ) {}

  /** The stacks of the project. @param tag - Only those with this tag: `ring` or `ring=pilot`. */
  async stacks(tag?: string): Promise<ListedStack[]> {
    const filter = tag === undefined ? [] : ["--tag", tag];
    return listSchema.parse(await this.#json("stack", "ls", "--json", ...filter));
  }

  /** Address of the backend. It may hold a password. */
  async address(): Promise<string> {
    return identitySchema.parse(await this.#json("whoami", "--json")).url ?? "";
  }

  async #json(...args: string[]): Promise<unknown> {
    try {
      const { stdout } = await execa(this.command, [...args, "--non-interactive"], {
        cwd: this.folder,
        env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
        stdin: "ignore",
      });
      return JSON.parse(stdout);
    } catch (error) {
      if (!(error instanceof ExecaError)) throw error;
      if (error.code === "ENOENT") throw new Error(NO_CLI, { cause: error });
      const said = oneLine(String(error.stderr ?? "")).replace(/^error: /, "");
      throw new Error(
        `\`pulumi ${args.slice(0, 2).join(" ")}\` failed: ${said || error.shortMessage}`,
        {
          cause: error,
        },
      );
    }
  }
}

const NO_CLI =
  "the program `pulumi` is not on the PATH: install Pulumi's CLI, from https://www.pulumi.com/docs/iac/download-install/";

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
