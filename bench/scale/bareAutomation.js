/**
 * New stacks by the Automation API alone, as its documentation shows it: `bareAutomation.js <side by side> <stack>…`, in
 * the folder of their project.
 */
const { LocalWorkspace, PulumiCommand } = require("@pulumi/pulumi/automation");

async function main() {
  const [sideBySide, ...stacks] = process.argv.slice(2);
  const pulumiCommand = await PulumiCommand.get();
  const queue = stacks.values();
  const worker = async () => {
    // The workers share one iterator: each stack is taken once.
    for (const stackName of queue) {
      const options = { stackName, workDir: process.cwd() };
      const stack = await LocalWorkspace.createStack(options, { pulumiCommand });
      await stack.up({ onEvent: () => {} });
    }
  };
  await Promise.all(Array.from({ length: Number(sideBySide) }, worker));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
