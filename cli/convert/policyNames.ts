import type { KnownSettings } from "../../provider/catalogue/knownSettings";
import type { NamedEntry } from "../sources/source";

/** Policies of a catalogue, found by the names that an editor of templates shows. */
export class PolicyNames {
  readonly #policies: ReadonlyMap<string, readonly string[]>;
  readonly #tops = new Set<string>();
  #searches = 0;

  constructor(private readonly settings: KnownSettings) {
    const all = Object.entries(settings.catalogue.settings);
    const policies = all.filter(([, { policy }]) => policy === undefined);
    const byName = Map.groupBy(policies, ([, { name }]) => folded(name));
    this.#policies = new Map([...byName].map(([name, same]) => [name, same.map(([id]) => id)]));
    for (const [, { category }] of policies) this.#tops.add(topOf(category));
  }

  /** Policies with a name below the same categories; if there are none, below the same category at the top. */
  find({ policy, category }: NamedEntry): readonly string[] {
    const named = this.#policies.get(folded(policy)) ?? [];
    if (category.length === 0) return named;
    const path = folded(category.join(SEPARATOR));
    const below = named.filter((id) => isEnd(path, folded(this.#categoryOf(id))));
    if (below.length > 0) return below;
    return named.filter((id) => this.#isBelowTop(id, category));
  }

  /** Policies whose names are nearest to one that no policy has, below the same category at the top. */
  near({ policy, category }: NamedEntry): readonly string[] {
    // A search takes milliseconds, and a report in another language has hundreds of unknown names.
    this.#searches += 1;
    if (this.#searches > MOST_SEARCHES) return [];
    return this.settings
      .nearest(policy, MOST_COMPARED)
      .filter((id) => this.settings.find(id)?.policy === undefined)
      .filter((id) => category.length === 0 || this.#isBelowTop(id, category))
      .slice(0, MOST_NEAR);
  }

  #isBelowTop(id: string, category: readonly string[]): boolean {
    return new Set(category.map(bareTop)).has(topOf(this.#categoryOf(id)));
  }

  /** Whether an entry is below a category of the catalogue. One that names no category may be. */
  isOurs({ category }: NamedEntry): boolean {
    return category.length === 0 || category.some((name) => this.#tops.has(bareTop(name)));
  }

  #categoryOf(id: string): string {
    return this.settings.find(id)?.category ?? "";
  }
}

/** Between the names of categories, in a catalogue. */
const SEPARATOR = " > ";

/** Most settings among which near policies are looked for: each app may have one of the same name. */
const MOST_COMPARED = 40;

/** Most names of policies for which near ones are looked for. */
const MOST_SEARCHES = 100;

/** Most policies that are named as near. */
const MOST_NEAR = 3;

function topOf(category: string | undefined): string {
  return bareTop(category?.split(SEPARATOR, 1)[0] ?? "");
}

/** The name of a category at the top in all versions of the templates: `Microsoft Office 2016 - Office 365` is `microsoft office`. */
function bareTop(name: string): string {
  return folded(name).replace(/\s*(?:\b(?:19|20)\d\d\b|\().*$/, "");
}

/** Whether a path ends as another one does. A source may begin above the templates, or below their top. */
function isEnd(path: string, known: string): boolean {
  if (known === "") return false;
  return (
    `${SEPARATOR}${path}`.endsWith(`${SEPARATOR}${known}`) || known.endsWith(`${SEPARATOR}${path}`)
  );
}

/** A name as it is compared: in lower case, with single spaces. */
export function folded(name: string): string {
  return name.normalize("NFC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}
