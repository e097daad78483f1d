/**
 * A record, on this machine, of the last query of a tenant's audit log: the service may answer after the run that began it
 * has ended, and the next run reads the answer. It holds the query's id and its time, and nothing of the answer.
 *
 * @module
 */
import { lstat, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { hash, writeDurably } from "../update/creationRecord";

/** Lifetime of a record, in milliseconds: a day. A later run asks anew. */
const LIFETIME_MS = 24 * 60 * 60_000;

const LONGEST_BYTES = 10_000;

const recordSchema = z.strictObject({
  version: z.literal(1),
  /** When the query was begun. */
  at: z.iso.datetime(),
  id: z.string().min(1),
});

/** A query that a run on this machine has begun. */
export interface BegunQuery {
  readonly id: string;
  /** In milliseconds since the epoch. */
  readonly atMs: number;
}

/** The record of one tenant's last query. Never throws: without it, a later run asks anew. */
export class AuditQueryRecord {
  readonly #file: string;

  /** @param tenant - Identifies the tenant, and the Graph in which its queries are. */
  constructor(
    private readonly folder: string,
    tenant: string,
  ) {
    this.#file = join(folder, `${hash("audit log", tenant)}.json`);
  }

  async read(nowMs: number): Promise<BegunQuery | undefined> {
    try {
      const uid = process.getuid?.();
      const found = await lstat(this.#file);
      const isOurs = found.isFile() && (uid ?? found.uid) === found.uid;
      if (!isOurs || found.size > LONGEST_BYTES) return undefined;
      const { data } = recordSchema.safeParse(JSON.parse(await readFile(this.#file, "utf8")));
      if (data === undefined) return undefined;
      const query = { id: data.id, atMs: Date.parse(data.at) };
      return Math.abs(nowMs - query.atMs) < LIFETIME_MS ? query : undefined;
    } catch {
      return undefined;
    }
  }

  async write({ id, atMs }: BegunQuery): Promise<void> {
    const record = { version: 1, at: new Date(atMs).toISOString(), id };
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeDurably(this.#file, JSON.stringify(record));
    } catch {
      // A later run asks anew.
    }
  }

  async drop(): Promise<void> {
    await rm(this.#file, { force: true }).catch(() => undefined);
  }
}
