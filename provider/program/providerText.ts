/**
 * The text that Pulumi stores with every resource as its provider, and runs in the provider process: a
 * constant of at most 120 characters that captures nothing.
 *
 * A frozen public contract: the text, the path and the export it names stay as they are, so that no
 * version of this package changes a resource, and every state is served by today's code.
 *
 * @param kind - Name of the resource class.
 */
export function providerText(kind: string): string {
  return `exports.handler = () => require("pulumi-office-configuration/runtime").${kind};`;
}
