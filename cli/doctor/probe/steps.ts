import {
  type GraphClient,
  GraphHttpError,
  isChangedSince,
  OfficeConfigurationError,
} from "../../../provider/graph";
import { isPlainObject, type PlainObject } from "../../../provider/settings/json";
import { onlySeen } from "../manners/collection";
import { payloadFormOf } from "../manners/forms";
import type { Seen } from "../manners/schema";
import type { OwnPolicy } from "./ownPolicy";
import { descriptionOf } from "./targets";

/** Manners of writes that a probe has seen. */
export type SeenWrites = Seen<"cloudPolicyWrites">;

/** A policy that was created: its id if the answer told it, and what the answer showed. */
export interface Created {
  readonly id?: string;
  readonly seen: SeenWrites;
}

/** Makes the policy. @throws OfficeConfigurationError if the service does not take it. */
export async function create(
  graph: GraphClient,
  policy: OwnPolicy,
  name: string,
): Promise<Created> {
  const { target } = policy;
  const [first = {}, ...others] = target.bodies(name);
  let body = first;
  for (const next of [...others, undefined]) {
    try {
      const answer = await graph.post(target.collection, body, policy.call("Making"));
      return {
        ...idIn(answer.body),
        seen: onlySeen({
          createdStatus: answer.status,
          ...(target.payload !== undefined && createdManners(answer.body, target.payload)),
          ...(others.length > 0 && {
            payloadInPost: body === first ? ("taken" as const) : ("refused" as const),
          }),
        }),
      };
    } catch (error) {
      if (next === undefined || !isBadRequest(error)) throw error;
      body = next;
    }
  }
  throw new OfficeConfigurationError("No body of a probe was taken.");
}

function idIn(body: unknown): { readonly id?: string } {
  const id = isPlainObject(body) ? body.id : undefined;
  return typeof id === "string" && id !== "" ? { id } : {};
}

function createdManners(body: unknown, payload: string) {
  if (!isPlainObject(body)) return {};
  return {
    createdPayload: payloadFormOf(body, payload),
    createdGroups: body.assignments !== undefined,
  };
}

function isBadRequest(error: unknown): boolean {
  return GraphHttpError.isInstance(error) && error.status === 400;
}

/**
 * Changes the policy, and reads it again.
 *
 * @throws OfficeConfigurationError if the service refuses the change, or does not have it afterwards.
 */
export async function change(
  graph: GraphClient,
  policy: OwnPolicy,
  id: string,
): Promise<SeenWrites> {
  const { target } = policy;
  const before = etagOf(await policy.read(id));
  const typeInPatch = target.type === undefined ? undefined : await withoutType(graph, policy, id);
  const description = descriptionOf("changed");
  const { status } = await graph.patch(
    target.item(id),
    { ...(target.type !== undefined && { "@odata.type": target.type }), description },
    policy.call("Changing"),
  );
  let after: PlainObject | undefined;
  const reads = await policy.readsUntil(id, (found) => {
    after = found;
    return found?.description === description;
  });
  if (reads === undefined) {
    throw new OfficeConfigurationError(
      `Graph has answered the change of the probe's policy in ${target.title} with ${status}, and does not show it.`,
    );
  }
  return onlySeen({
    typeInPatch,
    patchStatus: status,
    ...(before !== undefined && {
      etagChanges: etagOf(after) !== before,
      ifMatch: await withOldVersion(graph, policy, { id, etag: before, now: etagOf(after) }),
    }),
  });
}

function etagOf(policy: PlainObject | undefined): string | undefined {
  const etag = policy?.["@odata.etag"];
  return typeof etag === "string" && /^[\x21-\x7e]{1,200}$/.test(etag) ? etag : undefined;
}

async function withoutType(
  graph: GraphClient,
  policy: OwnPolicy,
  id: string,
): Promise<"required" | "not required"> {
  try {
    const body = { description: descriptionOf("changed without its type") };
    await graph.patch(policy.target.item(id), body, policy.call("Changing"));
    return "not required";
  } catch (error) {
    if (isBadRequest(error)) return "required";
    throw error;
  }
}

/** Whether a PATCH that names an outdated version is refused. Nothing shows it if the version never changes. */
async function withOldVersion(
  graph: GraphClient,
  policy: OwnPolicy,
  {
    id,
    etag,
    now,
  }: { readonly id: string; readonly etag: string; readonly now: string | undefined },
): Promise<"obeyed" | "ignored" | undefined> {
  if (etag === now) return undefined;
  const { type } = policy.target;
  const body = {
    ...(type !== undefined && { "@odata.type": type }),
    description: descriptionOf("changed by an old version"),
  };
  const options = { ...policy.call("Changing"), headers: { "if-match": etag } };
  try {
    await graph.patch(policy.target.item(id), body, options);
    return "ignored";
  } catch (error) {
    if (isChangedSince(error)) return "obeyed";
    throw error;
  }
}
