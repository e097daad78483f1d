import { DeviceManagementApi } from "./deviceManagement/api";
import { GraphServer } from "./graph/server";
import { Tokens } from "./graph/tokens";
import { GroupsApi } from "./groups/api";
import type { EmulatorMode } from "./modes";
import { OfficeConfigurationApi } from "./officeConfiguration/api";
import { OrganizationApi } from "./organization/api";
import type { EmulatorOptions } from "./types";

/** The options of an emulator that concern its Graph, all resolved. */
type GraphOptions = Pick<
  EmulatorOptions,
  | "ids"
  | "seed"
  | "groups"
  | "configurationPolicies"
  | "settingDefinitions"
  | "latencyMs"
  | "throttle"
  | "credentials"
> & {
  readonly mode: EmulatorMode;
  readonly tenantId: string;
  readonly clock: () => Date;
  /** Root of Graph's version: `http://127.0.0.1:1234/beta`. */
  readonly graphUrl: () => string;
};

/** A Graph with all its APIs, without a socket. */
export function emulatedGraph(options: GraphOptions) {
  const { mode, clock, graphUrl, ids, seed = [], groups = [] } = options;
  const { latencyMs = 0, throttle, credentials } = options;
  const office = new OfficeConfigurationApi({ mode, clock, ids, seed, graphUrl });
  const intune = new DeviceManagementApi({
    ...{ mode, clock, ids, graphUrl },
    seed: options.configurationPolicies,
    definitions: options.settingDefinitions,
  });
  const organization = new OrganizationApi({ mode, tenantId: options.tenantId, graphUrl });
  const apis = [office, intune, new GroupsApi({ mode, groups, graphUrl }), organization];
  const tokens = new Tokens(clock, credentials);
  const graph = new GraphServer(apis, tokens, { mode, latencyMs, throttle, clock });
  return { office, intune, apis, tokens, graph };
}
