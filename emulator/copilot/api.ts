import type { Hono } from "hono";
import type { Access } from "../graph/access";
import type { EmulatedApi } from "../graph/api";
import { GraphError } from "../graph/errors";
import type { EmulatorMode } from "../modes";
import { copilotControls } from "./controls";
import { CopilotStore } from "./copilotStore";
import { policySettingRoutes, VOCABULARY } from "./policySettings";

interface CopilotOptions {
  readonly mode: EmulatorMode;
  readonly ids: (() => string) | undefined;
  /** Root of Graph's version: `http://127.0.0.1:1234/beta`. */
  readonly graphUrl: () => string;
  /** Values of settings from the start, by id. @default mode `othersPolicies` */
  readonly seed: Readonly<Record<string, string>> | undefined;
}

/** The setting that somebody has made in an unkind tenant. */
const OTHERS = { "microsoft.copilot.copilotchatpinning": "1" };

/** Copilot's settings, of Graph's `/copilot`. */
export class CopilotApi implements EmulatedApi {
  readonly vocabulary = VOCABULARY;
  readonly access: Access;
  readonly store: CopilotStore;
  readonly #options: CopilotOptions;

  constructor(options: CopilotOptions) {
    this.#options = options;
    this.store = new CopilotStore(options.ids);
    this.access = {
      segment: "copilot",
      road: options.mode.copilot,
      permissions: {
        read: ["CopilotPolicySettings.Read", "CopilotPolicySettings.ReadWrite"],
        write: ["CopilotPolicySettings.ReadWrite"],
      },
      unlicensed: () => forbidden("The tenant has no license for Microsoft 365 Copilot."),
      forbidden: (needed) => forbidden(`The request needs one of: ${needed.join(", ")}.`),
    };
  }

  routes(app: Hono): void {
    policySettingRoutes(app, { ...this.#options, store: this.store });
  }

  controls(app: Hono): void {
    copilotControls(app, this.store);
  }

  fill(): void {
    const { mode, seed = mode.othersPolicies ? OTHERS : {} } = this.#options;
    this.store.clear();
    if (Object.keys(seed).length > 0) this.store.addPolicy(seed);
  }
}

function forbidden(message: string): GraphError {
  return new GraphError(403, "Forbidden", message);
}
