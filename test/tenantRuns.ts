/**
 * Runs of a program in a tenant of the emulator: contexts for a lifecycle, without a process or a socket.
 *
 * @module
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGraphClient, type GraphClient, resolveSessionConfig } from "../provider/graph";
import { CreationRecords, newNonce } from "../provider/update/creationRecords";
import type { LifecycleContext } from "../provider/update/lifecycle";
import { forgetting } from "../provider/update/reads/forgetting";
import { sharedWork } from "../provider/update/sharedWork";
import { PassingClock, testContext } from "./context";
import { EmulatedTenant, type EmulatedTenantParts } from "./emulatedTransport";

/** Time that begins at noon, passes by itself, and tells when it does. */
class TellingClock extends PassingClock {
  onWait: (ms: number) => void = () => {};

  override now(): number {
    return Date.parse("2026-11-23T12:00:00Z") + this.waitedMs;
  }

  override sleep(ms: number): Promise<void> {
    this.onWait(ms);
    return super.sleep(ms);
  }
}

/** A tenant, and one run after another of a program with one resource. */
export class TenantRuns {
  readonly clock = new TellingClock();
  /** Lines that were said in all runs. */
  readonly said: string[] = [];
  readonly tenant: EmulatedTenant;
  readonly #home = mkdtempSync(join(tmpdir(), "tenant-runs-"));
  readonly #graph: GraphClient;

  constructor(parts: Omit<EmulatedTenantParts, "now"> = {}) {
    const { clock } = this;
    this.tenant = new EmulatedTenant({ ...parts, now: () => clock.now() });
    const settings: Record<string, string> = { endpoint: this.tenant.url, accessToken: "unused" };
    const config = resolveSessionConfig((key) => settings[key], {});
    const credential = {
      isRenewable: true,
      getToken: () =>
        Promise.resolve({
          token: this.tenant.token(),
          expiresOnTimestamp: clock.now() + 3_600_000,
        }),
    };
    this.#graph = createGraphClient(config, credential, { transport: this.tenant, clock });
  }

  /** A run of the program: another process than those before it. */
  run(more: Partial<LifecycleContext> = {}): LifecycleContext {
    const { clock } = this;
    const shared = sharedWork(clock, this.records());
    const graph = forgetting(this.#graph, shared.reads);
    const log = (line: string) => void this.said.push(line);
    const owner = { key: "stack.urn", nonce: newNonce(), name: "baseline" };
    return Object.assign(testContext({ graph, log, clock, shared }), { owner, ...more });
  }

  /** This machine's records of creations. */
  records(): CreationRecords {
    return new CreationRecords(this.#home, "file://backend", { now: () => this.clock.now() });
  }

  /** The ids of the tenant's policies, in the order of their creation. */
  ids(): string[] {
    return this.tenant.store.list().map(({ id }) => id);
  }

  /** To be called when the test is over. */
  close(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** Inputs of a policy with one setting, for the tests of who owns a name. */
export const BASELINE_INPUTS = { displayName: "Baseline", policies: { "office16;L_A": "1" } };

/** The policy that these inputs make, as the tenant's store takes it. */
export const BASELINE_POLICY = {
  type: "#microsoft.graph.windowsOfficeClientConfiguration",
  displayName: "Baseline",
  policyPayload: [{ settingId: "office16;L_A", value: "1" }],
} as const;

/** The same context, in which something happens whenever a POST is about to be sent. */
export function whilePosting(context: LifecycleContext, work: () => void): LifecycleContext {
  const graph = context.graph.around((request, send) => {
    if (request.method === "POST") work();
    return send(request);
  });
  return Object.assign(context, { graph });
}
