/**
 * An engine without a process: it asks of the provider what Pulumi's would ask, in the same order, and
 * keeps a state. Time passes by itself, and the tenant is the emulator's, without a socket.
 *
 * @module
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StackConfig } from "../provider/graph";
import { Announcer } from "../provider/host/announcer";
import { type Comparison, Operations } from "../provider/host/operations";
import { managed, ownerIn } from "../provider/host/properties";
import { ProviderProcess } from "../provider/host/providerProcess";
import { RESOURCES, type ResourceName } from "../provider/resources";
import { replacing } from "../provider/settings/differences";
import { problemLine } from "../provider/settings/inputProblem";
import type { PlainObject } from "../provider/settings/json";
import { recordsFolder } from "../provider/update/creationRecords";
import { PartialFailure } from "../provider/update/lifecycle";
import { EmulatedTenant, type EmulatedTenantParts } from "./emulatedTransport";
import { WrittenClock } from "./scriptedGraph";

/** Time that begins at noon, and passes by itself. */
class ManualClock extends WrittenClock {
  override now(): number {
    return Date.parse("2026-11-23T12:00:00Z") + this.waitedMs;
  }
}

/** A resource as the state has it. */
interface Recorded {
  readonly id: string;
  readonly outputs: PlainObject;
  /** Whether an operation has left it incomplete: then it is updated in any case. */
  readonly isTainted: boolean;
}

