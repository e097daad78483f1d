import type { Hono } from "hono";
import type { EmulatedApi } from "../graph/api";
import type { EmulatorMode } from "../modes";
import { configurationSettingRoutes } from "./configurationSettings";
import { inventedDefinitions } from "./definitions";
import { VOCABULARY } from "./vocabulary";

interface DeviceManagementOptions {
  readonly mode: EmulatorMode;
  /** Root of Graph's version: `http://127.0.0.1:1234/beta`. */
  readonly graphUrl: () => string;
}

/** Definitions of Intune's settings catalogue, of Graph's `/deviceManagement`. */
export class DeviceManagementApi implements EmulatedApi {
  readonly vocabulary = VOCABULARY;
  readonly #options: DeviceManagementOptions;
  readonly #failures = new Map<number, number>();
  #definitions: ReturnType<typeof inventedDefinitions> | undefined;

  constructor(options: DeviceManagementOptions) {
    this.#options = options;
  }

  routes(app: Hono): void {
    configurationSettingRoutes(app, {
      ...this.#options,
      all: () => (this.#definitions ??= inventedDefinitions()),
      failures: this.#failures,
    });
  }

  /** Nobody can change definitions. */
  controls(): void {}

  fill(): void {
    this.#failures.clear();
  }
}
