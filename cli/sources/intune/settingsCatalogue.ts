/**
 * Policies of Intune's settings catalogue: Graph's `configurationPolicies` with their settings, the portal's export, and
 * files of tools for backups.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfigv2-devicemanagementconfigurationpolicy?view=graph-rest-beta
 * @module
 */
import { isPlainObject, type PlainObject } from "../../../provider/settings/json";
import type { SourceReader } from "../reader";
import type { SourceEntry } from "../source";
import { listOf, objectsOf, sourceOf } from "./objects";

const KIND = "Intune settings catalogue policy";

export const settingsCatalogueReader: SourceReader = {
  kind: KIND,
  matches: ({ json }) => objectsOf(json).some(({ body }) => isPolicy(body)),
  read: (file) =>
    objectsOf(file.json)
      .filter(({ body }) => isPolicy(body))
      .map((object) => ({ ...sourceOf(file, KIND, object), entries: entriesOf(object.body) })),
};

function isPolicy({ settings, platforms, technologies }: PlainObject): boolean {
  const items = listOf(settings);
  return items === undefined || items.length === 0
    ? typeof platforms === "string" && typeof technologies === "string"
    : items.some((item) => instanceOf(item) !== undefined);
}

function instanceOf(item: unknown): PlainObject | undefined {
  if (!isPlainObject(item)) return undefined;
  if (isPlainObject(item.settingInstance)) return item.settingInstance;
  return typeof item.settingDefinitionId === "string" ? item : undefined;
}

function entriesOf(policy: PlainObject): SourceEntry[] {
  const items = listOf(policy.settings);
  const entries = (items ?? []).map((item, index): SourceEntry => {
    const instance = instanceOf(item);
    return instance === undefined
      ? { form: "unread", place: `settings[${index}]`, reason: "it is no setting" }
      : { form: "definition", instance };
  });
  const missing = missingSettings(policy, items?.length);
  return missing === undefined
    ? entries
    : [...entries, { form: "unread", place: "settings", reason: missing }];
}

/** Graph answers without settings if they are not asked for, and with 25 of them on a page. */
function missingSettings(policy: PlainObject, count: number | undefined): string | undefined {
  const { settingCount } = policy;
  const all = typeof settingCount === "number" ? settingCount : undefined;
  if (count === undefined && all !== 0) {
    return "the file has the policy without its settings: save it with ?$expand=settings";
  }
  if (all !== undefined && count !== undefined && count < all) {
    return `the policy has ${all} settings, and the file has ${count} of them`;
  }
  return typeof policy["settings@odata.nextLink"] === "string"
    ? "more of its settings are on a page that the file does not have (@odata.nextLink)"
    : undefined;
}
