/**
 * Pages that a run has read, in a file, so that the next run continues after them: a line of JSON that identifies the
 * reading, and one line for each page.
 *
 * @module
 */
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { type Definition, isDefinition } from "./office";

/** First line of the file, with its version, 1. */
const BEGINNING = '{"settingDefinitions":1,';

/** Identity of a reading. Kept pages of another one cannot be used. */
export interface Reading {
  readonly origin: string;
  /** The GUID of the tenant; undefined if nothing says it. */
  readonly tenantId: string | undefined;
  /** Path and query of the first page. */
  readonly path: string;
}

/** The kept part of a page. */
export interface KeptPage {
  /** Number of definitions in the page, of all products. */
  readonly read: number;
  /** Those of Office. */
  readonly definitions: readonly Definition[];
  /** Link to the next page; undefined for the last. */
  readonly next?: URL | undefined;
}

const headSchema = z.object({
  settingDefinitions: z.literal(1),
  origin: z.string(),
  tenantId: z.string().optional(),
  path: z.string(),
});

const pageSchema = z.object({
  page: z.int(),
  read: z.int(),
  next: z.string().nullable(),
  definitions: z.array(z.custom<Definition>(isDefinition)),
});

/** Age after which kept pages are not used, in milliseconds: their links may have expired, or the pages changed. */
const MAX_AGE_MS = 24 * 60 * 60_000;

/** The pages that are read so far. */
export class KeptPages {
  readonly file: string;
  readonly #reading: Reading;
  #pages: KeptPage[] = [];

  /** @param file - Where they are kept. */
  constructor(file: string, reading: Reading) {
    this.file = file;
    this.#reading = reading;
  }

  /** Number of kept pages. */
  get count(): number {
    return this.#pages.length;
  }

  /** Number of definitions in these pages, of all products. */
  get read(): number {
    return this.#pages.reduce((sum, { read }) => sum + read, 0);
  }

  get definitions(): Definition[] {
    return this.#pages.flatMap(({ definitions }) => definitions);
  }

  /** Link to the first missing page; undefined before the first page and after the last. */
  get next(): URL | undefined {
    return this.#pages.at(-1)?.next;
  }

  /** Whether all pages are kept. */
  get isWhole(): boolean {
    return this.#pages.length > 0 && this.next === undefined;
  }

  /**
   * Takes over what an earlier run has kept.
   *
   * @returns the reason if the file cannot be used, as a clause; undefined if it can, or if there is none.
   * @throws TypeError for a file of something else, of another tenant, or with a link that leads elsewhere.
   */
  resume(nowMs: number): string | undefined {
    const bytes = this.#bytes();
    if (bytes === undefined) return undefined;
    const lines = wholeLines(bytes);
    // A run that was killed while it wrote the first line.
    if (lines.length === 0 && isBeginning(bytes.toString("utf8"))) return undefined;
    const head = headSchema.safeParse(json(lines[0]?.text ?? "")).data;
    if (head === undefined) throw this.#refused("is no file of this command");
    const { origin, tenantId, path } = this.#reading;
    if (head.origin !== origin || head.tenantId !== tenantId) {
      throw this.#refused(
        `was begun in ${nameOf(head)}, and this is ${nameOf({ origin, tenantId })}`,
      );
    }
    const ageMs = nowMs - statSync(this.file).mtimeMs;
    if (head.path !== path || ageMs > MAX_AGE_MS) {
      this.clear();
      return head.path === path ? "is older than a day" : "has pages of another size";
    }
    const pages = lines.slice(1).map(({ text }) => pageSchema.safeParse(json(text)).data);
    // A run that was killed leaves half a line, and two runs at once leave lines that do not follow each other.
    const bad = pages.findIndex((page, place) => page?.page !== place + 1);
    const good = bad === -1 ? pages.length : bad;
    this.#pages = pages.slice(0, good).flatMap((page) => (page ? [this.#pageOf(page)] : []));
    truncateSync(this.file, lines[good]?.end ?? 0);
    return undefined;
  }

  /** Keeps another page. */
  add(page: KeptPage): void {
    const { origin, tenantId, path } = this.#reading;
    const head = { settingDefinitions: 1, origin, tenantId, path };
    if (this.count === 0) {
      mkdirSync(dirname(this.file), { recursive: true });
      rmSync(this.file, { force: true });
      appendFileSync(this.file, `${JSON.stringify(head)}\n`);
    }
    this.#pages.push(page);
    const { read, definitions, next } = page;
    const line = { page: this.count, read, next: next?.href ?? null, definitions };
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }

  /** Forgets all pages. */
  clear(): void {
    this.#pages = [];
    rmSync(this.file, { force: true });
  }

  #bytes(): Buffer | undefined {
    try {
      return readFileSync(this.file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT") return undefined;
      throw this.#refused(`cannot be read: ${code}`);
    }
  }

  #pageOf({ read, definitions, next }: z.infer<typeof pageSchema>): KeptPage {
    if (next === null) return { read, definitions };
    const { origin } = this.#reading;
    const url = URL.canParse(next) ? new URL(next) : undefined;
    // The file lies where others may have written to it, and the next request carries the token.
    if (url?.origin !== origin || url.username !== "" || url.password !== "") {
      throw this.#refused(`leads to another address than ${origin}: no token is sent there`);
    }
    return { read, definitions, next: url };
  }

  #refused(what: string): TypeError {
    return new TypeError(`${this.file} ${what}. Delete it, or give another --out`);
  }
}

function isBeginning(text: string): boolean {
  return text.startsWith(BEGINNING) || BEGINNING.startsWith(text);
}

function nameOf({ origin, tenantId }: { origin: string; tenantId?: string | undefined }): string {
  return `${tenantId === undefined ? "a tenant without a known id" : `the tenant ${tenantId}`} (${origin})`;
}

/** The lines that have their end, and where it is, in bytes. */
function wholeLines(bytes: Buffer): { readonly text: string; readonly end: number }[] {
  const lines: { text: string; end: number }[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    lines.push({ text: bytes.toString("utf8", start, end), end: end + 1 });
    start = end + 1;
  }
  return lines;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
