/**
 * Prints lines for the user. `pulumi` shows the output of the provider process under Diagnostics. A dynamic
 * provider has no other way to name the setting that changes: the engine itself shows `[diff: ~policies]`.
 *
 * An `up` asks for the same diff in its preview and again in its update, in two processes. The first notes
 * its lines as hashes in a temporary file, so that the second does not repeat them. Both find the file by the
 * address of the log endpoint, which is the same for one run of the CLI.
 *
 * @module
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { messageText } from "../text/messageText";

/** Time for which a note counts, in milliseconds: a later run may get the same port for its log endpoint. */
const NOTE_LIFETIME_MS = 60 * 60 * 1000;

/** Shows lines to the user who runs the update, each once. */
export class Announcer {
  readonly #said = new Set<string>();
  readonly #write: (line: string) => void;
  readonly #noteFile: string | undefined;
  #saidBefore: ReadonlySet<string> | undefined;
  #isPreview = false;

  constructor(
    env: NodeJS.ProcessEnv = process.env,
    write = (line: string) => void process.stdout.write(`${line}\n`),
  ) {
    this.#write = write;
    this.#noteFile = noteFile(env);
  }

  /** Marks this process as one that serves a preview: it shows every line, even if an earlier process did. */
  previewing(): void {
    this.#isPreview = true;
  }

  /**
   * Shows each line that this run has not shown yet.
   *
   * @param about - An id, if the same line about another object must be shown too.
   */
  say(lines: readonly string[], about = ""): void {
    for (const line of lines.map(messageText)) {
      const mark = createHash("sha256").update(about).update(line).digest("base64url");
      if (this.#said.has(mark)) continue;
      this.#said.add(mark);
      if (!this.#isPreview && this.#wasSaidBefore(mark)) continue;
      this.#write(line);
      this.#note(mark);
    }
  }

  #wasSaidBefore(mark: string): boolean {
    this.#saidBefore ??= readNotes(this.#noteFile);
    return this.#saidBefore.has(mark);
  }

  #note(mark: string): void {
    if (this.#noteFile === undefined) return;
    // Read before this process writes its first note: its own lines do not count as said before.
    this.#saidBefore ??= readNotes(this.#noteFile);
    try {
      append(this.#noteFile, `${mark}\n`);
    } catch {
      // Without the note, the update only repeats the line.
    }
  }
}

function noteFile({ PULUMI_LOG_OTLP_ENDPOINT: endpoint }: NodeJS.ProcessEnv): string | undefined {
  if (endpoint === undefined || endpoint === "") return undefined;
  const run = createHash("sha256").update(`${endpoint}\n${process.cwd()}`).digest("hex");
  try {
    const folder = join(tmpdir(), `pulumi-office-configuration-${userInfo().uid}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(folder)) return undefined;
    removeOldNotes(folder);
    return join(folder, run.slice(0, 32));
  } catch {
    return undefined;
  }
}

/**
 * Whether a folder belongs to this user alone. All users share the temporary folder: another user may have
 * created ours first, to read our files or to redirect our writes with a link.
 */
function isOwn(folder: string): boolean {
  const { uid } = userInfo();
  const found = lstatSync(folder);
  // Windows has no uid and no mode, but a temporary folder for each user.
  return found.isDirectory() && (uid < 0 || (found.uid === uid && (found.mode & 0o077) === 0));
}

function append(file: string, text: string): void {
  const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_WRONLY } = constants;
  const opened = openSync(file, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600);
  try {
    writeSync(opened, text);
  } finally {
    closeSync(opened);
  }
}

function removeOldNotes(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (isOld(file)) rmSync(file, { force: true });
  }
}

function isOld(file: string): boolean {
  return Date.now() - statSync(file).mtimeMs > NOTE_LIFETIME_MS;
}

function readNotes(file: string | undefined): ReadonlySet<string> {
  if (file === undefined) return new Set();
  try {
    if (isOld(file)) return new Set();
    return new Set(readFileSync(file, "utf8").split("\n"));
  } catch {
    return new Set();
  }
}
