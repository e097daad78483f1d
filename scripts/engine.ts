// Prints the folder of a working Pulumi engine; prepares one if there is none (docs/development/engine.md).
// Prints nothing else to standard output, so that a shell can use it directly.
import { ensureEngine } from "./engine/index";

ensureEngine().then(
  ({ folder }) => process.stdout.write(`${folder}\n`),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
