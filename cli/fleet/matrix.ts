/**
 * The matrix of a CI system: a job for each shard of a fleet.
 *
 * @module
 */
import { stringify } from "yaml";

/** CI systems that have a matrix, and the most jobs that each takes. */
const MOST_JOBS = { github: 256, azure: 256, gitlab: 200 } as const;

/** Form of a matrix. */
export type MatrixFormat = keyof typeof MOST_JOBS;

/** Forms of a matrix. */
export const MATRIX_FORMATS = Object.keys(MOST_JOBS) as MatrixFormat[];

/**
 * Shards of a fleet: no more than it has stacks.
 *
 * @throws TypeError if the CI system does not take so many jobs.
 */
export function shardsOf(format: MatrixFormat, shards: number, stacks: number): string[] {
  const most = MOST_JOBS[format];
  if (shards > most) {
    throw new TypeError(`--shards must be at most ${most}: ${NAMES[format]} takes no more jobs`);
  }
  const count = Math.min(shards, Math.max(1, stacks));
  return Array.from({ length: count }, (_, index) => `${index + 1}/${count}`);
}

const NAMES: Readonly<Record<MatrixFormat, string>> = {
  github: "a matrix of GitHub Actions",
  azure: "a matrix of Azure DevOps",
  gitlab: "a matrix of GitLab",
};

/** The matrix as the CI system reads it: on one line of JSON, or YAML for GitLab. */
export function matrixText(format: MatrixFormat, shards: readonly string[]): string {
  const forms = {
    github: () => JSON.stringify({ shard: shards }),
    azure: () =>
      JSON.stringify(
        Object.fromEntries(
          shards.map((shard) => [`shard_${shard.replace("/", "_of_")}`, { SHARD: shard }]),
        ),
      ),
    gitlab: () => stringify({ parallel: { matrix: [{ SHARD: shards }] } }).trimEnd(),
  };
  return forms[format]();
}
