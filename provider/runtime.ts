/**
 * Entry point of the provider process: a provider for each kind of resource. The names of these exports
 * are part of every state file; see `program/providerText.ts`.
 *
 * @module
 */
import { DynamicProvider } from "./host/adapters/dynamic";
import { endWithEngine } from "./host/engineGone";
import { ProviderProcess } from "./host/providerProcess";
import { RESOURCES, type ResourceName } from "./resources";

endWithEngine();
const providerProcess = new ProviderProcess();

const providers = Object.fromEntries(
  Object.entries(RESOURCES).map(([name, { lifecycle }]) => [
    name,
    new DynamicProvider(lifecycle(), providerProcess),
  ]),
) as Record<ResourceName, DynamicProvider>;

export = providers;
