/**
 * The commands of `fleet` for other machines, as the command line lists them. What they do is loaded when they are called.
 *
 * @module
 */
import type { Command } from "commander";
import { choosing } from "../options";
import { addResultOptions } from "./resultOptions";

function running(): typeof import("./elsewhere") {
  return require("./elsewhere") as typeof import("./elsewhere");
}

/** Adds them to `fleet`. */
export function addElsewhereCommands(fleet: Command): void {
  addChoice(
    fleet.command("matrix").description("prints the matrix of a CI system: a job for each shard"),
  )
    .requiredOption("--shards <number>", "jobs, at most as many as there are stacks")
    .addOption(
      choosing("--format <system>", "CI system", ["github", "azure", "gitlab"]).default("github"),
    )
    .addHelpText("after", MATRIX_HELP)
    .action((stacks: string[], options: object) => running().runMatrix({ ...options, stacks }));
  const collect = fleet
    .command("collect")
    .description("makes one result of those that shards have saved")
    .argument("<file...>", "files of `--save`, one of each shard")
    .option("-C, --cwd <folder>", "folder of the project", ".")
    .option("--fleet <file>", "fleet.yaml: its stacks without a result are named");
  addResultOptions(collect)
    .option("--expect-no-changes", "exit code 1 if something changes")
    .addHelpText("after", COLLECT_HELP)
    .action((files: string[], options: object) => running().runCollect({ ...options, files }));
  addChoice(
    fleet
      .command("kubernetes")
      .description("prints Stack resources for the Pulumi Kubernetes Operator"),
  )
    .requiredOption("--repo <url>", "git repository of the project")
    .option("--branch <name>", "branch of it", "main")
    .option("--dir <folder>", "folder of Pulumi.yaml in it")
    .option(
      "--organization <name>",
      "organization of the stacks in Pulumi Cloud; a backend of your own has `organization`",
      "organization",
    )
    .option("--backend <url>", "backend of the state; else Pulumi Cloud")
    .option("--namespace <name>", "namespace of the resources")
    .option(
      "--service-account <name>",
      "service account that signs in by Azure's workload identity, without a secret",
    )
    .option(
      "--env <reference...>",
      "variable from a Secret: NAME=<secret>/<key>; {stack} is the resource's name",
    )
    .option("--every <time>", "updates and puts back drift as often as this, such as 24h")
    .option("--preview", "only previews")
    .addHelpText("after", KUBERNETES_HELP)
    .action((stacks: string[], options: object) => running().runKubernetes({ ...options, stacks }));
}

function addChoice(command: Command): Command {
  return command
    .argument("[stack...]", "names, with * and ?; all stacks of the project if none is given")
    .option("-C, --cwd <folder>", "folder of the project", ".")
    .option("--fleet <file>", "stacks and their configuration; else fleet.yaml, if it is there")
    .option("--tag <tag>", "only stacks with this tag of Pulumi's: ring, or ring=pilot");
}

const MATRIX_HELP = `
Each job runs \`fleet … --shard\` with the shard of its own, and the same stacks.

Examples:
  office-configuration fleet matrix --shards 10
      {"shard":["1/10","2/10",…]} for fromJSON in GitHub Actions
  office-configuration fleet matrix --shards 10 --format azure
      for strategy: matrix in Azure DevOps
  office-configuration fleet matrix --shards 10 --format gitlab
      YAML for a job of a child pipeline`;

const COLLECT_HELP = `
Exit codes are those of \`fleet\`: 2 also if a shard has no result.

Example:
  office-configuration fleet collect shard-*.json --format markdown`;

const KUBERNETES_HELP = `
Credentials are references: no value is ever written. Deleting a resource
deletes no policy.

Example:
  office-configuration fleet kubernetes \\
    --repo https://github.com/contoso/policies \\
    --env PULUMI_ACCESS_TOKEN=pulumi/accessToken \\
    --env AZURE_CLIENT_SECRET={stack}-credential/clientSecret`;
