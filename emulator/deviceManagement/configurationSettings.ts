import type { Hono } from "hono";
import type { GraphObject } from "../graph/api";
import { badRequest, GraphError } from "../graph/errors";
import { Query } from "../graph/query";
import { shown, unknownProperties } from "../graph/shown";
import type { EmulatorMode } from "../modes";
import { FILTERABLE, VOCABULARY } from "./vocabulary";

const COLLECTION = "/beta/deviceManagement/configurationSettings";

/** Most definitions of a page, whatever `$top` asks for. */
const PAGE_SIZE = 100;

/** Every third page may answer 500 at first. */
const FAILING_PAGE = 3;

/** Options of a query that the service is known to take. */
const OPTIONS: ReadonlySet<string> = new Set(["filter", "select", "top", "skiptoken"]);

/** Place in the list: a page, counted from 1, and the definition that it begins with. */
interface Place {
  readonly page: number;
  readonly offset: number;
}

interface Definitions {
  readonly mode: EmulatorMode;
  readonly graphUrl: () => string;
  /** The definitions of the catalogue. */
  readonly all: () => readonly GraphObject[];
  /** Number of times that each page has answered 500. */
  readonly failures: Map<number, number>;
}

/** The collection of setting definitions. */
export function configurationSettingRoutes(app: Hono, definitions: Definitions): void {
  app.get(COLLECTION, (c) => c.json(answer(new URL(c.req.url), definitions)));
}

function answer(url: URL, { mode, graphUrl, all, failures }: Definitions): object {
  for (const name of url.searchParams.keys()) {
    if (!OPTIONS.has(name.replace(/^\$/, ""))) {
      throw badRequest(`The query option '${name}' is not allowed.`);
    }
  }
  const query = new Query(url, VOCABULARY);
  const place = placeOf(query.option("skiptoken"));
  failAtFirst(place, mode, failures);
  const found = new Query(url, FILTERABLE).apply(all());
  const end = place.offset + pageSize(place, query, mode);
  const link =
    end < found.length
      ? nextLink(url, graphUrl(), { page: place.page + 1, offset: end })
      : undefined;
  return {
    "@odata.context": `${graphUrl()}/$metadata#deviceManagement/configurationSettings`,
    ...(link !== undefined && { "@odata.nextLink": link.href }),
    ...unknownProperties(mode),
    value: found
      .slice(place.offset, end)
      .map((item) => shown(query.select(item), { mode, forms: VOCABULARY.forms })),
  };
}

function failAtFirst(
  { page }: Place,
  { definitionErrors }: EmulatorMode,
  failures: Map<number, number>,
): void {
  const failed = failures.get(page) ?? 0;
  if (page % FAILING_PAGE !== 0 || failed >= definitionErrors) return;
  failures.set(page, failed + 1);
  throw new GraphError(500, "InternalServerError", "An internal server error has occurred.");
}

function pageSize({ page }: Place, query: Query, { definitionPages }: EmulatorMode): number {
  const top = query.option("top");
  if (top !== undefined && !/^[1-9]\d*$/.test(top)) {
    throw badRequest(`Invalid value '${top}' for $top query option.`);
  }
  const size = Math.min(Number(top ?? PAGE_SIZE), PAGE_SIZE);
  if (definitionPages === "full") return size;
  if (page % 4 === 0) return 0;
  return page % 2 === 0 ? Math.ceil(size / 2) : size;
}

function nextLink(url: URL, graphUrl: string, place: Place): URL {
  const next = new URL(`${graphUrl}${url.pathname.replace(/^\/beta/, "")}${url.search}`);
  next.searchParams.delete("skiptoken");
  next.searchParams.set(
    "$skiptoken",
    Buffer.from(`${place.page}-${place.offset}`).toString("base64url"),
  );
  return next;
}

function placeOf(token: string | undefined): Place {
  if (token === undefined) return { page: 1, offset: 0 };
  const [, page, offset] =
    /^(\d{1,9})-(\d{1,9})$/.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  if (page === undefined) throw badRequest("Invalid $skiptoken.");
  return { page: Number(page), offset: Number(offset) };
}
