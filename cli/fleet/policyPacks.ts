/**
 * Policy packs of a fleet: where they are, and whether Pulumi can run them, before a hundred stacks say that it cannot.
 *
 * @module
 */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isPlainObject } from "../../provider/settings/json";
import { oneLine } from "../../provider/text/messageText";
import { jsonOf } from "../jsonOf";
import { CommandFailure } from "../options";
import { runPulumi } from "../pulumi";
import { FAILED } from "./exitCode";
import { packHash, textOf } from "./programFiles";
import { hashOf } from "./record";

/** Policy packs that judge each stack. */
export interface PolicyPacks {
  /** Folders as the user named them. */
  readonly named: readonly string[];
  /** Folders from the root. */
  readonly folders: readonly string[];
  /** Files with their configuration, from the root: as many as there are folders, or none. */
  readonly configs: readonly string[];
}

/**
 * The packs that options name, from the folder that the user is in.
 *
 * @throws TypeError if a folder or a file is not there, or is not what it must be.
 */
export function policyPacksOf(named: readonly string[], configs: readonly string[]): PolicyPacks {
  if (configs.length > 0 && configs.length !== named.length) {
    throw new TypeError(
      named.length === 0
        ? "--policy-pack-config belongs to a --policy-pack: give that, too"
        : "give one --policy-pack-config for each --policy-pack, in the same order; {} is the content for a pack that needs none",
    );
  }
  return {
    named,
    folders: named.map(packFolder),
    configs: configs.map(configFile),
  };
}

function packFolder(named: string): string {
  const folder = resolve(named);
  const shown = oneLine(named, 200);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new TypeError(
      `--policy-pack ${shown}: there is no such folder. It is looked for from the folder that you are in`,
    );
  }
  if (statSync(join(folder, "PulumiPolicy.yaml"), { throwIfNoEntry: false }) === undefined) {
    throw new TypeError(
      `--policy-pack ${shown}: the folder has no PulumiPolicy.yaml, so it is no policy pack. That of this package is node_modules/pulumi-office-configuration/policy-pack`,
    );
  }
  return folder;
}

function configFile(named: string): string {
  const file = resolve(named);
  const shown = oneLine(named, 200);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new TypeError(`--policy-pack-config ${shown} cannot be read (${code})`, { cause: error });
  }
  if (isPlainObject(jsonOf(text))) return file;
  throw new TypeError(
    `--policy-pack-config ${shown} is no JSON object of rules, such as { "no-machine-setting": "disabled" }`,
  );
}

/** Options of the Automation API. The CLI splits folders and files at commas, unless they are quoted as in CSV. */
export function givenPacks({ folders, configs }: PolicyPacks): {
  policyPacks?: string[];
  policyPackConfigs?: string[];
} {
  if (folders.length === 0) return {};
  return {
    policyPacks: folders.map(csvField),
    ...(configs.length > 0 && { policyPackConfigs: configs.map(csvField) }),
  };
}

function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A hash of packs and their configuration, for comparisons; empty without packs. */
export function packsHash({ folders, configs }: PolicyPacks): string {
  if (folders.length === 0) return "";
  return hashOf([...folders.map(packHash), ...configs.map(textOf)].join("\n"));
}

/** A state of nothing but a stack: what is to be seen is whether the packs start. */
const EMPTY_STATE = {
  version: 3,
  deployment: {
    manifest: { time: "2000-01-01T00:00:00Z", magic: "", version: "" },
    resources: [
      {
        urn: "urn:pulumi:stack::project::pulumi:pulumi:Stack::project-stack",
        custom: false,
        type: "pulumi:pulumi:Stack",
      },
    ],
  },
};

/** The CLI's error for packs that do not start, or whose configuration is refused; before it, the words of the pack itself. */
const NOT_LOADED = /(?:\[runtime\] (?<own>.*) error: )?loading policy packs: (?<told>.*)/s;

/** Longest reason in the message: a compiler may have much to say. */
const MAX_REASON = 1_000;

/** Words of Pulumi that need an explanation. */
const EXPLANATIONS: readonly (readonly [words: RegExp, explanation: string])[] = [
  [/invalid enforcement level ""/, ". The configuration names a rule that the pack does not have"],
  [
    /: not supported$/,
    ". Pulumi's language host for Node is too old for policy packs: install Pulumi's CLI again, whole",
  ],
];

/**
 * Starts the packs once, and judges nothing with them. Versions of Pulumi without `policy analyze` pass: there, each stack tells.
 *
 * @param temporary - Folder for a file.
 * @throws CommandFailure if Pulumi cannot run a pack, or refuses its configuration.
 */
export async function startPacks(
  { folders, configs }: PolicyPacks,
  { folder, temporary }: { readonly folder: string; readonly temporary: string },
): Promise<void> {
  if (folders.length === 0) return;
  const file = join(temporary, "empty-state.json");
  writeFileSync(file, JSON.stringify(EMPTY_STATE));
  const args = [
    ...["policy", "analyze", "--json", `--file=${file}`],
    ...folders.map((each) => `--policy-pack=${each}`),
    ...configs.map((each) => `--policy-pack-config=${each}`),
  ];
  try {
    await runPulumi(args, { folder });
  } catch (error) {
    const problem = problemOf((error as Error).message);
    if (problem === undefined) return;
    throw new CommandFailure(`Pulumi cannot run the policy pack: ${problem}`, FAILED, {
      cause: error,
    });
  } finally {
    // The folder may be in the project, whose files are hashed.
    rmSync(file, { force: true });
  }
}

/** The reason why packs were not loaded; undefined if they were, whatever else the CLI says. */
export function problemOf(said: string): string | undefined {
  const { own, told } = NOT_LOADED.exec(said)?.groups ?? {};
  const reason = own ?? told;
  if (reason === undefined) return undefined;
  const [, explanation = ""] = EXPLANATIONS.find(([words]) => words.test(reason)) ?? [];
  return `${oneLine(reason, MAX_REASON)}${explanation}`;
}
