/**
 * Everything that reads an answer of Graph, from the client up to the lookups.
 *
 * @module
 */

import { ConfigurationReader } from "../../provider/api/configurationReader";
import { paths } from "../../provider/api/paths";
import type { LookupName } from "../../provider/program/lookups/request";
import { answer } from "../../provider/program/lookups/run/ask";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { PatchLifecycle } from "../../provider/resources/clientConfigurationPatch/lifecycle";
import { OfficeConfigurationLifecycle } from "../../provider/resources/officeConfiguration/lifecycle";
import { PrioritiesLifecycle } from "../../provider/resources/priorities/lifecycle";
import { policyLabel } from "../../provider/settings/label";
import { CONFIGURATION_TYPES } from "../../provider/settings/names";
import { ID, NAME } from "./answers";
import type { HostileGraph } from "./graph";

/** Something that asks Graph and reads what it answers. */
export type Operation = (graph: HostileGraph) => Promise<unknown>;

const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");
const patch = new PatchLifecycle();
const priorities = new PrioritiesLifecycle();
const singleton = new OfficeConfigurationLifecycle();

const one = paths.clientConfiguration(ID);
const all = paths.clientConfigurations;

const inputs = {
  displayName: NAME,
  description: "of all",
  priority: 2,
  policies: { "office16;L_A": "2" },
  userPreferences: { $json: [1] },
  assignments: ["3f0c2e5a-7c1d-4a43-9b8e-6a1d2f4c5b60"],
  includeCheckinData: true,
};
const olds = { displayName: NAME, policies: { "office16;L_A": "1" }, priority: 1 };
const patched = { configurationId: ID, policies: { "office16;L_A": "2" }, priority: 2 };
const wasPatched = { ...patched, policies: { "office16;L_A": "1" } };
const order = { configurationIds: [ID] };
const reports = {
  includeCheckinStatuses: true,
  tenantUserCheckinSummary: { succeededUserCount: 1 },
};

function reader({ client }: HostileGraph): ConfigurationReader {
  const type = CONFIGURATION_TYPES.WindowsOfficeClientConfiguration;
  return new ConfigurationReader(client, { type, label: policyLabel(inputs) });
}

async function readWhole(graph: HostileGraph): Promise<void> {
  const found = await reader(graph).find(ID);
  if (found === undefined) return;
  await reader(graph).payload(found, "policies");
  await reader(graph).groups(found);
}

function lookUp(name: LookupName, args: object): Operation {
  return (graph) => answer(name, { args, options: undefined }, () => graph.client);
}

/** All of them, by name. */
export const operations: Readonly<Record<string, Operation>> = {
  get: ({ client }) => client.get(one),
  post: ({ client }) => client.post(all, {}),
  patch: ({ client }) => client.patch(one, {}),
  put: ({ client }) => client.put(paths.policyPayload(ID), new Uint8Array([1])),
  delete: ({ client }) => client.delete(one),
  getBytes: ({ client }) => client.getBytes(paths.policyPayload(ID)),
  list: ({ client }) => client.list(all),
  "read a policy": readWhole,
  "policy: create": (graph) => policy.create(graph.context(), inputs),
  "policy: adopt by id": (graph) =>
    policy.create(graph.context(), { ...inputs, adopt: { id: ID } }),
  "policy: adopt by name": (graph) =>
    policy.create(graph.context(), { ...inputs, adopt: { displayName: NAME } }),
  "policy: preview of adoption": (graph) =>
    policy.describeCreation(graph.context(), { ...inputs, adopt: { displayName: NAME } }),
  "policy: read": (graph) => policy.read(graph.context(), ID, inputs),
  "policy: read of what is not known": (graph) => policy.read(graph.context(), ID, {}),
  "policy: update": (graph) => policy.update(graph.context(), ID, olds, inputs),
  "policy: delete": (graph) => policy.delete(graph.context(), ID, inputs),
  "patch: create": (graph) => patch.create(graph.context(), patched),
  "patch: read": (graph) => patch.read(graph.context(), ID, patched),
  "patch: update": (graph) => patch.update(graph.context(), ID, wasPatched, patched),
  "patch: delete": (graph) => patch.delete(graph.context(), ID, patched),
  "priorities: create": (graph) => priorities.create(graph.context(), order),
  "priorities: read": (graph) => priorities.read(graph.context(), ID, order),
  "officeConfiguration: create": (graph) => singleton.create(graph.context(), reports),
  "officeConfiguration: read": (graph) => singleton.read(graph.context(), "", reports),
  "officeConfiguration: update": (graph) => singleton.update(graph.context(), "", {}, reports),
  "lookup by id": lookUp("getOfficeClientConfiguration", { id: ID }),
  "lookup by name": lookUp("getOfficeClientConfiguration", { displayName: NAME }),
  "lookup of all": lookUp("getOfficeClientConfigurations", {}),
  "lookup of the singleton": lookUp("getOfficeConfiguration", {}),
};
