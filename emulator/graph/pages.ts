import type { EmulatorMode } from "../modes";
import type { GraphObject } from "./api";
import { badRequest } from "./errors";

/** The token of the page that begins at an offset. */
export function skipToken(offset: number): string {
  return Buffer.from(String(offset)).toString("base64url");
}

/** The offset that a token stands for. Throws Graph's 400 if it is none of this service's. */
export function offsetOf(token: string): number {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (!/^\d{1,15}$/.test(text)) throw badRequest("Invalid $skiptoken.");
  return Number(text);
}

/** An expanded collection under its name, with a link to the items after its first page. */
export function expandedCollection(
  name: string,
  items: readonly GraphObject[],
  { expandedPageSize, expandedNextLink }: EmulatorMode,
  { link }: { readonly link: string },
): GraphObject {
  const isWhole = items.length <= expandedPageSize;
  return {
    [name]: items.slice(0, expandedPageSize),
    ...(!isWhole &&
      expandedNextLink && {
        [`${name}@odata.nextLink`]: `${link}?$skiptoken=${skipToken(expandedPageSize)}`,
      }),
  };
}
