// Prints the folder of a working Pulumi engine, which it prepares if there is none: see
// docs/development/engine.md. Standard output carries nothing else, so that a shell can take it as it is.
import os from "node:os";
import { EngineInterruptedError, ensureEngine } from "./engine/index";

ensureEngine().then(
  (engine) => {
    process.stdout.write(`${engine.folder}\n`);
  },
  (error: unknown) => {
    const interrupted = error instanceof EngineInterruptedError && error.signal;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = interrupted ? 128 + os.constants.signals[interrupted] : 1;
  },
);
