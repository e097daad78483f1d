import { storeAssignments } from "../../settings/assignments";
import { storeChecked } from "../../settings/given";
import { isPlainObject, type PlainObject } from "../../settings/json";
import { SECRETS_KEY } from "../../settings/keys";
import { PAYLOAD_NAMES } from "../../settings/names";

/**
 * Converts a policy's inputs to the form in which they are stored. A resource class gives this form already; a
 * transformation or an edited state may give any form that a program may write.
 */
export function storedInputs(inputs: PlainObject): PlainObject {
  const stored = { ...inputs };
  for (const name of PAYLOAD_NAMES) {
    if (name in inputs) stored[name] = storeChecked(inputs[name]);
  }
  if ("assignments" in inputs) stored.assignments = storeAssignments(inputs.assignments);
  // If a list or a text becomes an object, nobody knows which of its values are secrets.
  const hidden = PAYLOAD_NAMES.filter(
    (name) => isPlainObject(stored[name]) && !isPlainObject(inputs[name]),
  );
  if (hidden.length === 0) return stored;
  const given = Array.isArray(inputs[SECRETS_KEY]) ? inputs[SECRETS_KEY].map(String) : [];
  return { ...stored, [SECRETS_KEY]: [...new Set([...given, ...hidden])].sort() };
}
