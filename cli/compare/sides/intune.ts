import type { WholePolicy } from "../../../provider/api/configurationPolicyReader";
import { readTarget } from "../../../provider/api/policyTargets";
import type { Catalogue } from "../../../provider/catalogue/catalogue";
import { parseDefinitionId } from "../../../provider/intune/definitionId";
import { isPlainObject } from "../../../provider/settings/json";
import type { LeftKind, LeftLine, ResolvedPolicy } from "../../convert/resolution";
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
export async function intuneSide(options: IntuneOptions): Promise<Side> {
  const side = await wholeIntuneSide(options);
  return { ...side, policies: side.policies.filter(hasSettings) };
}

/** The same with all policies for Windows, also those that have no setting of Office. */
export function wholeIntuneSide({ catalogue, announce, ...options }: IntuneOptions): Promise<Side> {
  return inTenant(options, async (graph, tenant) => {
    const title = `Intune of the ${tenant}`;
    (announce ?? options.log)(`reading the policies in ${title} …`);
    const { policies, notes } = await readIntune(graph);
    return { title, road: "intune", ...contentOf(policies, catalogue), notes };
  });
}

/** Whether a policy of Intune's has settings of Office. */
export function hasSettings({ payloads: { policies } }: SidePolicy): boolean {
  return isPlainObject(policies) && Object.keys(policies).length > 0;
}

/** Settings of Office in policies. Policies that have none, and values of other products, are left out. */
export function settingsOf(
  policies: readonly WholePolicy[],
  catalogue: Catalogue,
): Pick<Side, "policies" | "left"> {
  const found = contentOf(policies, catalogue);
  return { ...found, policies: found.policies.filter(hasSettings) };
}

/** The same with all policies. */
function contentOf(
  policies: readonly WholePolicy[],
  catalogue: Catalogue,
): Pick<Side, "policies" | "left"> {
  const sources = policies.map(sourceOf);
  const wholes = new Map(policies.map((policy) => [policy.id, policy]));
  const { policies: resolved, left: all } = resolveSources(sources, catalogue);
  const left = all.filter(isOfOffice);
  const unread = Map.groupBy(left, ({ source }) => source);
  return {
    policies: resolved.flatMap((each) => {
      const whole = wholes.get(each.source.path);
      const lines = unread.get(each.source.name) ?? [];
      const { length: unclear } = lines.filter(({ kind }) => !NO_USER_SETTING.has(kind));
      if (whole === undefined) return [];
      const policy = sidePolicy(each, whole);
      return [lines.length === 0 ? policy : { ...policy, unread: { all: lines.length, unclear } }];
    }),
    left,
  };
}

/** Kinds of values that are surely no setting of Cloud Policy, or that another value replaces. */
const NO_USER_SETTING: ReadonlySet<LeftKind> = new Set(["machine", "deletion", "replaced"]);

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
  { id, policy: { lastModifiedDateTime }, targets }: WholePolicy,
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
    ...(lastModifiedDateTime != null && { lastModified: lastModifiedDateTime }),
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
