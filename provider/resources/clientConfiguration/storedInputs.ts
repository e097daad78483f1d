import { storeAssignments } from "../../settings/assignments";
import { storeChecked } from "../../settings/given";
import { isPlainObject, type PlainObject } from "../../settings/json";
import { SECRETS_KEY } from "../../settings/keys";
import { PAYLOAD_NAMES } from "../../settings/names";

/**
 * The inputs of a policy as they come to `check`, in the form in which they are stored. A resource
 * class gives them so; a transformation or an edited state may give any form that a program writes.
 */
export function storedInputs(inputs: PlainObject): PlainObject {
  const stored = { ...inputs };
  for (const name of PAYLOAD_NAMES) {
    if (name in inputs) stored[name] = storeChecked(inputs[name]);
  }
  if ("assignments" in inputs) stored.assignments = storeAssignments(inputs.assignments);
  // Where a list or a text becomes an object, nothing tells which of its values are secrets.
  const hidden = PAYLOAD_NAMES.filter(
    (name) => isPlainObject(stored[name]) && !isPlainObject(inputs[name]),
  );
  if (hidden.length === 0) return stored;
  const given = Array.isArray(inputs[SECRETS_KEY]) ? inputs[SECRETS_KEY].map(String) : [];
  return { ...stored, [SECRETS_KEY]: [...new Set([...given, ...hidden])].sort() };
}
