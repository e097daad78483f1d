/**
 * Preloaded by Node into the processes that Pulumi starts for a fleet's stack: the program and the provider.
 *
 * @module
 */
import { loadLate } from "./lazyModules";
import { restoreEnvironment } from "./smallProcesses";

restoreEnvironment(process.env);
loadLate();
