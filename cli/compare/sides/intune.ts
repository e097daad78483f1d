import type { WholePolicy } from "../../../provider/api/configurationPolicyReader";
import { readTarget } from "../../../provider/api/policyTargets";
import type { Catalogue } from "../../../provider/catalogue/catalogue";
import { parseDefinitionId } from "../../../provider/intune/definitionId";
import type { LeftLine, ResolvedPolicy } from "../../convert/resolution";
import { resolveSources } from "../../convert/resolve";
import type { Source } from "../../sources/source";
import { readIntune } from "../../tenant/readIntune";
import type { Audience, Side, SidePolicy } from "../side";
import { inTenant, type TenantOptions } from "./tenant";

/** Options of a side of Intune's. */
export interface IntuneOptions extends TenantOptions {
  /** Catalogue by which definitions are read as settings. */
  readonly catalogue: Catalogue;
}

/** Reads the policies of Office in a tenant's settings catalogue of Intune. Sends only GETs. */
export function intuneSide({ catalogue, ...options }: IntuneOptions): Promise<Side> {
  return inTenant(options, async (graph, tenant) => {
    const title = `Intune of the ${tenant}`;
    options.log(`reading the policies in ${title} …`);
    const { policies, notes } = await readIntune(graph);
    return { title, road: "intune", ...settingsOf(policies, catalogue), notes };
  });
}

/** Settings of Office in policies. Policies that have none, and values of other products, are left out. */
export function settingsOf(
  policies: readonly WholePolicy[],
  catalogue: Catalogue,
): Pick<Side, "policies" | "left"> {
  const sources = policies.map(sourceOf);
  const wholes = new Map(policies.map((policy) => [policy.id, policy]));
  const { policies: resolved, left } = resolveSources(sources, catalogue);
  return {
    policies: resolved
      .filter(({ settings }) => settings.length > 0)
      .flatMap((each) => {
        const whole = wholes.get(each.source.path);
        return whole === undefined ? [] : [sidePolicy(each, whole)];
      }),
    left: left.filter(isOfOffice),
  };
}

/** A policy as a source; its path is its id. */
function sourceOf({ id, policy: { name }, instances }: WholePolicy): Source {
  return {
    name: name ?? id,
    path: id,
    kind: "Intune settings catalogue policy",
    entries: instances.map((instance) => ({ form: "definition", instance })),
    conditions: [],
    notes: [],
  };
}

function sidePolicy(
  { source, settings }: ResolvedPolicy,
  { id, targets }: WholePolicy,
): SidePolicy {
  return {
    road: "intune",
    name: source.name,
    id,
    audience: audienceOf(targets),
    payloads: {
      policies: Object.fromEntries(settings.map(({ settingId, value }) => [settingId, value])),
      userPreferences: undefined,
    },
  };
}

function audienceOf(json: WholePolicy["targets"]): Audience {
  const targets = json.map(readTarget);
  const read = targets.filter((target) => target !== undefined);
  return { kind: "targets", targets: read, unread: targets.length - read.length };
}

/** Whether a value that is left is one of Office, or may be. */
function isOfOffice({ kind, key }: LeftLine): boolean {
  if (kind === "foreign") return false;
  return kind !== "unread" || key === "" || parseDefinitionId(key) !== undefined;
}
