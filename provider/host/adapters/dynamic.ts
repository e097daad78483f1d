import type * as pulumi from "@pulumi/pulumi";
import { replacing } from "../../settings/differences";
import { type InputProblem, problemLine } from "../../settings/inputProblem";
import type { PlainObject } from "../../settings/json";
import { messageText } from "../../text/messageText";
import type { Lifecycle } from "../../update/lifecycle";
import { type GivenInputs, Operations, type RecordedOutputs } from "../operations";
import { managed, nameIn, ownerIn, ownerKeyIn, runOf, withOwnerKey } from "../properties";
import type { ProviderProcess } from "../providerProcess";
import { shown } from "../shownError";
import { stackConfigOf } from "../stackConfig";

/**
 * Translates between Pulumi's dynamic providers and the operations of a resource.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/providers/dynamic-providers/
 */
export class DynamicProvider implements pulumi.dynamic.ResourceProvider {
  readonly #operations: Operations;
  readonly #process: ProviderProcess;
  readonly #lifecycle: Lifecycle;

  constructor(lifecycle: Lifecycle, providerProcess: ProviderProcess) {
    this.#lifecycle = lifecycle;
    this.#operations = new Operations(lifecycle, providerProcess);
    this.#process = providerProcess;
  }

  /** Called by the engine before anything else, once per process. */
  configure({ config }: pulumi.dynamic.ConfigureRequest): Promise<void> {
    this.#process.configure((key) => config.get(key), stackConfigOf(config));
    return Promise.resolve();
  }

  check(olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.CheckResult> {
    return this.#shownOnFailure(news, async () => {
      const isNew = Object.keys(olds ?? {}).length === 0;
      const run = runOf(news);
      const request = { inputs: managed(news), isNew, olds: managed(olds), run };
      const checked = await this.#operations.check(request);
      return {
        inputs: withOwnerKey(checked.inputs, run?.owner),
        failures: checked.problems.map(failure),
      };
    });
  }

  diff(id: string, olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.DiffResult> {
    return this.#shownOnFailure(news, async () => {
      const [before, after] = [recorded(olds), given(news)];
      const { isChanged, differences } = await this.#operations.compare(id, before, after);
      const replaces = replacing(differences);
      return { changes: isChanged, ...(replaces.length > 0 && { replaces }) };
    });
  }

  create(news: PlainObject): Promise<pulumi.dynamic.CreateResult> {
    return this.#shownOnFailure(news, async () => {
      const { id, outputs } = await this.#operations.create(given(news));
      return { id, outs: outputs };
    });
  }

  read(id: string, known: PlainObject): Promise<pulumi.dynamic.ReadResult> {
    return this.#shownOnFailure(known, async () => {
      const whose = recorded(known);
      const read = await this.#operations.read(id, whose);
      if (read.is === "gone") return {};
      if (read.is === "left") return { id, props: known };
      const { outputs, inputs } = read;
      // Other inputs than the last `check` gave would have the engine save each resource in the next update.
      const kept = inputs && withOwnerKey(inputs, whose.owner.key);
      return { id, props: outputs, ...(kept && { inputs: kept }) };
    });
  }

  update(id: string, olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.UpdateResult> {
    return this.#shownOnFailure(news, async () => ({
      outs: await this.#operations.update(id, recorded(olds), given(news)),
    }));
  }

  delete(id: string, known: PlainObject): Promise<void> {
    return this.#shownOnFailure(known, () => this.#operations.delete(id, recorded(known)));
  }

  /** Does the work, and throws errors in the form that the engine shows best. */
  async #shownOnFailure<T>(properties: PlainObject, work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { told, shared } = this.#process;
      const resource = nameIn(properties, shared.claims) ?? this.#lifecycle.label(properties);
      throw shown(error, { properties, resource, told });
    }
  }
}

function given(inputs: PlainObject): GivenInputs {
  return { properties: managed(inputs), ownerKey: ownerKeyIn(inputs) };
}

function recorded(outputs: PlainObject): RecordedOutputs {
  return { properties: managed(outputs), owner: ownerIn(outputs) };
}

/**
 * A problem as the engine shows it. The path is in the message and not in `property`: if the engine gets a
 * property, it prints the value too, even a secret one.
 */
function failure(problem: InputProblem): pulumi.dynamic.CheckFailure {
  return { property: "", reason: messageText(problemLine(problem)) };
}
