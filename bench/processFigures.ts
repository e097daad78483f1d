/**
 * Cost of this process's children: memory, file handles and sockets, from Linux's /proc.
 *
 * @module
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { descendants } from "../scripts/processes";

/** Time between two looks, in milliseconds. */
const SAMPLE_EVERY_MS = 200;

/** Once one is found, the table of all processes is read at every so many looks: it costs more. */
const SEARCH_EVERY_LOOKS = 5;

/** Open file handles of a process; sockets are among the handles, and counted apart too. */
export interface Handles {
  readonly handles: number;
  readonly sockets: number;
}

/** The peaks that were seen. */
export interface ProcessFigures extends Handles {
  /** The most that one process had in memory, in bytes (VmHWM: the kernel's own record). */
  readonly peakRssBytes: number;
  /** The most that all of them had together, in bytes; pages that they share count for each. */
  readonly peakTotalRssBytes: number;
}

/**
 * Follows the processes below another one whose command line matches a pattern, from `start` to
 * `stop`. A process that begins beside others and lives for less than a second may be missed.
 */
export class ProcessSampler {
  #pids: number[] = [];
  #looks = 0;
  #timer: NodeJS.Timeout | undefined;
  #peak = { peakRssBytes: 0, peakTotalRssBytes: 0, handles: 0, sockets: 0 };

  /**
   * @param pattern - Of the command line, as `ps` shows it.
   * @param root - Pid of the process above them. Default: this process.
   */
  constructor(
    private readonly pattern: RegExp,
    private readonly root = process.pid,
  ) {}

  /** Forgets what was seen, and begins to look. */
  start(): void {
    clearInterval(this.#timer);
    this.#pids = [];
    this.#looks = 0;
    this.#peak = { peakRssBytes: 0, peakTotalRssBytes: 0, handles: 0, sockets: 0 };
    if (process.platform === "linux") {
      this.#timer = setInterval(() => this.#look(), SAMPLE_EVERY_MS);
    }
  }

  /** The peaks since `start`. Undefined where nothing can be measured, or no process was seen. */
  stop(): ProcessFigures | undefined {
    clearInterval(this.#timer);
    return this.#peak.peakRssBytes > 0 ? { ...this.#peak } : undefined;
  }

  #look(): void {
    if (this.#pids.length === 0 || this.#looks++ % SEARCH_EVERY_LOOKS === 0) {
      this.#pids = descendants(this.root)
        .filter(({ command }) => this.pattern.test(command))
        .map(({ pid }) => pid);
    }
    let totalBytes = 0;
    for (const pid of this.#pids) {
      const memory = memoryOf(pid);
      totalBytes += memory?.rssBytes ?? 0;
      this.#raise(memory?.peakRssBytes ?? 0, handlesOf(pid));
    }
    this.#peak.peakTotalRssBytes = Math.max(this.#peak.peakTotalRssBytes, totalBytes);
  }

  #raise(peakRssBytes: number, open: Handles | undefined): void {
    const peak = this.#peak;
    peak.peakRssBytes = Math.max(peak.peakRssBytes, peakRssBytes);
    peak.handles = Math.max(peak.handles, open?.handles ?? 0);
    peak.sockets = Math.max(peak.sockets, open?.sockets ?? 0);
  }
}

/** Open handles of a process. Undefined where it has ended, or the system has no /proc. */
export function handlesOf(pid: number): Handles | undefined {
  const folder = `/proc/${pid}/fd`;
  const names = orUndefined(() => readdirSync(folder));
  if (names === undefined) return undefined;
  const targets = names.map((name) => orUndefined(() => readlinkSync(`${folder}/${name}`)));
  const open = targets.filter((target) => target !== undefined);
  return {
    handles: open.length,
    sockets: open.filter((target) => target.startsWith("socket:")).length,
  };
}

function memoryOf(pid: number): { rssBytes: number; peakRssBytes: number } | undefined {
  const status = orUndefined(() => readFileSync(`/proc/${pid}/status`, "utf8"));
  if (status === undefined) return undefined;
  const bytes = (key: string) =>
    1_024 * Number(new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0);
  return { rssBytes: bytes("VmRSS"), peakRssBytes: bytes("VmHWM") };
}

/** A process may end between two reads; what it had is then not known, and no error. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
