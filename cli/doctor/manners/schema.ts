/**
 * The manners of a tenant's service: how it answers where Microsoft's documentation is silent or contradicts itself. Every
 * value is a number, true or false, or one of a few words, so that no text of a tenant can be among them.
 *
 * @module
 */
import { z } from "zod";

/** Value of a manner that this tenant could not show, such as the page size of a list that fits into one page. */
export const NOT_SEEN = "not seen";

const orNotSeen = <T extends z.ZodType>(schema: T) => z.union([schema, z.literal(NOT_SEEN)]);

const count = orNotSeen(z.int().min(1).max(1_000_000));
const yesOrNo = orNotSeen(z.boolean());

/** Forms of a payload in an object's JSON. `missing`: neither a value nor a link. */
export const PAYLOAD_FORMS = ["inline", "stream", "null", "missing"] as const;

const payloadForm = orNotSeen(z.enum(PAYLOAD_FORMS));

/** Manners of the collections of all APIs. */
const collectionManners = {
  /** Items of a page that has a link to the next. */
  pageSize: count,
  /** Whether objects have an `@odata.etag`. */
  etags: yesOrNo,
  /** `@odata.type` with `#`, without it, both, or nowhere. */
  typeNames: orNotSeen(z.enum(["hash", "plain", "mixed", "missing"])),
  /** Whether the objects of a list have an `@odata.type`. */
  typesInLists: yesOrNo,
  /** Whether objects have properties that no page of the API names. */
  unknownProperties: yesOrNo,
  /** Case of the GUIDs in answers. */
  idCase: orNotSeen(z.enum(["lower", "upper", "mixed"])),
  /** Whether an id in the other case finds its object. */
  otherIdCase: orNotSeen(z.enum(["found", "not found"])),
  /** Case of the id in that object: as in the request, as in lists, or always another than in the request. */
  answeredIdCase: orNotSeen(z.enum(["as asked", "as listed", "not as asked"])),
  /** Digits of a second's fraction in `lastModifiedDateTime`. */
  dateDigits: orNotSeen(z.int().min(0).max(20)),
};

/** Manners of `/officeConfiguration/clientConfigurations`. */
export const cloudPolicyManners = z.strictObject({
  ...collectionManners,
  /** Answer of a list to `$expand=assignments`: 400 or 501, or 200 with or without the groups. */
  expandInLists: orNotSeen(z.enum(["honoured", "ignored", "refused"])),
  /** Whether answers have the groups without `$expand`. */
  groupsUnasked: yesOrNo,
  /** Groups in an expanded collection that has a link to the rest, or is known to be cut. */
  expandedPageSize: count,
  /** Whether a cut collection has an `@odata.nextLink`. */
  expandedNextLink: yesOrNo,
  /** Payloads in the JSON of one object. */
  payloads: payloadForm,
  /** Payloads in the JSON of a list. */
  listPayloads: payloadForm,
  /** Form of an inline payload. */
  payloadEncoding: orNotSeen(z.enum(["base64", "base64url", "text"])),
  /** A payload's JSON: a list of `{ settingId, value }`, another list, an object; or no JSON. */
  payloadContent: orNotSeen(z.enum(["settings", "list", "object", "text"])),
  /** Whether objects have `lastModifiedDateTime`. */
  lastModifiedDateTime: yesOrNo,
  /** Whether a path may name a type: `…/microsoft.graph.windowsOfficeClientConfiguration`. */
  typeCasts: orNotSeen(z.enum(["honoured", "refused"])),
});

/** Manners of `/deviceManagement/configurationPolicies`. */
export const intuneManners = z.strictObject({
  ...collectionManners,
  /** Whether policies have their settings without `$expand`. */
  settingsUnasked: yesOrNo,
  /** Answer of a policy to `$expand=settings`. */
  expandSettings: orNotSeen(z.enum(["honoured", "ignored", "refused"])),
  /** Settings of a page if the request does not say how many. */
  settingsPageSize: count,
  /** Settings of a page if the request asks for a thousand. */
  settingsMostInPage: count,
});

const status = orNotSeen(z.int().min(100).max(599));

/** Manners of writes, which only `--probe-writes` shows. */
const writeManners = {
  /** Status of the answer to a POST. */
  createdStatus: status,
  /** Reads that answer 404 before a new object is there. */
  readsUntilVisible: orNotSeen(z.int().min(0).max(1_000)),
  /** Whether a list has a new object at once. */
  listedAtOnce: yesOrNo,
  /** Status of the answer to a PATCH. */
  patchStatus: status,
  /** Whether a PATCH changes the ETag. */
  etagChanges: yesOrNo,
  /** Whether a PATCH with an outdated `If-Match` is refused with 412. */
  ifMatch: orNotSeen(z.enum(["obeyed", "ignored"])),
  /** Status of the answer to a DELETE. */
  deleteStatus: status,
  /** Whether a deleted object answers 404 at once. */
  goneAtOnce: yesOrNo,
};

/** Manners of writes to `/officeConfiguration/clientConfigurations`. */
export const cloudPolicyWriteManners = z.strictObject({
  ...writeManners,
  /** Whether a POST with a payload in this package's form is taken. */
  payloadInPost: orNotSeen(z.enum(["taken", "refused"])),
  /** The payload in the answer to a POST. */
  createdPayload: payloadForm,
  /** Whether the answer to a POST has groups. */
  createdGroups: yesOrNo,
  /** Whether a PATCH has to name the object's `@odata.type`. */
  typeInPatch: orNotSeen(z.enum(["required", "not required"])),
});

/** Manners of writes to `/deviceManagement/configurationPolicies`. */
export const intuneWriteManners = z.strictObject(writeManners);

/** Manners of `/$batch`. */
export const batchManners = z.strictObject({
  batches: orNotSeen(z.enum(["served", "refused"])),
  /** Order of the answers. */
  batchOrder: orNotSeen(z.enum(["as asked", "another"])),
});

/** All manners. */
export const manners = z.strictObject({
  cloudPolicy: cloudPolicyManners,
  intune: intuneManners,
  batch: batchManners,
  cloudPolicyWrites: cloudPolicyWriteManners,
  intuneWrites: intuneWriteManners,
});

/** All manners. */
export type Manners = z.infer<typeof manners>;

/** Manners of one API that were seen. */
export type Seen<Api extends keyof Manners> = {
  readonly [K in keyof Manners[Api]]?: Exclude<Manners[Api][K], typeof NOT_SEEN>;
};

const SCHEMAS = {
  cloudPolicy: cloudPolicyManners,
  intune: intuneManners,
  batch: batchManners,
  cloudPolicyWrites: cloudPolicyWriteManners,
  intuneWrites: intuneWriteManners,
} as const;

/** The manners of an API: those that were seen, and `not seen` for the others. */
export function withNotSeen<Api extends keyof Manners>(api: Api, seen: Seen<Api>): Manners[Api] {
  const names = Object.keys(SCHEMAS[api].shape);
  const values = names.map((name) => [name, (seen as Record<string, unknown>)[name] ?? NOT_SEEN]);
  return SCHEMAS[api].parse(Object.fromEntries(values)) as Manners[Api];
}
