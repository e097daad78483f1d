import { CopilotApi } from "./copilot/api";
import { DeviceManagementApi } from "./deviceManagement/api";
import type { EmulatedApi } from "./graph/api";
import { GraphServer } from "./graph/server";
import { Tokens } from "./graph/tokens";
import { GroupsApi } from "./groups/api";
import type { EmulatorMode } from "./modes";
import { OfficeConfigurationApi } from "./officeConfiguration/api";
import { OrganizationApi } from "./organization/api";
import { SecurityApi } from "./security/api";
import type { EmulatorOptions } from "./types";

/** The options of an emulator that concern its Graph, all resolved. */
type GraphOptions = Pick<
  EmulatorOptions,
  | "ids"
  | "seed"
  | "groups"
  | "configurationPolicies"
  | "settingDefinitions"
  | "copilotSettings"
  | "tenantName"
  | "permissions"
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
  const { mode, clock, graphUrl, ids, tenantId, seed = [], groups = [] } = options;
  const { latencyMs = 0, throttle, credentials } = options;
  const office = new OfficeConfigurationApi({ mode, clock, ids, seed, graphUrl });
  const intune = new DeviceManagementApi({
    ...{ mode, clock, ids, graphUrl },
    seed: options.configurationPolicies,
    definitions: options.settingDefinitions,
  });
  const copilot = new CopilotApi({ mode, ids, graphUrl, seed: options.copilotSettings });
  const { tenantName = "Emulated tenant" } = options;
  const organization = new OrganizationApi({ mode, graphUrl, tenantName });
  const security = new SecurityApi({ mode, clock, tenantId, graphUrl });
  office.store.onChange = (operation, policy) => security.log.add(operation, policy);
  const directory = [new GroupsApi({ mode, groups, graphUrl }), organization];
  // Last: its log begins after the others are filled.
  const apis = [office, intune, copilot, ...directory, security];
  const tokens = new Tokens(clock, credentials, options.permissions ?? allPermissions(apis));
  const graph = new GraphServer(apis, tokens, { mode, latencyMs, throttle, clock });
  return { office, intune, copilot, security, apis, tokens, graph };
}

/** Permissions for all that the APIs can do: writing, or reading where nothing can be written. */
function allPermissions(apis: readonly EmulatedApi[]): string[] {
  const names = apis.flatMap(({ access }) => {
    const { read = [], write = [] } = access?.permissions ?? {};
    return write.length > 0 ? write : read.slice(0, 1);
  });
  return [...new Set(names)];
}
