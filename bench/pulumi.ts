/**
 * Those that are measured on Pulumi's engine.
 *
 * @module
 */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../scripts/engine/index";
import {
  type Contestant,
  meanBytes,
  SETTINGS_PER_POLICY,
  type SubjectName,
  type Version,
} from "./contestant";
import type { Phase } from "./phases";
import { BenchProject, PROVIDER_COMMAND } from "./project";
import { RemoteEmulator } from "./remoteEmulator";

/** A stack of one of the programs in `subjects/`. */
export class PulumiContestant implements Contestant {
  readonly providerCommand = PROVIDER_COMMAND;

  private constructor(
    readonly subject: Exclude<SubjectName, "peer">,
    readonly emulator: RemoteEmulator,
    private readonly project: BenchProject,
  ) {}

  /** Makes a stack, and an emulator that answers after some milliseconds. */
  static async create(
    engine: Engine,
    subject: Exclude<SubjectName, "peer">,
    latencyMs: number,
  ): Promise<PulumiContestant> {
    const emulator = await RemoteEmulator.start({ latencyMs });
    const project = new BenchProject(engine);
    project.pointAt(emulator);
    const file = `${subject}.js`;
    copyFileSync(join(__dirname, "subjects", file), join(project.folder, file));
    await project.run("stack", "init", "bench");
    return new PulumiContestant(subject, emulator, project);
  }

  declare(policies: number, { ofFirst, ofAll }: Version): void {
    this.project.write(
      "index.js",
      `const { policy } = require("./${this.subject}.js");
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

  run({ command }: Phase): Promise<unknown> {
    return this.project.run(...command);
  }

  async stateBytes(): Promise<number> {
    const state = JSON.parse(await this.project.run("stack", "export")) as {
      deployment: { resources: { type: string }[] };
    };
    return meanBytes(state.deployment.resources.filter(({ type }) => /:dynamic/.test(type)));
  }

  async close(): Promise<void> {
    this.project.remove();
    await this.emulator.close();
  }
}
