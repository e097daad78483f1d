// Prints the folder of a working Pulumi engine, which it prepares if there is none: see
// docs/development/engine.md. Standard output carries nothing else, so that a shell can take it as it is.
import { ensureEngine } from "./engine/index";

ensureEngine().then(
  ({ folder }) => process.stdout.write(`${folder}\n`),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
