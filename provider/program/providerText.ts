/**
 * The text that Pulumi stores with every resource as its provider, and runs in the provider process: a
 * constant of at most 120 characters that captures nothing.
 *
 * A frozen public contract: never change the text, or the path and the export that it names. Then no
 * version of this package changes a resource, and today's code serves every state.
 *
 * @param kind - Name of the resource class.
 */
export function providerText(kind: string): string {
  return `exports.handler = () => require("pulumi-office-configuration/runtime").${kind};`;
}
