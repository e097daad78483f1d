/**
 * A record, on this machine, of each creation under way, so that the next run knows what a killed run has
 * made. Graph has no key by which it could recognize a repeated POST.
 *
 * One file per creation, in Pulumi's home, readable by its user only (mode 0600). It holds no secret, no
 * payload and no name of a policy, only salted hashes of them.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { lstatSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import {
  CreationRecord,
  hash,
  readRecord,
  type StoredRecord,
  VERSION,
  writeDurably,
} from "./creationRecord";

/** Lifetime of a record, in milliseconds: a week. */
const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** The creating resource, and its tenant. */
export interface Creator {
  /** Identifies organization, project, stack and URN. */
  readonly key: string;
  readonly nonce: string;
  readonly tenantId: string | undefined;
}

/** An object about to be created. */
export interface Attempt {
  /** Kind and display name, as one text. */
  readonly name: string;
  /** All contents that the policy may have, depending on how far the creation comes. */
  readonly contents: readonly string[];
  /** Ids of the policies that the tenant had before. */
  readonly before: readonly string[];
}

/** Options of the records, for tests. */
export interface RecordOptions {
  readonly now?: () => number;
  /** Says once why nothing can be recorded. */
  readonly say?: (line: string) => void;
}

/** The records of creations on this machine. */
export class CreationRecords {
  readonly #folder: string | undefined;
  readonly #backend: string | undefined;
  readonly #now: () => number;
  readonly #say: (line: string) => void;
  #known: Promise<Map<string, StoredRecord>> | undefined;
  #isToldOfFailure = false;

  /**
   * @param folder - Folder of the files; undefined: keeps no records.
   * @param backend - Address of Pulumi's state, hashed into the records.
   */
  constructor(
    folder: string | undefined,
    backend?: string,
    { now = Date.now, say = () => undefined }: RecordOptions = {},
  ) {
    this.#folder = folder;
    this.#backend = backend === undefined ? undefined : hash("backend", backend);
    this.#now = now;
    this.#say = say;
  }

  /** Writes to the disk that a creation begins, before anything is sent. */
  async begin(creator: Creator, attempt: Attempt): Promise<void> {
    await this.#write(this.#recordOf(creator, attempt));
  }

  #recordOf({ key, nonce, tenantId }: Creator, attempt: Attempt): StoredRecord {
    const salt = randomBytes(12).toString("base64url");
    return {
      version: VERSION,
      at: new Date(this.#now()).toISOString(),
      owner: key,
      nonce,
      ...(tenantId !== undefined && { tenantId }),
      ...(this.#backend !== undefined && { backend: this.#backend }),
      taken: false,
      salt,
      name: hash(salt, attempt.name),
      contents: attempt.contents.map((content) => hash(salt, content)),
      before: attempt.before.map((id) => hash(salt, id.toLowerCase())),
    };
  }

  /** Adds the id of the policy that the creation made. */
  async made(nonce: string, id: string): Promise<void> {
    const stored = (await this.#all()).get(nonce);
    if (stored === undefined) return;
    await this.#write({ ...stored, id });
    await this.#endEarlier(stored);
  }

  /** Records that an existing policy belongs to a resource from now on. */
  async taken(creator: Creator, id: string): Promise<void> {
    const stored = this.#recordOf(creator, { name: "", contents: [], before: [] });
    await this.#write({ ...stored, id, taken: true });
    await this.#endEarlier(stored);
  }

  /** Drops earlier records without an answer: the resource has its policy now. */
  async #endEarlier({ owner, nonce, tenantId }: StoredRecord): Promise<void> {
    const earlier = await this.#ofStack(
      { key: owner, tenantId },
      (stored) => stored.owner === owner && stored.nonce !== nonce && stored.id === undefined,
    );
    for (const stored of earlier) await this.drop(stored.nonce);
  }

