import * as pulumi from "@pulumi/pulumi";

/** The mocks that other tests of this process have set, to be set again after one's own. */
export function mocksNow(): pulumi.runtime.Mocks | undefined {
  return (pulumi.runtime.getMonitor() as { mocks?: pulumi.runtime.Mocks } | undefined)?.mocks;
}
