/**
 * Bodies of requests, and the outputs that the state keeps after them.
 *
 * @module
 */

import { assignmentsBody, payloadBody } from "../../api/configurationAnswer";
import { graphField } from "../../settings/inputs/clientConfiguration";
import type { PlainObject } from "../../settings/json";
import { isPayloadName } from "./differences";

/** The payload to send if a program no longer gives one: an empty list of settings. */
const NO_SETTINGS: PlainObject = {};

/** The body of a POST: every input that is a property in Graph. */
export function createBody(type: string, inputs: PlainObject): PlainObject {
  const groups = groupsOf(inputs);
  return {
    "@odata.type": type,
    ...changesBody(Object.keys(inputs), inputs),
    ...(groups && groups.length > 0 && { assignments: assignmentsBody(groups) }),
  };
}

/** The named inputs as properties of Graph. Inputs that the program no longer gives are emptied. */
export function changesBody(names: readonly string[], inputs: PlainObject): PlainObject {
  const body: PlainObject = {};
  for (const name of names) {
    const { property, form } = graphField(name) ?? {};
    if (property === undefined || form === "groups") continue;
    body[property] =
      form === "settings"
        ? payloadBody((inputs[name] ?? NO_SETTINGS) as PlainObject)
        : (inputs[name] ?? null);
  }
  return body;
}

/** The ids of the groups in the inputs; undefined if the program does not give `assignments`. */
export function groupsOf(inputs: PlainObject): string[] | undefined {
  const groups = inputs.assignments;
  return Array.isArray(groups) ? groups.map(String) : undefined;
}

/** The inputs as outputs, without the inputs that only control the creation. */
export function outputsOf(given: PlainObject, id: string): PlainObject {
  const { adopt: _, allowDuplicateName: __, ...inputs } = given;
  return { ...inputs, configurationId: id };
}

/** The payloads among the changed inputs; one that the program no longer gives is empty. */
export function changedPayloads(changed: readonly string[], news: PlainObject): PlainObject {
  return Object.fromEntries(changed.filter(isPayloadName).map((name) => [name, news[name] ?? {}]));
}

/** The priority; undefined if none is given, or it is not known yet. */
export function asPriority(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
