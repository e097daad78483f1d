/**
 * The emulator's Graph without a socket: requests are handed to it, and answers handed back.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import type { RequestInit, Response } from "undici";
import type { CopilotStore } from "../emulator/copilot/copilotStore";
import type { DeviceManagementApi } from "../emulator/deviceManagement/api";
import { emulatedGraph } from "../emulator/emulatedGraph";
import type { Connection } from "../emulator/graph/connection";
import type { GraphServer } from "../emulator/graph/server";
import type { Tokens } from "../emulator/graph/tokens";
import { type EmulatorMode, type EmulatorPreset, presetMode } from "../emulator/modes";
import type { OfficeConfigurationApi } from "../emulator/officeConfiguration/api";
import type { AuditLog } from "../emulator/security/auditLog";
import type { EmulatorOptions } from "../emulator/types";
import type { Transport } from "../provider/graph/transport";

/** Parts of an emulated tenant. */
export interface EmulatedTenantParts {
  readonly now: () => number;
  /** @default as the emulator has it */
  readonly preset?: EmulatorPreset;
  readonly mode?: Partial<EmulatorMode>;
  /** Definitions of Intune's settings catalogue. @default as the emulator has them */
  readonly settingDefinitions?: EmulatorOptions["settingDefinitions"];
}

/** A tenant of the emulator, and the way to it. */
export class EmulatedTenant implements Transport {
  /** Address that Graph claims. */
  readonly url = "http://localhost";
  readonly tenantId: string = randomUUID();
  readonly store: OfficeConfigurationApi["store"];
  /** Policies of Intune's. */
  readonly intune: DeviceManagementApi["store"];
  readonly copilot: CopilotStore;
  readonly auditLog: AuditLog;
  readonly #server: GraphServer;
  readonly #tokens: Tokens;
  /** Called with each request before it is carried out. */
  onRequest: (trip: string) => void = () => {};

  constructor({ now, preset, mode, ...more }: EmulatedTenantParts) {
    const clock = () => new Date(now());
    const { office, intune, copilot, security, apis, tokens, graph } = emulatedGraph({
      mode: { ...presetMode(preset), ...mode },
      clock,
      tenantId: this.tenantId,
      ...more,
      graphUrl: () => `${this.url}/beta`,
    });
    for (const api of apis) api.fill();
    this.store = office.store;
    this.intune = intune.store;
    this.copilot = copilot.store;
    this.auditLog = security.log;
    this.#tokens = tokens;
    this.#server = graph;
  }

  /** A token for this tenant, or for another one, with all permissions or those given. */
  token(
    kind: "user" | "app" = "app",
    tenantId = this.tenantId,
    permissions?: readonly string[],
  ): string {
    return this.#tokens.issue(kind, tenantId, { permissions });
  }

  /** Makes any text a token of this tenant's app. */
  accept(token: string): string {
    return this.#tokens.accept(token, "app", this.tenantId);
  }

  get faults() {
    return this.#server.faults;
  }

  /** Method and path of each write that came, with the parts of batches. */
  writes(): string[] {
    return this.requests
      .filter(({ method, path }) => method !== "GET" && path !== "/$batch")
      .map(({ method, path }) => `${method} ${path.replace("/officeConfiguration", "") || "/"}`);
  }

  /** Each request that came, with its body and answer; the parts of batches too. */
  get requests() {
    return this.#server.requests;
  }

  /** Number of requests in all. */
  get count(): number {
    return this.requests.length;
  }

  async fetch(url: URL, { method = "GET", headers, body, signal }: RequestInit): Promise<Response> {
    this.onRequest(`${method} ${url.pathname}`);
    if (signal?.aborted) throw new Error("aborted");
    const socket = {
      destroyed: false,
      destroy: () => void Object.assign(socket, { destroyed: true }),
    };
    const connection = { incoming: { socket }, outgoing: { headersSent: false } };
    const request = new Request(url, {
      method,
      headers: headers as Record<string, string>,
      ...(body != null && { body: body as string }),
    });
    const answer = await this.#server.answer(request, connection as unknown as Connection);
    if (signal?.aborted) throw new Error("aborted");
    if (socket.destroyed) throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    return answer as unknown as Response;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