  /** Creations that earlier runs began for a resource, the newest first; never those of this run. */
  async of({ key, nonce, tenantId }: Creator): Promise<CreationRecord[]> {
    const found = await this.#ofStack(
      { key, tenantId },
      (stored) => stored.owner === key && stored.nonce !== nonce,
    );
    return newestFirst(found).map(asRecord);
  }

  /** The last resource of the same stack that made a policy or took it over. */
  async ofStack({ key, tenantId }: Creator, id: string): Promise<CreationRecord | undefined> {
    const found = await this.#ofStack({ key, tenantId }, (stored) => isSameId(stored.id, id));
    return newestFirst(found).map(asRecord)[0];
  }

  /** The last resource, of any stack, that took over an existing policy. */
  async lastTaker(tenantId: string | undefined, id: string): Promise<CreationRecord | undefined> {
    const all = [...(await this.#all()).values()].filter(
      (stored) => stored.taken && stored.tenantId === tenantId && isSameId(stored.id, id),
    );
    return newestFirst(all).map(asRecord)[0];
  }

  /** The file of a record, for a message. */
  fileOf({ nonce }: CreationRecord): string {
    return this.#folder === undefined ? "a record" : this.#file(this.#folder, nonce);
  }

  /**
   * Drops the record of a policy that is now in a state. The record of a take-over stays: it prevents an
   * earlier owner from deleting the policy.
   */
  async isInState(nonce: string | undefined, id: string): Promise<void> {
    const done = [...(await this.#all()).values()].filter(
      (stored) => !stored.taken && (stored.nonce === nonce || isSameId(stored.id, id)),
    );
    for (const stored of done) await this.drop(stored.nonce);
  }

  /** Drops the record of a creation that made nothing, or whose object is deleted. */
  async drop(nonce: string | undefined): Promise<void> {
    if (nonce === undefined || this.#folder === undefined) return;
    const all = await this.#all();
    if (!all.delete(nonce)) return;
    await rm(this.#file(this.#folder, nonce), { force: true }).catch(() => undefined);
  }

  /** The records of a stack that are wanted: there may be one for each of its policies. */
  async #ofStack(
    { key, tenantId }: { readonly key: string; readonly tenantId?: string | undefined },
    isWanted: (stored: StoredRecord) => boolean,
  ): Promise<StoredRecord[]> {
    const stack = stackOf(key);
    return [...(await this.#all()).values()].filter(
      (stored) =>
        isWanted(stored) &&
        stackOf(stored.owner) === stack &&
        stored.tenantId === tenantId &&
        stored.backend === this.#backend,
    );
  }

  #all(): Promise<Map<string, StoredRecord>> {
    this.#known ??= this.#readAll();
    return this.#known;
  }

  async #readAll(): Promise<Map<string, StoredRecord>> {
    const folder = this.#folder;
    const all = new Map<string, StoredRecord>();
    if (folder === undefined) return all;
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((each) => each.endsWith(".json"))) {
      const file = join(folder, name);
      const stored = await readRecord(file);
      // Another run may have removed it in the meantime.
      if (stored === undefined && lstatSync(file, { throwIfNoEntry: false }) === undefined)
        continue;
      if (stored === undefined || this.#file(folder, stored.nonce) !== file) {
        this.#say(
          `Passed over ${file}: it is no record of a creation that this user and version can read. Delete it if nothing else does.`,
        );
      } else if (this.#now() - Date.parse(stored.at) > LIFETIME_MS) {
        await rm(file, { force: true }).catch(() => undefined);
      } else {
        all.set(stored.nonce, stored);
      }
    }
    return all;
  }

  #file(folder: string, nonce: string): string {
    return join(folder, `${nonce}.json`);
  }

  async #write(stored: StoredRecord): Promise<void> {
    if (this.#folder === undefined) return;
    (await this.#all()).set(stored.nonce, stored);
    const file = this.#file(this.#folder, stored.nonce);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeDurably(file, JSON.stringify(stored));
    } catch (error) {
      if (this.#isToldOfFailure) return;
      this.#isToldOfFailure = true;
      const reason = error instanceof Error ? error.message : String(error);
      this.#say(
        `Cannot record on this machine what is being created (${reason}). If this run is killed, the next one refuses the names of what it made, and offers to adopt it. Set PULUMI_HOME to a folder that can be written to keep such records.`,
      );
    }
  }
}

/** Folder of the records of one kind, in Pulumi's home. */
export function recordsFolder(env: NodeJS.ProcessEnv, kind = "creations"): string {
  return join(env.PULUMI_HOME || join(homedir(), ".pulumi"), "office-configuration", kind);
}

/** A new nonce: 96 bits. */
export function newNonce(): string {
  return randomBytes(12).toString("base64url");
}

function asRecord(stored: StoredRecord): CreationRecord {
  return new CreationRecord(stored);
}

function newestFirst(records: readonly StoredRecord[]): StoredRecord[] {
  return [...records].sort((a, b) => b.at.localeCompare(a.at));
}

function stackOf(owner: string): string {
  return owner.split(".")[0] ?? owner;
}

function isSameId(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
