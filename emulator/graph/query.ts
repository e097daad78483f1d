import type { EmulatorMode } from "../modes";
import type { GraphObject, Vocabulary } from "./api";
import { badRequest } from "./errors";
import { parseFilter } from "./filter";
import { offsetOf, skipToken } from "./pages";
import { CAST_OPTION } from "./paths";
import { propertyNamed } from "./properties";
import { shown, unknownProperties } from "./shown";

/** OData's query options of one request. Graph's beta accepts them without the `$` too. */
export class Query {
  constructor(
    private readonly url: URL,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** The type that the path casts to. */
  get cast(): string | undefined {
    return this.option(CAST_OPTION);
  }

  /** The value of an option: `filter` for `$filter`. */
  option(name: string): string | undefined {
    const { searchParams } = this.url;
    return searchParams.get(`$${name}`) ?? searchParams.get(name) ?? undefined;
  }

  /** Filters, orders and searches, as the request asks. */
  apply(items: readonly GraphObject[]): GraphObject[] {
    const filter = this.option("filter");
    const search = this.option("search")?.replaceAll('"', "").toLowerCase();
    const isKept = filter === undefined ? () => true : parseFilter(filter, this.vocabulary);
    const kept = items
      .filter(isKept)
      .filter(
        (item) => search === undefined || JSON.stringify(item).toLowerCase().includes(search),
      );
    return this.#ordered(kept);
  }

  #ordered(items: GraphObject[]): GraphObject[] {
    const orderBy = this.option("orderby");
    if (orderBy === undefined) return items;
    const keys = orderBy.split(",").map((part) => part.trim().split(/\s+/));
    for (const [name = "", direction = "asc"] of keys) {
      this.#property(name);
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

  /** Keeps the selected properties, and those that begin with `@odata.`. */
  select(item: GraphObject): GraphObject {
    const names = this.option("select")
      ?.split(",")
      .map((name) => name.trim());
    if (names === undefined || names.includes("*")) return item;
    for (const name of names) this.#property(name);
    names.push(...this.#expanded());
    return Object.fromEntries(
      Object.entries(item).filter(
        ([key]) =>
          names.includes(key) ||
          key.startsWith("@odata.") ||
          names.includes(key.split("@")[0] ?? ""),
      ),
    );
  }

  /** Whether to expand a navigation property. */
  expands(name: string): boolean {
    const names = this.#expanded();
    return names.includes(name) || names.includes("*");
  }

  /** The expanded properties, without their options in parentheses. */
  #expanded(): string[] {
    const text = this.option("expand")?.replaceAll(/\([^)]*\)/g, "");
    const names = text?.split(",").map((name) => name.trim()) ?? [];
    return names.map((name) => (name === "*" ? name : this.#property(name)));
  }

  /** One page of a list, with the link to the next. */
  page(
    items: readonly GraphObject[],
    options: { readonly mode: EmulatorMode; readonly origin: string; readonly context: string },
  ): object {
    const { pageSize } = options.mode;
    const token = this.option("skiptoken");
    const start = token === undefined ? (this.#wholeNumber("skip") ?? 0) : offsetOf(token);
    const top = this.#wholeNumber("top");
    const end = Math.min(start + Math.min(top ?? pageSize, pageSize), items.length);
    const isLast = end >= items.length || (top !== undefined && top <= pageSize);
    const left = top === undefined ? undefined : top - (end - start);
    return {
      "@odata.context": options.context,
      ...(this.option("count") === "true" && { "@odata.count": items.length }),
      ...(!isLast && { "@odata.nextLink": this.#next(options.origin, end, left).href }),
      ...unknownProperties(options.mode),
      value: items
        .slice(start, end)
        .map((item) =>
          shown(this.select(item), { mode: options.mode, forms: this.vocabulary.forms }),
        ),
    };
  }

  /** The link to the page that begins at an offset. */
  #next(origin: string, offset: number, top: number | undefined): URL {
    const next = new URL(this.url.pathname + this.url.search, origin);
    const { searchParams } = next;
    for (const name of ["$skip", "skip", "$top", "top", "skiptoken"]) searchParams.delete(name);
    if (top !== undefined) searchParams.set("$top", String(top));
    const cast = searchParams.get(CAST_OPTION);
    if (cast !== null) {
      next.pathname += cast.replace("#", "/");
      searchParams.delete(CAST_OPTION);
    }
    searchParams.set("$skiptoken", skipToken(offset));
    return next;
  }

  #property(name: string): string {
    return propertyNamed(name, this.vocabulary);
  }

  #wholeNumber(name: string): number | undefined {
    const text = this.option(name);
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text)) throw badRequest(`Invalid value '${text}' for $${name} query option.`);
    return Number(text);
  }
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a ?? "").localeCompare(String(b ?? ""));
}
