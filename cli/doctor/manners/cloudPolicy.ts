import { paths } from "../../../provider/api/paths";
import { isPlainObject, type PlainObject } from "../../../provider/settings/json";
import { decodeBase64 } from "../../../provider/settings/wire";
import type { Verdict } from "../verdict";
import { collectionManners, MOST_READ, onlySeen } from "./collection";
import {
  contentOf,
  encodingOf,
  hasNextLink,
  objectsOf,
  type PayloadForm,
  payloadFormOf,
} from "./forms";
import { isRefusal, isSuccess, type Reads, treatment } from "./reads";
import type { Seen } from "./schema";

const PAYLOADS = ["policyPayload", "userPreferencePayload"] as const;

const KNOWN: ReadonlySet<string> = new Set([
  ...PAYLOADS,
  "id",
  "displayName",
  "description",
  "priority",
  "userCheckinSummary",
  "checkinStatuses",
  "lastModifiedDateTime",
  "assignments",
]);

/** Fewest groups of an expanded collection that may have been cut: Graph is known to cut at 20. */
const MAYBE_CUT = 20;

/**
 * Finds out the manners of Cloud Policy's API.
 *
 * @param page - The first page of its list.
 * @param cast - The verdict on a path that names a type.
 */
export async function cloudPolicyMannersOf(
  reads: Reads,
  page: unknown,
  cast: Verdict | undefined,
): Promise<Seen<"cloudPolicy">> {
  const listed = objectsOf(page);
  const expanded = await reads.get(`${paths.clientConfigurations}?$expand=assignments`);
  const alone = await readAlone(reads, listed);
  const collection = await collectionManners(
    reads,
    { item: paths.clientConfiguration, known: KNOWN },
    { page, alone },
  );
  const inLists = objectsOf(isSuccess(expanded) ? expanded.body : undefined);
  return onlySeen({
    ...collection,
    expandInLists: treatment(expanded, anyHas(inLists, "assignments")),
    groupsUnasked: anyHas(listed, "assignments"),
    ...(await expandedManners(reads, [...inLists, ...alone])),
    ...(await payloadManners(reads, listed, alone)),
    lastModifiedDateTime: anyHas(listed, "lastModifiedDateTime"),
    typeCasts: castTreatment(cast),
  });
}

async function readAlone(reads: Reads, listed: readonly PlainObject[]): Promise<PlainObject[]> {
  const found: PlainObject[] = [];
  for (const id of idsOf(listed).slice(0, MOST_READ)) {
    const read = await reads.get(`${paths.clientConfiguration(id)}?$expand=assignments`);
    if (isSuccess(read) && isPlainObject(read.body)) found.push(read.body);
  }
  return found;
}

function idsOf(objects: readonly PlainObject[]): string[] {
  return objects.flatMap(({ id }) => (typeof id === "string" && id.length > 2 ? [id] : []));
}

/** Whether an object has a property; undefined without objects. */
function anyHas(objects: readonly PlainObject[], property: string): boolean | undefined {
  return objects.length === 0
    ? undefined
    : objects.some((object) => object[property] !== undefined);
}

function castTreatment(cast: Verdict | undefined): "honoured" | "refused" | undefined {
  if (cast?.state === "open") return "honoured";
  return cast?.status !== undefined && isRefusal(cast.status) ? "refused" : undefined;
}

/** The cut of expanded groups: at a link, or where the whole list has more. */
async function expandedManners(
  reads: Reads,
  objects: readonly PlainObject[],
): Promise<Pick<Seen<"cloudPolicy">, "expandedPageSize" | "expandedNextLink">> {
  const groups = objects.flatMap(({ id, assignments, "assignments@odata.nextLink": link }) =>
    Array.isArray(assignments) && typeof id === "string"
      ? [{ id, count: assignments.length, isLinked: typeof link === "string" }]
      : [],
  );
  const linked = groups.find(({ isLinked, count }) => isLinked && count > 0);
  if (linked !== undefined) return { expandedPageSize: linked.count, expandedNextLink: true };
  const full = groups.find(({ count }) => count >= MAYBE_CUT);
  if (full === undefined) return {};
  const all = await reads.get(paths.assignments(full.id));
  const isCut =
    isSuccess(all) && (hasNextLink(all.body) || objectsOf(all.body).length > full.count);
  return isCut ? { expandedPageSize: full.count, expandedNextLink: false } : {};
}

/** A payload that has contents, in its forms. */
interface SeenPayload {
  readonly alone: PayloadForm;
  readonly listed: PayloadForm;
  readonly inline?: string;
  readonly bytes: Uint8Array;
}

async function payloadManners(
  reads: Reads,
  listed: readonly PlainObject[],
  alone: readonly PlainObject[],
): Promise<
  Pick<Seen<"cloudPolicy">, "payloads" | "listPayloads" | "payloadEncoding" | "payloadContent">
> {
  const payload = await firstPayload(reads, listed, alone);
  if (payload === undefined) return {};
  return onlySeen({
    payloads: payload.alone,
    listPayloads: payload.listed,
    payloadEncoding: payload.inline === undefined ? undefined : encodingOf(payload.inline),
    payloadContent: contentOf(payload.bytes),
  });
}

/** The first payload with contents. Only contents show whether null means that there are none. */
async function firstPayload(
  reads: Reads,
  listed: readonly PlainObject[],
  alone: readonly PlainObject[],
): Promise<SeenPayload | undefined> {
  for (const object of alone) {
    const inList = listed.find(({ id }) => sameId(id, object.id));
    for (const name of PAYLOADS) {
      const value = object[name];
      const inline = typeof value === "string" && value !== "" ? value : undefined;
      const bytes =
        inline === undefined
          ? await reads.bytes(streamPath(name, String(object.id)))
          : (decodeBase64(inline) ?? Buffer.from(inline));
      if (bytes === undefined || inList === undefined) continue;
      const forms = { alone: payloadFormOf(object, name), listed: payloadFormOf(inList, name) };
      return { ...forms, bytes, ...(inline !== undefined && { inline }) };
    }
  }
  return undefined;
}

function streamPath(name: (typeof PAYLOADS)[number], id: string): string {
  return paths[name](id);
}

function sameId(a: unknown, b: unknown): boolean {
  return String(a).toLowerCase() === String(b).toLowerCase();
}
