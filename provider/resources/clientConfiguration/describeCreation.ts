import { isNameJudged, ownerOfName } from "../../update/creation/nameOwner";
import type { CreationPreview, LifecycleContext } from "../../update/lifecycle";
import { adoptionLines, adoptionOf, findAdopted, takeOverLines } from "./adopt";
import { creationOf, type NewPolicy } from "./create";
import { inputsOf } from "./found";

/** Describes what a creation would find, without writing anything: a policy to adopt, or one of its name. */
export async function describeCreation(
  context: LifecycleContext,
  policy: NewPolicy,
): Promise<CreationPreview> {
  const { inputs, reader } = policy;
  const adoption = adoptionOf(inputs);
  if (adoption !== undefined) {
    const { glossary } = context;
    const found = await findAdopted(context, reader, adoption, inputs);
    context.claims.want(found.id);
    const current = await inputsOf(reader, found, inputs);
    return { lines: adoptionLines(found.id, { current, inputs, glossary }), current };
  }
  const isJudged = isNameJudged(context, inputs, ["displayName", "allowDuplicateName"]);
  const taken = isJudged ? await ownerOfName(context, creationOf(context, policy)) : undefined;
  if (taken === undefined) return { lines: [] };
  context.claims.want(taken.found.id, String(inputs.displayName));
  const current = await inputsOf(reader, taken.found, inputs);
  return { lines: takeOverLines(taken, { current, inputs, glossary: context.glossary }), current };
}