/** An engine, and a tenant for it. */
export class FakeHost {
  readonly clock = new ManualClock();
  readonly tenant: EmulatedTenant;
  /** Lines that were said in this run. */
  readonly said: string[] = [];
  /** Settings of `officeConfiguration:` for the runs to come. */
  readonly settings: Record<string, string>;
  readonly #home = mkdtempSync(join(tmpdir(), "fake-host-"));
  /** Folder of the program. */
  folder = join(this.#home, "project");
  /** Keys of the stack's configuration, where the engine tells them. */
  stack: StackConfig | undefined;
  #run: { process: ProviderProcess; operations: Map<ResourceName, Operations> } | undefined;
  #stop = new AbortController();
  isPreview = false;
  /** Variables of the provider's processes to come. */
  readonly env: NodeJS.ProcessEnv = {};

  constructor(parts: Omit<EmulatedTenantParts, "now"> = {}) {
    this.tenant = new EmulatedTenant({ ...parts, now: () => this.clock.now() });
    // No test but those of the audit log asks it, or is told that a run could.
    const auditLogWaitSeconds = "0";
    const { url: endpoint } = this.tenant;
    this.settings = { endpoint, accessToken: this.tenant.token(), auditLogWaitSeconds };
  }

  /** Ends a run: the next operation has a new process. */
  newRun({ isPreview = false } = {}): void {
    this.#run = undefined;
    this.#stop = new AbortController();
    this.said.length = 0;
    this.isPreview = isPreview;
  }

  /** Cancels all operations of the run. */
  stop(): void {
    this.#stop.abort();
  }

  /** To be called when the test is over. */
  close(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }

  /** A resource of the program. */
  resource(kind: ResourceName, name = "it"): FakeResource {
    return new FakeResource(this, kind, name);
  }

  /** Files of the creation records on this machine. */
  get records(): string[] {
    const folder = recordsFolder({ PULUMI_HOME: this.#home });
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  get process(): ProviderProcess {
    return this.#current.process;
  }

  operations(kind: ResourceName): Operations {
    const { process, operations } = this.#current;
    const known = operations.get(kind) ?? new Operations(RESOURCES[kind].lifecycle(), process);
    operations.set(kind, known);
    return known;
  }

  get #current() {
    this.#run ??= { process: this.#newProcess(), operations: new Map() };
    return this.#run;
  }

  #newProcess(): ProviderProcess {
    const { clock, tenant: transport } = this;
    const env = { ...this.env, PULUMI_HOME: this.#home };
    const announcer = new Announcer(env, (line) => void this.said.push(line));
    const { signal } = this.#stop;
    const { folder } = this;
    const process = new ProviderProcess({ announcer, env, clock, signal, transport, folder });
    const settings = { ...this.settings };
    process.configure((key) => settings[key.replace("officeConfiguration:", "")], this.stack);
    return process;
  }
}

/** A resource of a program, and what the state has of it. */
export class FakeResource {
  recorded: Recorded | undefined;
  readonly #instance = Math.random();
  /** Inputs in the state, and those that were checked last. */
  #inputs: PlainObject = {};
  #checked: PlainObject = {};

  constructor(
    private readonly host: FakeHost,
    readonly kind: ResourceName,
    readonly name: string,
  ) {}

  get #operations(): Operations {
    return this.host.operations(this.kind);
  }

  get #owner(): string {
    return `stack.${this.kind}.${this.name}`;
  }

  /** The outputs in the state. */
  get outputs(): PlainObject {
    return this.recorded?.outputs ?? {};
  }

  get id(): string {
    return this.recorded?.id ?? "";
  }

  /** Checks inputs. @throws Error with all problems, a line each. */
  async check(inputs: PlainObject): Promise<PlainObject> {
    const run = {
      isPreview: this.host.isPreview,
      name: this.name,
      instance: this.#instance,
      owner: this.#owner,
    };
    const isNew = this.recorded === undefined;
    const olds = this.#inputs;
    const request = { inputs, isNew, olds, run };
    const { inputs: stored, problems } = await this.#operations.check(request);
    if (problems.length > 0) throw new Error(problems.map(problemLine).join("\n"));
    this.#checked = stored;
    return stored;
  }

  /** Compares the state with inputs, as `check` has stored them or as a program writes them. */
  compare(properties: PlainObject): Promise<Comparison> {
    const ownerKey = this.#owner;
    return this.#operations.compare(this.id, this.#state, { properties, ownerKey });
  }

  /** `pulumi up` of this resource, or its preview: then nothing is written. */
  async up(given: PlainObject): Promise<void> {
    const inputs = await this.check(given);
    if (this.recorded === undefined) return this.create(inputs);
    const { isChanged, differences } = await this.compare(inputs);
    if (replacing(differences).length > 0) {
      const old = this.recorded;
      await this.create(inputs);
      if (!this.host.isPreview) await this.#operations.delete(old.id, stateOf(old));
    } else if (isChanged || this.recorded.isTainted) {
      await this.update(inputs);
    }
  }

  /** Creates the resource from inputs, as `check` has stored them or as a program writes them. */
  create(properties: PlainObject): Promise<void> {
    const news = { properties, ownerKey: this.#owner };
    return this.#keeping(() => this.#operations.create(news));
  }

  /** Updates the resource to inputs, as `check` has stored them or as a program writes them. */
  update(properties: PlainObject): Promise<void> {
    const { id } = this;
    const news = { properties, ownerKey: this.#owner };
    return this.#keeping(async () => ({
      id,
      outputs: await this.#operations.update(id, this.#state, news),
    }));
  }

  /** `pulumi refresh` of this resource, and what the engine compares after it. */
  async refresh(inputs: PlainObject = {}): Promise<void> {
    const read = await this.#operations.read(this.id, this.#state);
    if (read.is === "gone") this.recorded = undefined;
    if (read.is !== "found" || this.recorded === undefined) return;
    this.recorded = { ...this.recorded, outputs: read.outputs };
    this.#inputs = read.inputs ?? this.#inputs;
    await this.compare(inputs);
  }

  async destroy(): Promise<void> {
    await this.#operations.delete(this.id, this.#state);
    this.recorded = undefined;
    this.#inputs = {};
  }

  get #state() {
    return stateOf(this.recorded);
  }

  async #keeping(work: () => Promise<Omit<Recorded, "isTainted">>): Promise<void> {
    if (this.host.isPreview) return;
    try {
      this.recorded = { ...(await work()), isTainted: false };
      this.#inputs = this.#checked;
    } catch (error) {
      if (error instanceof PartialFailure) this.recorded = { ...error.state, isTainted: true };
      throw error;
    }
  }
}

function stateOf(recorded: Pick<Recorded, "outputs"> | undefined) {
  const outputs = recorded?.outputs ?? {};
  return { properties: managed(outputs), owner: ownerIn(outputs) };
}
