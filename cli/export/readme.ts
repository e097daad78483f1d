/**
 * First steps with a written program: in its README, and on the screen.
 *
 * @module
 */
import { shellWord } from "../shellWord";

/** The parts of the first steps that differ from tenant to tenant. */
export interface FirstSteps {
  /** Name of the stack. */
  readonly stack: string;
  /** Settings of the stack, by their keys without `officeConfiguration:`. Those that are undefined are left out. */
  readonly config: Readonly<Record<string, string | undefined>>;
  /** Result of the first preview, as a comment behind its command. */
  readonly preview: string;
  /** Result of the first update, as a comment behind its command. */
  readonly up: string;
}

/** The commands from a new folder to the first update, one a line, as a shell takes them. */
export function firstCommands({ stack, config, preview, up }: FirstSteps): string[] {
  const settings = Object.entries(config).flatMap(([key, value]) =>
    value === undefined ? [] : [`pulumi config set officeConfiguration:${key} ${shellWord(value)}`],
  );
  return [
    "npm install",
    `pulumi stack init ${shellWord(stack)}`,
    ...settings,
    `pulumi preview    # ${preview}`,
    `pulumi up         # ${up}`,
  ];
}

interface ReadmeOptions {
  readonly name: string;
  readonly packageSpec: string;
  /** The sentence that says where the policies are from. */
  readonly origin: string;
  readonly steps: FirstSteps;
}

/** The README of a written program. */
export function readme({ name, packageSpec, origin, steps }: ReadmeOptions): string {
  return `# ${name}

${origin}

## First steps

You need [Pulumi's CLI](https://www.pulumi.com/docs/install/), a place for its state (\`pulumi login\`, or \`pulumi login --local\`), and
a credential for the tenant in the environment.

\`\`\`sh
${firstCommands(steps).join("\n")}
\`\`\`

## From then on

1. Edit \`index.ts\`, and run \`npx tsc\`: it checks the types.
2. \`pulumi preview\` names each setting that changes, with its old and new value.
3. \`pulumi up\` changes the tenant.
4. \`pulumi preview --refresh --expect-no-changes\` finds what somebody has changed in the portal.

Commit everything except \`node_modules/\`, \`package-lock.json\` too.
${packageAdvice(packageSpec)}
More is in \`node_modules/pulumi-office-configuration/docs\`: configuration.md has the ways to sign in, inputs.md what a policy takes,
ci.md a pipeline, and troubleshooting.md the messages.
`;
}

/** Advice for a package that is from this computer. */
function packageAdvice(packageSpec: string): string {
  if (!packageSpec.startsWith("file:")) return "";
  return `
\`package.json\` has pulumi-office-configuration from \`${packageSpec.slice("file:".length)}\`. Other computers need it too: put the
tarball that \`npm pack\` makes into this folder, and run \`npm install ./<tarball>\`.
`;
}
