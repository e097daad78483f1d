/**
 * Manners of a tenant's service in a profile, as modes. What was not seen stays as in the preset `unkind`.
 *
 * @module
 */
import type { EmulatorMode } from "../modes";

type Modes = Partial<EmulatorMode>;

/** The manners of one API in a profile. */
export type Manners = Readonly<Record<string, unknown>>;

/** The modes for a value; undefined if the emulator cannot play it. */
type Rule = (value: unknown, manners: Manners) => Modes | undefined;

/** A part of a profile, and the modes that play it. */
export interface Played {
  /** The part, for messages: `intune.etags true`. */
  readonly name: string;
  /** Undefined if the emulator cannot play it. */
  readonly modes: Modes | undefined;
}

const NOT_SEEN = "not seen";

/** Plays the manners of an API that were seen. */
export function playManners(api: string, manners: Manners): Played[] {
  const rules = RULES.get(api);
  return Object.entries(manners)
    .filter(([, value]) => value !== NOT_SEEN)
    .map(([name, value]) => ({
      name: `${api}.${name} ${JSON.stringify(value)}`,
      modes: rules?.get(name)?.(value, manners),
    }));
}

/** A rule for a few values. */
function oneOf(...known: readonly (readonly [value: unknown, modes: Modes])[]): Rule {
  const byValue = new Map(known);
  return (value) => byValue.get(value);
}

/** A rule for a number. */
function number(modes: (count: number) => Modes | undefined): Rule {
  return (value) => (Number.isSafeInteger(value) ? modes(value as number) : undefined);
}

/** The way in which the emulator behaves in every mode. */
const always = (value: unknown): Rule => oneOf([value, {}]);

/** Ids found in the other case, and answered in the case that the request did not use. */
const TURNED: Modes = { idCase: "other" };

/** Manners of the collections of all APIs. */
const COLLECTION: readonly (readonly [string, Rule])[] = [
  ["pageSize", number((pageSize) => (pageSize > 0 ? { pageSize } : undefined))],
  [
    "typeNames",
    oneOf(
      ["hash", { typeNames: "hash" }],
      ["plain", { typeNames: "plain" }],
      ["mixed", { typeNames: "mixed" }],
    ),
  ],
  ["typesInLists", always(true)],
  [
    "unknownProperties",
    oneOf([true, { unknownProperties: true }], [false, { unknownProperties: false }]),
  ],
  // The emulator's ids are in lower case, or in the case that a request did not use.
  [
    "idCase",
    (value, { otherIdCase }) => {
      if (otherIdCase === "found") return value === "mixed" ? {} : undefined;
      return value === "lower" ? { idCase: "kept" } : undefined;
    },
  ],
  ["otherIdCase", oneOf(["found", TURNED], ["not found", { idCase: "kept" }])],
  ["answeredIdCase", oneOf(["not as asked", TURNED])],
  ["dateDigits", oneOf([3, { dates: "milliseconds" }], [7, { dates: "sevenDigits" }])],
];

/** Status codes of writes: those of the API's pages, or those of OData. */
const SUCCESS_CODES = oneOf([200, { successCodes: "docs" }], [204, { successCodes: "odata" }]);

/** Manners of writes of all APIs. */
const WRITES: readonly (readonly [string, Rule])[] = [
  ["createdStatus", always(201)],
  [
    "readsUntilVisible",
    number((visibleAfterReads) => (visibleAfterReads >= 0 ? { visibleAfterReads } : undefined)),
  ],
  // A list counts as a read: it lacks what reads do not find yet.
  [
    "listedAtOnce",
    (value, { readsUntilVisible }) =>
      value === true || (value === false && readsUntilVisible !== 0) ? {} : undefined,
  ],
  ["patchStatus", SUCCESS_CODES],
  ["goneAtOnce", always(true)],
];

const PAYLOADS = {
  inline: { payloads: "inline" },
  stream: { payloads: "stream" },
  null: { payloads: "null" },
} as const satisfies Readonly<Record<string, Modes>>;

const RULES: ReadonlyMap<string, ReadonlyMap<string, Rule>> = new Map([
  [
    "cloudPolicy",
    new Map<string, Rule>([
      ...COLLECTION,
      ["etags", oneOf([true, { etags: true }], [false, { etags: false }])],
      [
        "expandInLists",
        oneOf(
          ["honoured", { expandInLists: "honoured" }],
          ["ignored", { expandInLists: "ignored" }],
          ["refused", { expandInLists: "refused" }],
        ),
      ],
      ["groupsUnasked", always(false)],
      [
        "expandedPageSize",
        number((expandedPageSize) => (expandedPageSize > 0 ? { expandedPageSize } : undefined)),
      ],
      [
        "expandedNextLink",
        oneOf([true, { expandedNextLink: true }], [false, { expandedNextLink: false }]),
      ],
      ["payloads", oneOf(...Object.entries(PAYLOADS))],
      [
        "listPayloads",
        (value, { payloads }) => {
          if (value === payloads) return { listPayloads: "asAlone" };
          return value === "null" ? { listPayloads: "null" } : undefined;
        },
      ],
      ["payloadEncoding", always("base64")],
      ["payloadContent", always("settings")],
      [
        "lastModifiedDateTime",
        oneOf([true, { lastModifiedDateTime: true }], [false, { lastModifiedDateTime: false }]),
      ],
      ["typeCasts", always("honoured")],
    ]),
  ],
  [
    "intune",
    new Map<string, Rule>([
      ...COLLECTION,
      ["etags", always(false)],
      ["settingsUnasked", always(false)],
      ["expandSettings", always("honoured")],
      // Without `$top`, a page has 25 settings in every mode, or fewer.
      [
        "settingsPageSize",
        number((size) => {
          if (size === 25) return {};
          return size > 0 && size < 25 ? { settingsPageSize: size } : undefined;
        }),
      ],
      [
        "settingsMostInPage",
        number((settingsPageSize) => (settingsPageSize > 0 ? { settingsPageSize } : undefined)),
      ],
    ]),
  ],
  [
    "cloudPolicyWrites",
    new Map<string, Rule>([
      ...WRITES,
      ["deleteStatus", SUCCESS_CODES],
      ["etagChanges", always(true)],
      ["ifMatch", always("obeyed")],
      ["payloadInPost", always("taken")],
      ["createdPayload", oneOf(...Object.entries(PAYLOADS))],
      [
        "createdGroups",
        oneOf([true, { navigation: "afterPost" }], [false, { navigation: "expandedOnly" }]),
      ],
      [
        "typeInPatch",
        oneOf(
          ["required", { requireODataType: true }],
          ["not required", { requireODataType: false }],
        ),
      ],
    ]),
  ],
  ["intuneWrites", new Map<string, Rule>([...WRITES, ["deleteStatus", always(204)]])],
  [
    "batch",
    new Map<string, Rule>([
      ["batches", always("served")],
      [
        "batchOrder",
        oneOf(["as asked", { batchOrder: "asAsked" }], ["another", { batchOrder: "reversed" }]),
      ],
    ]),
  ],
]);
