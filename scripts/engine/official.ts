// Runs in a process of its own (see install.ts): the SDK's installer starts a shell that it offers
// no way to end, and ending a process group does.
import { PulumiCommand } from "@pulumi/pulumi/automation";

const INSTALLER = "https://get.pulumi.com/install.sh";
const REACHABLE_MS = 10_000;

async function main(root: string): Promise<void> {
  // The SDK would try for two minutes to reach a host that a firewall silently drops.
  const answer = await fetch(INSTALLER, {
    method: "HEAD",
    signal: AbortSignal.timeout(REACHABLE_MS),
  }).catch((error: unknown) => {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw new Error(
      `${new URL(INSTALLER).host} cannot be reached (${cause instanceof Error ? cause.message : String(cause)})`,
    );
  });
  if (!answer.ok) throw new Error(`${INSTALLER} answers with status ${answer.status}`);
  await PulumiCommand.install({ root });
}

const [root] = process.argv.slice(2);
if (!root) throw new Error("The folder to install to is missing.");
main(root).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
