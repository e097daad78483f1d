/**
 * Takes this shell's tenant and credentials out of the environment of all tests. The engine is still found where its
 * variables say.
 *
 * @module
 */
import { withoutCredentials } from "../scripts/withoutCredentials";

const own = withoutCredentials(process.env);
const engine = /^OFFICE_CONFIGURATION_(?:ENGINE|CACHE)$/;
for (const name of Object.keys(process.env)) {
  if (!(name in own) && !engine.test(name)) delete process.env[name];
}
