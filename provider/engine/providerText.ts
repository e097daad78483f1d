/**
 * The text that Pulumi stores with every resource as its provider, and runs in the provider process.
 * It is a frozen public contract: the text, the path and the export it names stay as they are, so
 * that no version of this package changes a resource, and every state is served by today's code.
 *
 * @module
 */

/** The property in which Pulumi keeps the text. */
export const PROVIDER_KEY = "__provider";

/** The output that records which tenant a resource is in. */
export const TENANT_KEY = "tenantId";

/** The input, and output, that says how long operations may take. */
export const TIMEOUTS_KEY = "timeouts";

/** The input in which a resource class tells the provider of its run; never stored. */
export const RUN_KEY = "__run";

/**
 * The input that stands for who a resource is, and the output that keeps it: `{ nonce, name }`.
 * Versions of this package that do not know it pass over it.
 */
export const OWNER_KEY = "__owner";

/** What a resource class tells the provider of its run. */
export interface ProgramRun {
  readonly isPreview: boolean;
  /** The name of the resource in the program. */
  readonly name: string;
  /** Tells the resource from others of the same name. */
  readonly instance: number;
  /**
   * Stands for organization, project and stack, a dot, and for the URN: the same in every run, and on
   * every machine. Undefined where an older version of this package made the program's resources.
   */
  readonly owner?: string;
}

/** The text for a kind of resource: a constant, at most 120 characters, that captures nothing. */
export function providerText(kind: string): string {
  return `exports.handler = () => require("pulumi-office-configuration/runtime").${kind};`;
}
