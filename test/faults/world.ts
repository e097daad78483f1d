/**
 * One project on the real engine, one emulator, and the proxy between them.
 *
 * @module
 */
import { createEmulator, type Emulator, type EmulatorMode, type Fault } from "../../emulator";
import { TestProject } from "../engine/support";
import { intuneCatalogue } from "../intuneHost";
import { placeSettings } from "./copilot";
import { type FaultKind, REQUEST_TIMEOUT_SECONDS } from "./faultKinds";
import { type IntuneStranger, placeIntuneStrangers, type Shared } from "./intune";
import { placeLateStranger, placeStrangers, type Stranger } from "./strangers";
import {
  foundObject,
  programOf,
  type Subject,
  type SubjectKind,
  settingId,
  subjectsOf,
  type Wishes,
} from "./subjects";
import { WireProxy } from "./wire";

/** The request that a fault is for. */
export interface Target {
  readonly method: string;
  /** Text in its path. */
  readonly path: string;
  /** Text in its body. */
  readonly holds?: string;
  /** Number of such requests that pass first. */
  readonly after?: number;
}

/** Parts of a world. */
export interface WorldOptions {
  readonly seed: number;
  readonly kind: SubjectKind;
  readonly subjects: number;
  readonly mode?: Partial<EmulatorMode>;
  readonly latencyMs?: number;
  readonly wishes?: Wishes;
}

/** A command, what it showed, and how long it took. */
export interface Shown {
  readonly code: number | null;
  readonly output: string;
  readonly seconds: number;
}

/** The surroundings of a case. */
export class World {
  /** Everything that commands have shown since it was emptied. */
  readonly shown: string[] = [];
  subjects: readonly Subject[];
  wishes: Wishes;
  /** Policies of another owner. */
  readonly strangers: Stranger[] = [];
  /** The same, of Intune's. */
  readonly intuneStrangers: readonly IntuneStranger[] = [];
  /** Subjects whose policies have settings of others. */
  readonly shared: Shared = new Set();

  private constructor(
    readonly emulator: Emulator,
    readonly project: TestProject,
    readonly proxy: WireProxy,
    { seed, kind, subjects, wishes = { value: 1, group: 1 } }: WorldOptions,
  ) {
    this.wishes = wishes;
    this.subjects = subjectsOf(seed, kind, subjects);
    if (kind === "intune") {
      this.intuneStrangers = placeIntuneStrangers(emulator, this.subjects);
      const catalogue = { version: 1, sources: [], settings: intuneCatalogue() };
      project.write("office-settings.json", JSON.stringify(catalogue));
      return;
    }
    if (kind === "setting") {
      placeSettings(emulator, this.subjects);
      return;
    }
    if (kind !== "policy") {
      emulator.store.seed(this.subjects.map(foundObject));
      const found = emulator.store.list();
      this.subjects = this.subjects.map((subject, index) => ({
        ...subject,
        foundId: found[index]?.id ?? "",
      }));
    }
    for (const subject of this.subjects) {
      this.strangers.push(...placeStrangers(emulator.store, subject, wishes));
    }
    this.awaitStrangers();
  }

  static async create(options: WorldOptions): Promise<World> {
    const { kind, mode, latencyMs = 0 } = options;
    const emulator = await createEmulator({
      latencyMs,
      ...(mode && { mode }),
      ...(kind === "setting" && { caller: "user", copilotSettings: {} }),
    });
    const proxy = await WireProxy.start(Number(new URL(emulator.url).port));
    const project = await TestProject.create(emulator);
    Object.assign(project.env, {
      OFFICE_CONFIGURATION_ENDPOINT: proxy.url,
      OFFICE_CONFIGURATION_MAX_RETRIES: "2",
      OFFICE_CONFIGURATION_REQUEST_TIMEOUT_SECONDS: String(REQUEST_TIMEOUT_SECONDS),
    });
    const world = new World(emulator, project, proxy, options);
    world.declare({});
    return world;
  }

  /** Lets somebody make a policy of a subject's name as soon as the provider begins to write it. */
  awaitStrangers(): void {
    for (const subject of this.subjects.filter((item) => item.allowsNamesakes)) {
      const { kind, name, foundId = "" } = subject;
      const target =
        kind === "policy"
          ? { method: "POST", texts: [`"displayName":"${name}"`] }
          : { method: "PATCH", texts: [foundId] };
      this.proxy.onArrival(target, () => {
        this.strangers.push(placeLateStranger(this.emulator.store, subject, this.wishes));
      });
    }
  }

  /** The objects in the tenant that are no strangers. */
  objects(): ReturnType<Emulator["store"]["list"]> {
    const others = new Set(this.strangers.map(({ id }) => id));
    return this.emulator.store.list().filter(({ id }) => !others.has(id));
  }

  /** Changes what the program wants. */
  declare(wishes: Partial<Wishes>): void {
    this.wishes = { ...this.wishes, ...wishes };
    this.project.program(programOf(this.subjects, this.wishes));
  }

  /** The id of the object that a subject is: the one that it found, or else the one of its name. */
  idOf({ name, kind, foundId }: Subject): string {
    if (kind === "setting") return settingId({ name });
    return foundId ?? this.objects().find((item) => item.displayName === name)?.id ?? "";
  }

  /** Adds the blows of a fault for a request. Returns how many of them have struck so far. */
  strike({ blows }: FaultKind, target: Target): () => number {
    const { method, path, holds, after = 0 } = target;
    const counts = blows.map((blow) => {
      if ("wire" in blow) {
        const texts = holds === undefined ? [path] : [path, holds];
        const struck = this.proxy.add(blow, { method, texts }, blow.times ?? 1);
        return () => Math.min(1, struck());
      }
      const fault: Fault = {
        match: `${method} *${path}*`,
        after,
        ...blow,
        ...(holds && { holds }),
      };
      this.emulator.addFault(fault);
      return () => (this.emulator.requests.some((entry) => entry.fault === fault) ? 1 : 0);
    });
    return () => counts.reduce((sum, count) => sum + count(), 0);
  }

  clearFaults(): void {
    this.emulator.clearFaults();
    this.proxy.clear();
  }

  /** Runs a command, however it ends, and keeps what it shows. */
  async run(...args: string[]): Promise<Shown> {
    const startedAtMs = performance.now();
    const { code, output } = await this.project.attempt(...args);
    this.shown.push(output);
    return { code, output, seconds: (performance.now() - startedAtMs) / 1_000 };
  }

  async close(): Promise<void> {
    this.project.remove();
    await this.proxy.close();
    await this.emulator.close();
  }
}
