import type * as pulumi from "@pulumi/pulumi";

/** Options of a lookup. */
export interface LookupOptions {
  /** Stops the lookup; `AbortSignal.timeout(60_000)` limits it to a minute. @default At most 30 minutes. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a lookup in its Output form. */
export interface LookupOutputOptions extends LookupOptions {
  /**
   * Resources that must exist before the tenant is asked, in addition to those behind the arguments. If one
   * of them does not exist yet in a preview, the result is unknown and no request is sent.
   */
  readonly dependsOn?:
    | pulumi.Input<readonly pulumi.Input<pulumi.Resource>[]>
    | pulumi.Input<pulumi.Resource>
    | undefined;
}
