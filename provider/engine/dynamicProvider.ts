import type * as pulumi from "@pulumi/pulumi";
import { type Lifecycle, type LifecycleContext, PartialFailure } from "../lifecycle";
import {
  holdsUnknown,
  type PlainObject,
  propertyPath,
  sameJson,
  withoutUndefined,
} from "../payload/json";
import type { InputProblem } from "../payload/problems";
import type { ProviderProcess } from "./providerProcess";
import { DRY_RUN_KEY, PROVIDER_KEY } from "./providerText";

/**
 * A lifecycle in the words of Pulumi's dynamic providers: the only file that knows what the engine
 * sends to one, and what it wants back.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/providers/dynamic-providers/
 */
export class DynamicProvider implements pulumi.dynamic.ResourceProvider {
  readonly #lifecycle: Lifecycle;
  readonly #process: ProviderProcess;
  /** What `read` has just found, by id: the engine asks for the diff of it at once. */
  readonly #justRead = new Map<string, PlainObject>();

  constructor(lifecycle: Lifecycle, providerProcess: ProviderProcess) {
    this.#lifecycle = lifecycle;
    this.#process = providerProcess;
  }

  /** Called by the engine before anything else, once per process. */
  configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
    this.#process.configure((key) => request.config.get(key));
    return Promise.resolve();
  }

  check(_olds: unknown, news: PlainObject): Promise<pulumi.dynamic.CheckResult> {
    if (news[DRY_RUN_KEY] === true) this.#process.announcer.previewing();
    const inputs = managedInputs(news);
    const problems = this.#lifecycle.problems(inputs).map(checkFailure);
    const failures = [...this.#process.configurationProblems(), ...problems];
    return Promise.resolve({ inputs: withoutUndefined(inputs), failures });
  }

  diff(id: string, olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.DiffResult> {
    this.#process.claimedIds.add(id);
    const before = managedInputs(olds);
    const after = managedInputs(news);
    const changes = this.#lifecycle.changedInputs(before, after).length > 0 || holdsUnknown(after);
    const isOfRefresh = sameJson(this.#justRead.get(id), before);
    this.#justRead.delete(id);
    // After a refresh the engine compares what was found with the program of yesterday. What was
    // found has been said by then, and the other way round it would only confuse.
    if (!isOfRefresh) this.#process.announcer.say(this.#lifecycle.describeChanges(before, after));
    return Promise.resolve({ changes });
  }

  async create(news: PlainObject): Promise<pulumi.dynamic.CreateResult> {
    return this.#run(news, async (context) => {
      const { id, outputs } = await this.#lifecycle.create(context, managedInputs(news));
      return { id, outs: withoutUndefined(outputs) };
    });
  }

  async read(id: string, known: PlainObject): Promise<pulumi.dynamic.ReadResult> {
    return this.#run(known, async (context) => {
      const before = managedInputs(known);
      context.claimedIds.add(id);
      const found = await this.#lifecycle.read(context, id, before);
      // Without inputs or outputs the program asked for this object by its id.
      const isRefresh = Object.keys(before).length > 0;
      if (found === undefined) return this.#gone(id, before, isRefresh);
      const props = withoutUndefined(found.outputs);
      if (isRefresh) this.#announceDrift(before, props);
      // A copy: the SDK adds its own property to what it is given.
      this.#justRead.set(id, { ...props });
      return { id, props, inputs: withoutUndefined(found.inputs) };
    });
  }

  async update(
    id: string,
    olds: PlainObject,
    news: PlainObject,
  ): Promise<pulumi.dynamic.UpdateResult> {
    return this.#run(news, async (context) => {
      const [before, after] = [managedInputs(olds), managedInputs(news)];
      return { outs: withoutUndefined(await this.#lifecycle.update(context, id, before, after)) };
    });
  }

  async delete(id: string, known: PlainObject): Promise<void> {
    await this.#run(known, (context) => this.#lifecycle.delete(context, id, managedInputs(known)));
  }

  #announceDrift(before: PlainObject, found: PlainObject): void {
    const lines = this.#lifecycle.describeChanges(before, found);
    this.#process.announcer.say(lines.map((line) => `${line} (changed in the tenant)`));
  }

  #gone(id: string, before: PlainObject, isRefresh: boolean): pulumi.dynamic.ReadResult {
    if (!isRefresh) throw shown(new Error(`There is no client configuration with the id ${id}.`));
    this.#process.announcer.say([`${this.#lifecycle.label(before)}: gone from the tenant`]);
    return {};
  }

  /** Runs one verb in the configured session, and turns what it throws into what the engine reads. */
  async #run<T>(
    properties: PlainObject,
    work: (context: LifecycleContext) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(this.#process.context());
    } catch (error) {
      throw shown(error, properties);
    }
  }
}

/**
 * A problem as the engine shows it, with its path at the beginning of the message: beside a named
 * property the engine prints its value, be it a secret.
 */
function checkFailure({ path, reason }: InputProblem): pulumi.dynamic.CheckFailure {
  return { property: "", reason: `${propertyPath(path)} ${reason}` };
}

/** The inputs and outputs without what belongs to the engine's side of a dynamic provider. */
function managedInputs(properties: PlainObject): PlainObject {
  const { [PROVIDER_KEY]: _, [DRY_RUN_KEY]: __, ...managed } = properties;
  return managed;
}

/**
 * An error as the engine shows it best. It shows the message with the resource; beside that, the SDK
 * prints the error and its stack when `read` or `delete` fail, which would say the same again. After a
 * partial failure the error carries the object's id and properties, which the engine then keeps.
 */
function shown(error: unknown, properties: PlainObject = {}): Error {
  const message = error instanceof Error ? error.message : String(error);
  const result = new Error(message);
  result.toString = () => "The provider failed";
  result.stack = "see the error of the resource";
  if (error instanceof PartialFailure) {
    const { id, outputs } = error.state;
    const kept = { ...withoutUndefined(outputs), [PROVIDER_KEY]: properties[PROVIDER_KEY] };
    Object.assign(result, { id, properties: kept, reasons: [message] });
  }
  return result;
}
