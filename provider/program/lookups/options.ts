import type * as pulumi from "@pulumi/pulumi";

/** How a lookup is made. */
export interface LookupOptions {
  /** Stops the lookup; `AbortSignal.timeout(60_000)` bounds it. @default At most 30 minutes. */
  readonly signal?: AbortSignal | undefined;
}

/** How a lookup in its Output form is made. */
export interface LookupOutputOptions extends LookupOptions {
  /**
   * Resources that must exist before the tenant is asked, besides those that the arguments come from.
   * While one of them is yet to be created, in a preview, the result is not known and nothing is asked.
   */
  readonly dependsOn?:
    | pulumi.Input<readonly pulumi.Input<pulumi.Resource>[]>
    | pulumi.Input<pulumi.Resource>
    | undefined;
}
