// Installs Pulumi into the folder in the first argument. Runs in a process of its own (see steps.ts),
// because the SDK cannot end the shell that it starts.
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { messageOf } from "../command";

const INSTALLER = "https://get.pulumi.com/install.sh";

async function install(root: string): Promise<void> {
  // The SDK would try for two minutes if a firewall silently drops its packets.
  const signal = AbortSignal.timeout(10_000);
  const answer = await fetch(INSTALLER, { method: "HEAD", signal }).catch((error: Error) => {
    throw new Error(`get.pulumi.com cannot be reached (${messageOf(error.cause ?? error)})`);
  });
  if (!answer.ok) throw new Error(`${INSTALLER} answers with status ${answer.status}`);
  await PulumiCommand.install({ root });
}

install(String(process.argv[2])).catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});
