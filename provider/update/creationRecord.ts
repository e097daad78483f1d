/**
 * One record of a creation: the contents of its file, and questions about it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { lstat, open, readFile, rename } from "node:fs/promises";
import { z } from "zod";

/** Longest record that is read, in bytes: the hashes of about 50,000 policies. */
const LONGEST_BYTES = 1_000_000;

/** Version of the files. */
export const VERSION = 1;

const recordSchema = z.strictObject({
  version: z.literal(VERSION),
  /** When the creation began. */
  at: z.iso.datetime(),
  /** Organization, project and stack, a dot, and the URN, hashed. */
  owner: z.string(),
  nonce: z.string().regex(/^[\w-]{8,64}$/),
  tenantId: z.string().optional(),
  backend: z.string().optional(),
  /** The policy's id, once it is known: from the POST's answer, or of the policy that was taken over. */
  id: z.string().optional(),
  /** Whether the policy existed before: it was adopted or taken over. */
  taken: z.boolean(),
  salt: z.string(),
  /** Hash of kind and display name. */
  name: z.string(),
  /** Hashes of the contents that the policy may have, depending on how far the creation came. */
  contents: z.array(z.string()),
  /** Hashes of the ids that the tenant had before. */
  before: z.array(z.string()),
});

/** Contents of a file. */
export type StoredRecord = z.infer<typeof recordSchema>;

/** A creation that this run or an earlier one began. */
export class CreationRecord {
  constructor(private readonly stored: StoredRecord) {}

  /** When it began, in milliseconds since the epoch. */
  get atMs(): number {
    return Date.parse(this.stored.at);
  }

  /** The policy's id, as Graph spells it; undefined if no answer came. */
  get id(): string | undefined {
    return this.stored.id;
  }

  get nonce(): string {
    return this.stored.nonce;
  }

  /** Identifies the stack and the URN of the resource. */
  get owner(): string {
    return this.stored.owner;
  }

  /** Whether the policy existed before the creation. */
  get isTaken(): boolean {
    return this.stored.taken;
  }

  /** Whether the tenant had a policy before the creation began. */
  hadBefore(id: string): boolean {
    return this.stored.before.includes(this.#hash(id.toLowerCase()));
  }

  hasName(name: string): boolean {
    return this.stored.name === this.#hash(name);
  }

  hasContent(content: string): boolean {
    return this.stored.contents.includes(this.#hash(content));
  }

  #hash(text: string): string {
    return hash(this.stored.salt, text);
  }
}

/** Reads a file. @returns undefined if it is not a record that this user wrote. */
export async function readRecord(file: string): Promise<StoredRecord | undefined> {
  try {
    const uid = process.getuid?.();
    const found = await lstat(file);
    const isOurs =
      found.isFile() && (uid ?? found.uid) === found.uid && found.size <= LONGEST_BYTES;
    if (!isOurs) return undefined;
    const { data } = recordSchema.safeParse(JSON.parse(await readFile(file, "utf8")));
    return data;
  } catch {
    return undefined;
  }
}

/** Writes a file whole or not at all, and flushes it, so that it survives a loss of power. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

/** Hash of a text in a record: it shows, to whoever has the text, whether it is the same. */
export function hash(salt: string, text: string): string {
  return createHash("sha256").update(`${salt}\n${text}`).digest("base64url").slice(0, 16);
}
