/**
 * What is measured, each with the same policies.
 *
 * @module
 */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { BenchProject } from "./project";

/** What is measured, the floor first: the others are told as ratios to it. */
export const SUBJECTS = ["floor", "ours", "naive"] as const;

/** Name of what is measured. */
export type SubjectName = (typeof SUBJECTS)[number];

/** Settings of each policy. */
export const SETTINGS_PER_POLICY = 10;

/** Which policies have a changed setting: none, the first, or all, and how often so far. */
export interface Version {
  readonly ofFirst: number;
  readonly ofAll: number;
}

/** Writes the program of a subject. */
export function writeProgram(
  project: BenchProject,
  subject: SubjectName,
  policies: number,
  { ofFirst, ofAll }: Version,
): void {
  copyFileSync(join(__dirname, "subjects", `${subject}.js`), join(project.folder, `${subject}.js`));
  project.write(
    "index.js",
    `const { policy } = require("./${subject}.js");
for (let index = 0; index < ${policies}; index++) {
  const version = \`${ofAll}.\${index === 0 ? ${ofFirst} : 0}\`;
  const settings = Array.from({ length: ${SETTINGS_PER_POLICY} }, (_, place) => ({
    settingId: \`office16;L_Setting\${String(place).padStart(2, "0")}\`,
    value: place === 0 ? version : \`value-\${place}\`,
  }));
  policy(\`policy-\${index}\`, { displayName: \`Policy \${index}\`, settings });
}
`,
  );
}
