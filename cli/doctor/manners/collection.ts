import { isPlainObject, type PlainObject } from "../../../provider/settings/json";
import {
  commonForm,
  cutPage,
  hasUnknown,
  idCases,
  inOtherCase,
  mostDateDigits,
  objectsOf,
  typeNameForms,
} from "./forms";
import { isSuccess, type Reads } from "./reads";
import type { Seen } from "./schema";

/** Most objects that are read one by one. */
export const MOST_READ = 3;

/** A collection, and what its API names. */
export interface Collection {
  /** Path of an object. */
  readonly item: (id: string) => string;
  /** Names of an object's properties. */
  readonly known: ReadonlySet<string>;
}

type CollectionSeen = Pick<
  Seen<"intune">,
  | "pageSize"
  | "etags"
  | "typeNames"
  | "typesInLists"
  | "unknownProperties"
  | "idCase"
  | "otherIdCase"
  | "answeredIdCase"
  | "dateDigits"
>;

/** The manners that all collections have, from the first page of a list and from objects that were read alone. */
export async function collectionManners(
  reads: Reads,
  { item, known }: Collection,
  { page, alone }: { readonly page: unknown; readonly alone: readonly PlainObject[] },
): Promise<CollectionSeen> {
  const listed = objectsOf(page);
  const objects = [...listed, ...alone];
  const otherCase = await otherCaseManners(reads, item, { listed, alone });
  if (objects.length === 0) return onlySeen({ pageSize: cutPage(page) });
  return onlySeen({
    pageSize: cutPage(page),
    etags: objects.some((object) => typeof object["@odata.etag"] === "string"),
    typeNames: commonForm(typeNameForms(objects)) ?? ("missing" as const),
    typesInLists: listed.length === 0 ? undefined : typeNameForms(listed).length === listed.length,
    unknownProperties: objects.some((object) => hasUnknown(object, known)),
    idCase: commonForm(idCases(objects.map(({ id }) => id))),
    dateDigits: mostDateDigits(objects.map((object) => object.lastModifiedDateTime)),
    ...otherCase,
  });
}

/** Asks for the first object by its id in the other case. @param found.alone - Objects asked for by their listed ids. */
async function otherCaseManners(
  reads: Reads,
  item: (id: string) => string,
  {
    listed,
    alone,
  }: { readonly listed: readonly PlainObject[]; readonly alone: readonly PlainObject[] },
): Promise<Pick<CollectionSeen, "otherIdCase" | "answeredIdCase">> {
  const id = listed.map((object) => object.id).find((each) => idCases([each]).length > 0);
  const other = typeof id === "string" ? inOtherCase(id) : undefined;
  if (other === undefined) return {};
  const read = await reads.get(item(other));
  if (read === undefined) return {};
  if (!isSuccess(read)) return { otherIdCase: "not found" };
  const answered = isPlainObject(read.body) ? read.body.id : undefined;
  if (answered === other) return { otherIdCase: "found", answeredIdCase: "as asked" };
  if (answered !== id) return { otherIdCase: "found" };
  const answers = new Set(alone.map((object) => object.id));
  if (answers.has(other)) return { otherIdCase: "found", answeredIdCase: "not as asked" };
  return onlySeen({
    otherIdCase: "found" as const,
    answeredIdCase: answers.has(id) ? ("as listed" as const) : undefined,
  });
}

/** An object without the properties that have no value. */
export function onlySeen<T extends object>(
  given: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const seen = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(seen) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
