/**
 * Records, on this machine, of the policies that probes make: what shows a later run that a policy is a probe's own. A
 * name alone would show nothing, since anybody can give it.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** Roads on which a probe makes a policy. */
export const PROBED_ROADS = ["cloudPolicy", "cloudPolicySecurity", "intune"] as const;

/** A road on which a probe makes a policy. */
export type ProbedRoad = (typeof PROBED_ROADS)[number];

const NAME = /^office-configuration doctor: probe [\da-f]{24}$/;

const recordSchema = z.strictObject({
  probe: z.literal(1),
  /** Time of the creation, ISO 8601. */
  at: z.string().refine((at) => !Number.isNaN(Date.parse(at))),
  /** Origin of the Graph. */
  origin: z.string(),
  tenantId: z.string().optional(),
  road: z.enum(PROBED_ROADS),
  /** Name of the policy: no other policy has it. */
  name: z.string().regex(NAME),
  /** Id of the policy; missing if no answer has told it. */
  id: z.string().min(1).optional(),
});

/** A policy that a probe makes, or has made. */
export type ProbeRecord = Readonly<z.infer<typeof recordSchema>>;

/** Place of a policy. */
export type Place = Pick<ProbeRecord, "origin" | "tenantId">;

/** Largest file that is read, in bytes. */
const MAX_BYTES = 10_000;

/** A record cannot be written. The message is the system's. */
export class RecordError extends Error {
  override name = "RecordError";
}

/** The records of this user on this machine. */
export class ProbeRecords {
  constructor(readonly folder: string) {}

  /** Writes to the disk that a policy is about to be made. @throws RecordError */
  begin(place: Place, road: ProbedRoad, at: Date): ProbeRecord {
    const name = `office-configuration doctor: probe ${randomBytes(12).toString("hex")}`;
    const { origin, tenantId } = place;
    const record: ProbeRecord = {
      probe: 1,
      at: at.toISOString(),
      origin,
      ...(tenantId !== undefined && { tenantId }),
      road,
      name,
    };
    this.update(record);
    return record;
  }

  /** Writes a record, with what has become known since. @throws RecordError */
  update(record: ProbeRecord): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      this.#write(record);
    } catch (error) {
      throw new RecordError((error as Error).message);
    }
  }

  /** Forgets a policy that is gone. */
  drop(record: ProbeRecord): void {
    rmSync(this.fileOf(record), { force: true });
  }

  /** The records of policies in a tenant, the oldest first. */
  in({ origin, tenantId }: Place): ProbeRecord[] {
    return this.all()
      .filter((record) => record.origin === origin && record.tenantId === tenantId)
      .sort((a, b) => a.at.localeCompare(b.at));
  }

  /** All records. Leaves out files that this user has not written, or that are no records. */
  all(): ProbeRecord[] {
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return [];
    }
    return names.filter((name) => name.endsWith(".json")).flatMap((name) => this.#read(name));
  }

  /** The file of a record, for messages. */
  fileOf({ name }: ProbeRecord): string {
    return join(this.folder, `${name.split(" ").at(-1)}.json`);
  }

  #read(name: string): ProbeRecord[] {
    const file = join(this.folder, name);
    try {
      const found = lstatSync(file);
      const isOurs = found.isFile() && found.uid === (process.getuid?.() ?? found.uid);
      if (!isOurs || found.size > MAX_BYTES) return [];
      const { data } = recordSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
      return data !== undefined && this.fileOf(data) === file ? [data] : [];
    } catch {
      return [];
    }
  }

  /** Whole or not at all, and flushed, so that it survives a loss of power. */
  #write(record: ProbeRecord): void {
    const file = this.fileOf(record);
    const draft = `${file}.${process.pid}.tmp`;
    const handle = openSync(draft, "w", 0o600);
    try {
      writeSync(handle, JSON.stringify(record));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  }
}

/** Folder of the records, in Pulumi's home. */
export function probesFolder(env: NodeJS.ProcessEnv): string {
  return join(env.PULUMI_HOME || join(homedir(), ".pulumi"), "office-configuration", "probes");
}
