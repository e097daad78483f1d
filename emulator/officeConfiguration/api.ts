import type { Hono } from "hono";
import type { Access } from "../graph/access";
import type { EmulatedApi } from "../graph/api";
import { INTUNE_ACCESS } from "../graph/intune";
import type { EmulatorMode } from "../modes";
import { assignmentRoutes } from "./assignments";
import { clientConfigurationRoutes } from "./clientConfigurations";
import { storeControls } from "./controls";
import type { SeedConfiguration } from "./seed";
import { singletonRoutes } from "./singleton";
import { Store } from "./store";
import { streamRoutes } from "./streams";
import { Tenant } from "./tenant";
import { VOCABULARY } from "./vocabulary";

interface OfficeConfigurationOptions {
  readonly mode: EmulatorMode;
  readonly clock: () => Date;
  readonly ids: (() => string) | undefined;
  readonly seed: readonly SeedConfiguration[];
  /** Root of Graph's version: `http://127.0.0.1:1234/beta`. */
  readonly graphUrl: () => string;
}

/** Graph's `/officeConfiguration`. */
export class OfficeConfigurationApi implements EmulatedApi {
  readonly vocabulary = VOCABULARY;
  readonly access: Access;
  readonly store: Store;
  readonly #tenant: Tenant;
  readonly #seed: readonly SeedConfiguration[];

  constructor({ mode, clock, ids, seed, graphUrl }: OfficeConfigurationOptions) {
    this.access = { ...INTUNE_ACCESS, segment: "officeConfiguration", road: mode.cloudPolicy };
    this.store = new Store(clock, ids);
    this.#tenant = new Tenant(this.store, mode, graphUrl);
    this.#seed = seed;
  }

  routes(app: Hono): void {
    singletonRoutes(app, this.#tenant);
    // Before the routes with an id: `$count` and the actions are not ids.
    assignmentRoutes(app, this.#tenant);
    streamRoutes(app, this.#tenant);
    clientConfigurationRoutes(app, this.#tenant);
  }

  controls(app: Hono): void {
    storeControls(app, this.store);
  }

  fill(): void {
    this.store.clear();
    this.store.seed(this.#seed);
  }
}
