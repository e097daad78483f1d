import { loadLate } from "./lazyModules";

/** Pulumi's Automation API. */
type Automation = typeof import("@pulumi/pulumi/automation");

let loaded: Automation | undefined;

/**
 * Pulumi's Automation API, loaded without what it needs for inline programs only.
 *
 * @throws Error if the SDK is not installed.
 */
export function automation(): Automation {
  if (loaded !== undefined) return loaded;
  const end = loadLate();
  try {
    loaded = require("@pulumi/pulumi/automation") as Automation;
    return loaded;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new Error(
      "there is no @pulumi/pulumi beside pulumi-office-configuration: run `npm install @pulumi/pulumi` in the project, and office-configuration with npx there",
      { cause: error },
    );
  } finally {
    end();
  }
}
