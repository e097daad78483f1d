/**
 * The changes of one stack, from the events of Pulumi's engine. Only differences are kept: a fleet's own process
 * must not grow with its stacks.
 *
 * @module
 */
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import type { Glossary } from "../../provider/settings/glossary";
import { labelOf, wordsOf } from "../../provider/settings/glossary";
import { settingOf } from "../../provider/settings/stored";
import { oneLine } from "../../provider/text/messageText";
import { authorIn, type DriftAuthors, NO_AUTHORS } from "./driftAuthors";
import { type ComparedResource, comparedResource, type ResourceDifference } from "./resources";
import type { FleetChange, FleetCommand, Violation } from "./result";
import { violationOf } from "./rules";
import { isAboutSecret, secretChanges } from "./secretChanges";

/** An error of the engine or of a resource. */
export interface EngineError {
  readonly message: string;
  /** Whether it is about a resource, rather than about the whole operation. */
  readonly isOfResource: boolean;
}

/** Outcome of one operation, by its events. */
export interface OperationOutcome {
  readonly changes: readonly FleetChange[];
  /** Settings of all resources that were seen. */
  readonly settings: number;
  readonly errors: readonly EngineError[];
  readonly warnings: readonly string[];
  /** Violations of the rules of policy packs. */
  readonly violations: readonly Violation[];
  /** Reasons for which changes of drift have no author. */
  readonly authorNotes: readonly string[];
  /** Whether the engine reached the end. Without it, the rest is not all. */
  readonly isWhole: boolean;
}

/** Operations of steps that change a resource, and what they are in a result. */
const OPS: Readonly<Record<string, FleetChange["op"]>> = {
  create: "create",
  import: "create",
  update: "update",
  delete: "delete",
  // The old resource's deletion is a step of its own, `delete-replaced`.
  "create-replacement": "replace",
  "import-replacement": "replace",
};

/** Beginning of the provider's line about names that a preview could not check. */
const NOT_CHECKED = "names not checked: ";

/** Collects the events of one operation on one stack. */
export class StackEvents {
  readonly #isDrift: boolean;
  readonly #steps: { op: FleetChange["op"]; resource: ComparedResource }[] = [];
  readonly #errors: EngineError[] = [];
  readonly #warnings = new Set<string>();
  readonly #secretLines: string[] = [];
  /** By their JSON: the engine may tell one twice. */
  readonly #violations = new Map<string, Violation>();
  #settings = 0;
  #isWhole = false;

  constructor(
    command: FleetCommand,
    private readonly glossary: Glossary,
  ) {
    this.#isDrift = command === "drift" || command === "refresh";
  }

  /** Takes an event. */
  readonly see = (event: EngineEvent): void => {
    const { resOutputsEvent, diagnosticEvent, policyEvent, summaryEvent } = event;
    if (resOutputsEvent !== undefined) this.#step(resOutputsEvent.metadata);
    if (diagnosticEvent !== undefined) this.#diagnostic(diagnosticEvent);
    if (policyEvent !== undefined) {
      const violation = violationOf(policyEvent);
      this.#violations.set(JSON.stringify(violation), violation);
    }
    // The SDK's type does not have it.
    const result = (summaryEvent as { readonly result?: string } | undefined)?.result;
    if (summaryEvent !== undefined) this.#isWhole = result === undefined || result === "succeeded";
  };

  /** The outcome so far, with the authors of drift. */
  outcome(authors: DriftAuthors = NO_AUTHORS): OperationOutcome {
    return {
      changes: this.#steps.flatMap(({ op, resource }) =>
        this.#changesOf(op, resource).map((change) => ({
          ...change,
          ...authorIn(authors, resource.id, change),
        })),
      ),
      settings: this.#settings,
      errors: this.#errors,
      warnings: [...this.#warnings],
      violations: [...this.#violations.values()],
      authorNotes: authors.notes,
      isWhole: this.#isWhole,
    };
  }

  #step(metadata: StepEventMetadata): void {
    const { type } = metadata;
    if (type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:")) return;
    const op = this.#opOf(metadata);
    if (op === undefined) return;
    const resource = comparedResource(metadata, this.#isDrift ? "outputs" : "inputs");
    this.#settings += resource.settings;
    if (op !== "same") this.#steps.push({ op, resource });
  }

  /** Operation of a step; `same` counts its settings only. Undefined: the step is not one of the program's. */
  #opOf({ op, old, new: next }: StepEventMetadata): FleetChange["op"] | "same" | undefined {
    if (op === "same") return "same";
    if (!this.#isDrift) return OPS[op];
    // Plain refreshes give what they found as `update` or `delete`, those before an update as `refresh`.
    if (op !== "update" && op !== "delete" && op !== "refresh") return undefined;
    if (next === undefined || next === null) return "delete";
    return old === undefined || old === null ? undefined : "update";
  }

  #diagnostic({ severity, message, urn }: NonNullable<EngineEvent["diagnosticEvent"]>): void {
    // `debug` has the inputs of resources in plain text.
    const text = message.trim();
    if (severity === "error" || severity === "info#err") {
      if (severity === "error" && text !== "") {
        this.#errors.push({ message: text, isOfResource: urn !== undefined && urn !== "" });
      }
      return;
    }
    if (severity === "warning") this.#warnings.add(oneLine(text));
    if (severity !== "info") return;
    if (text.startsWith(NOT_CHECKED)) this.#warnings.add(oneLine(text));
    if (isAboutSecret(text)) this.#secretLines.push(text);
  }

  #changesOf(op: FleetChange["op"], resource: ComparedResource): FleetChange[] {
    const { name, type, policy } = resource;
    const secrets = secretChanges(resource, this.#secretLines);
    const changes = [...resource.differences, ...secrets].map((each) =>
      this.#change({ resource: name, type, op, policy }, each),
    );
    if (changes.length > 0 || (this.#isDrift && op === "update")) return changes;
    // A resource without inputs, or with a change that is not to be seen.
    const isNew = op === "create" || op === "replace";
    const id = { old: op === "create" ? null : resource.id, new: isNew ? null : resource.id };
    return [
      {
        resource: name,
        type,
        op,
        policy,
        property: "id",
        ...id,
        ...(op === "delete" && { new: null }),
        ...(isNew && { isUnknown: true as const }),
      },
    ];
  }

  #change(
    step: Pick<FleetChange, "resource" | "type" | "op" | "policy">,
    { property, settingId, attribute, isSecret, ...values }: ResourceDifference,
  ): FleetChange {
    const words = settingId === undefined ? undefined : wordsOf(this.glossary, settingId);
    const label = (value: unknown) =>
      settingId === undefined || value === null || attribute !== undefined
        ? undefined
        : labelOf(words, settingOf(settingId, value).value);
    const [oldLabel, newLabel] = [label(values.old), label(values.new)];
    return {
      ...step,
      ...(settingId !== undefined && { settingId }),
      ...(words !== undefined && { name: words.name }),
      property,
      ...(attribute !== undefined && { attribute }),
      old: values.old,
      new: values.new,
      ...(oldLabel !== undefined && { oldLabel }),
      ...(newLabel !== undefined && { newLabel }),
      ...(isSecret && { isSecret: true as const }),
      ...(values.isUnknown === true && { isUnknown: true as const }),
    };
  }
}
