/**
 * A second copy of the package, as a project has it whose dependencies want different versions.
 *
 * @module
 */
import { join, sep } from "node:path";
import type * as office from "../provider";

const provider = join(__dirname, "..", "provider");

/** Loads the package again, with classes of its own. */
export function otherCopy(): typeof office {
  const first = Object.entries(require.cache).filter(([file]) => file.startsWith(provider + sep));
  for (const [file] of first) delete require.cache[file];
  try {
    return require(provider) as typeof office;
  } finally {
    for (const file of Object.keys(require.cache)) {
      if (file.startsWith(provider + sep)) delete require.cache[file];
    }
    Object.assign(require.cache, Object.fromEntries(first));
  }
}
