import { paths } from "../../../provider/api/paths";
import { isPlainObject, type PlainObject } from "../../../provider/settings/json";
import { collectionManners, onlySeen } from "./collection";
import { cutPage, idCases, objectsOf } from "./forms";
import { isSuccess, type Reads, treatment } from "./reads";
import type { Seen } from "./schema";

const KNOWN: ReadonlySet<string> = new Set([
  "id",
  "name",
  "description",
  "platforms",
  "technologies",
  "createdDateTime",
  "lastModifiedDateTime",
  "settingCount",
  "creationSource",
  "roleScopeTagIds",
  "isAssigned",
  "templateReference",
  "priorityMetaData",
  "disableEntraGroupPolicyAssignment",
  "settings",
  "assignments",
]);

/** More settings than a page has by anybody's account. */
const ALL = 1_000;

/** Finds out the manners of Intune's settings catalogue. @param page - The first page of its policies. */
export async function intuneMannersOf(reads: Reads, page: unknown): Promise<Seen<"intune">> {
  const listed = objectsOf(page);
  const alone = await readAlone(reads, listed);
  const collection = await collectionManners(
    reads,
    { item: paths.configurationPolicy, known: KNOWN },
    { page, alone },
  );
  const largest = largestPolicy(await reads.objects(paths.configurationPolicies, page));
  return onlySeen({
    ...collection,
    settingsUnasked:
      listed.length === 0 ? undefined : listed.some(({ settings }) => settings !== undefined),
    ...(largest !== undefined && (await settingsManners(reads, largest.path))),
  });
}

async function readAlone(reads: Reads, listed: readonly PlainObject[]): Promise<PlainObject[]> {
  const id = listed.map((policy) => policy.id).find((each) => idCases([each]).length > 0);
  if (typeof id !== "string") return [];
  const read = await reads.get(paths.configurationPolicy(id));
  return isSuccess(read) && isPlainObject(read.body) ? [read.body] : [];
}

/** The policy with the most settings, which shows the most about them. */
function largestPolicy(listed: readonly PlainObject[]): { readonly path: string } | undefined {
  const counted = listed.flatMap(({ id, settingCount }) =>
    typeof id === "string" && id.length > 2 && typeof settingCount === "number" && settingCount > 0
      ? [{ path: paths.configurationPolicy(id), settingCount }]
      : [],
  );
  return counted.sort((a, b) => b.settingCount - a.settingCount)[0];
}

async function settingsManners(
  reads: Reads,
  path: string,
): Promise<Pick<Seen<"intune">, "expandSettings" | "settingsPageSize" | "settingsMostInPage">> {
  const expanded = await reads.get(`${path}?$expand=settings`);
  const isThere =
    isSuccess(expanded) && isPlainObject(expanded.body)
      ? Array.isArray(expanded.body.settings)
      : undefined;
  const first = await reads.get(`${path}/settings`);
  const settingsPageSize = isSuccess(first) ? cutPage(first.body) : undefined;
  const all =
    settingsPageSize === undefined ? undefined : await reads.get(`${path}/settings?$top=${ALL}`);
  return onlySeen({
    expandSettings: treatment(expanded, isThere),
    settingsPageSize,
    settingsMostInPage: isSuccess(all) ? cutPage(all.body) : undefined,
  });
}
