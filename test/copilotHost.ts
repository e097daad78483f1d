/**
 * An engine and a tenant for Copilot's settings.
 *
 * @module
 */
import type { EmulatedTenantParts } from "./emulatedTransport";
import { FakeHost, type FakeResource } from "./fakeHost";

export const WEB = "microsoft.copilot.allowwebsearch";
export const IMAGES = "microsoft.copilot.imagegeneration";
export const PATH = "/copilot/admin/policySettings";

/** An engine whose user has signed in. */
export class CopilotHost extends FakeHost {
  constructor(parts: Omit<EmulatedTenantParts, "now"> = {}) {
    super({ mode: { othersPolicies: false }, ...parts });
    this.settings.accessToken = this.tenant.token("user");
  }

  setting(name = "web"): FakeResource {
    return this.resource("CopilotPolicySetting", name);
  }

  /** Value of a setting in the tenant. */
  value(id = WEB): string | null {
    return this.tenant.copilot.get(id).value;
  }

  /** The bodies that were sent. */
  sent(): unknown[] {
    return this.tenant.requests.filter(({ method }) => method === "PATCH").map(({ body }) => body);
  }

  /** Runs something in a new run. @returns what was said in it. */
  async run(work: () => Promise<unknown>, { isPreview = false } = {}): Promise<string[]> {
    this.newRun({ isPreview });
    await work();
    return [...this.said];
  }
}
