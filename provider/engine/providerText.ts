/**
 * The text that Pulumi stores with every resource as its provider, and runs in the provider process.
 * It is a frozen public contract: the text, the path and the export it names stay as they are, so
 * that no version of this package changes a resource, and every state is served by today's code.
 *
 * @module
 */

/** The property in which Pulumi keeps the text. */
export const PROVIDER_KEY = "__provider";

/** The input in which a resource class tells the provider that this is a preview; never stored. */
export const DRY_RUN_KEY = "__dryRun";

/** The text for a kind of resource: a constant, at most 120 characters, that captures nothing. */
export function providerText(kind: string): string {
  return `exports.handler = () => require("pulumi-office-configuration/runtime").${kind};`;
}
