import type { Hono } from "hono";
import type { Access } from "../graph/access";
import type { EmulatedApi, GraphObject } from "../graph/api";
import { INTUNE_ACCESS } from "../graph/intune";
import type { EmulatorMode } from "../modes";
import { configurationPolicyRoutes } from "./configurationPolicies";
import { configurationSettingRoutes } from "./configurationSettings";
import { policyControls } from "./controls";
import { inventedDefinitions } from "./definitions";
import { Policies } from "./policies";
import { type SeedPolicy, seedPolicies } from "./policySeed";
import { PolicyStore } from "./policyStore";
import { SettingCheck } from "./settingCheck";
import { strangers } from "./strangers";
import { POLICY_VOCABULARY, VOCABULARY } from "./vocabulary";

interface DeviceManagementOptions {
  readonly mode: EmulatorMode;
  readonly clock: () => Date;
  readonly ids: (() => string) | undefined;
  /** Root of Graph's version: `http://127.0.0.1:1234/beta`. */
  readonly graphUrl: () => string;
  /** Policies from the start. @default mode `othersPolicies` */
  readonly seed: readonly SeedPolicy[] | undefined;
  /** Definitions of the settings catalogue. @default invented ones */
  readonly definitions: readonly GraphObject[] | undefined;
}

/** Policies of Intune's settings catalogue and the definitions of their settings, of Graph's `/deviceManagement`. */
export class DeviceManagementApi implements EmulatedApi {
  readonly vocabulary = { ...VOCABULARY, actions: POLICY_VOCABULARY.actions };
  readonly access: Access;
  readonly store: PolicyStore;
  readonly #options: DeviceManagementOptions;
  readonly #failures = new Map<number, number>();
  #definitions: readonly GraphObject[] | undefined;
  #check: SettingCheck | undefined;

  constructor(options: DeviceManagementOptions) {
    const { mode } = options;
    this.access = { ...INTUNE_ACCESS, segment: "deviceManagement", road: mode.intune };
    this.#options = options;
    this.#definitions = options.definitions;
    this.store = new PolicyStore(options.clock, options.ids);
  }

  routes(app: Hono): void {
    const { mode, graphUrl } = this.#options;
    const all = () => (this.#definitions ??= inventedDefinitions());
    const check = () => (this.#check ??= new SettingCheck(all()));
    configurationSettingRoutes(app, { mode, graphUrl, all, failures: this.#failures });
    configurationPolicyRoutes(app, new Policies({ store: this.store, check, mode, graphUrl }));
  }

  /** Nobody can change definitions. */
  controls(app: Hono): void {
    policyControls(app, this.store);
  }

  fill(): void {
    const { mode, seed = mode.othersPolicies ? strangers() : [] } = this.#options;
    this.#failures.clear();
    this.store.clear();
    seedPolicies(this.store, seed);
  }
}
