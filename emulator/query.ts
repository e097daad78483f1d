import { badRequest } from "./errors";
import { parseFilter } from "./filter";
import type { EmulatorMode } from "./modes";
import { type GraphObject, skipToken } from "./objects";
import { CAST_OPTION } from "./paths";
import { propertyNamed } from "./properties";
import { shown, unknownProperties } from "./shown";

/** OData's query options of a request; beta takes them without the `$` too. */
export function queryOption(url: URL, name: string): string | undefined {
  return url.searchParams.get(`$${name}`) ?? url.searchParams.get(name) ?? undefined;
}

/** Filters, orders and searches as a request asks. */
export function applyQuery(items: readonly GraphObject[], url: URL): GraphObject[] {
  const filter = queryOption(url, "filter");
  const search = queryOption(url, "search")?.replaceAll('"', "").toLowerCase();
  const kept = items
    .filter(filter === undefined ? () => true : parseFilter(filter))
    .filter((item) => search === undefined || JSON.stringify(item).toLowerCase().includes(search));
  return ordered(kept, queryOption(url, "orderby"));
}

function ordered(items: GraphObject[], orderBy: string | undefined): GraphObject[] {
  if (orderBy === undefined) return items;
  const keys = orderBy.split(",").map((part) => part.trim().split(/\s+/));
  for (const [name = "", direction = "asc"] of keys) {
    propertyNamed(name);
    if (!["asc", "desc"].includes(direction)) throw badRequest(`Invalid $orderby: ${orderBy}`);
  }
  return [...items].sort((a, b) => {
    for (const [name = "", direction] of keys) {
      const order = compare(a[name], b[name]);
      if (order !== 0) return direction === "desc" ? -order : order;
    }
    return 0;
  });
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a ?? "").localeCompare(String(b ?? ""));
}

/** Keeps the selected properties, and what begins with `@odata.`. */
export function select(item: GraphObject, url: URL): GraphObject {
  const names = queryOption(url, "select")
    ?.split(",")
    .map((name) => name.trim());
  if (names === undefined || names.includes("*")) return item;
  names.forEach(propertyNamed);
  names.push(...expanded(url));
  return Object.fromEntries(
    Object.entries(item).filter(
      ([key]) =>
        names.includes(key) || key.startsWith("@odata.") || names.includes(key.split("@")[0] ?? ""),
    ),
  );
}

/** Says if a navigation property is to be expanded. */
export function expands(url: URL, name: string): boolean {
  const names = expanded(url);
  return names.includes(name) || names.includes("*");
}

/** The expanded properties; what stands in parentheses behind them is left aside. */
function expanded(url: URL): string[] {
  const text = queryOption(url, "expand")?.replaceAll(/\([^)]*\)/g, "");
  const names = text?.split(",").map((name) => name.trim()) ?? [];
  return names.map((name) => (name === "*" ? name : propertyNamed(name)));
}

/** One page of a list, with the link to the next. */
export function page(
  items: readonly GraphObject[],
  url: URL,
  options: { readonly mode: EmulatorMode; readonly origin: string; readonly context: string },
): object {
  const { pageSize } = options.mode;
  const skip = wholeNumber(url, "skip") ?? 0;
  const token = queryOption(url, "skiptoken");
  const start = token === undefined ? skip : offsetOf(token);
  const top = wholeNumber(url, "top");
  const size = Math.min(top ?? pageSize, pageSize);
  const end = Math.min(start + size, items.length);
  const isLast = end >= items.length || (top !== undefined && top <= pageSize);
  const next = new URL(url.pathname + url.search, options.origin);
  for (const name of ["$skip", "skip", "$top", "top", "skiptoken"]) next.searchParams.delete(name);
  if (top !== undefined) next.searchParams.set("$top", String(top - size));
  const cast = next.searchParams.get(CAST_OPTION);
  if (cast !== null) {
    next.pathname += cast.replace("#", "/");
    next.searchParams.delete(CAST_OPTION);
  }
  next.searchParams.set("$skiptoken", skipToken(end));
  return {
    "@odata.context": options.context,
    ...(queryOption(url, "count") === "true" && { "@odata.count": items.length }),
    ...(!isLast && { "@odata.nextLink": next.href }),
    ...unknownProperties(options.mode),
    value: items
      .slice(start, end)
      .map((item) => shown(select(item, url), options.mode, { kind: "list" })),
  };
}

function wholeNumber(url: URL, name: string): number | undefined {
  const text = queryOption(url, name);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw badRequest(`Invalid value '${text}' for $${name} query option.`);
  return Number(text);
}

function offsetOf(token: string): number {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (!/^\d{1,15}$/.test(text)) throw badRequest("Invalid $skiptoken.");
  return Number(text);
}
