import { listClientConfigurations } from "../../api/clientConfigurations";
import { type ConfigurationAnswer, idKey } from "../../api/configurationAnswer";
import {
  type GraphCallOptions,
  type GraphClient,
  GraphHttpError,
  OfficeConfigurationError,
} from "../../graph";
import { show } from "../../settings/show";

/** Statuses with which Graph may refuse a taken priority. Assumed: no source documents them. */
const TAKEN_STATUSES: ReadonlySet<number> = new Set([400, 409]);

/** Whether a request may have been refused because a priority is taken. */
export function mayBeTaken(error: unknown): boolean {
  return GraphHttpError.isInstance(error) && TAKEN_STATUSES.has(error.status);
}

/** The policies that have one of these priorities, except those that are about to give it up. */
export async function holdersOf(
  graph: GraphClient,
  priorities: ReadonlySet<number>,
  leaving: ReadonlySet<string>,
  call: GraphCallOptions,
): Promise<ConfigurationAnswer[]> {
  const action = "Looking who has the priority of";
  const { policies } = await listClientConfigurations(graph, { ...call, action });
  const left = new Set([...leaving].map(idKey));
  return policies.filter(
    ({ id, priority }) => priority != null && priorities.has(priority) && !left.has(id),
  );
}

/** The error that says who has a priority, and what to do. */
export function priorityTaken(
  { subject = "client configuration" }: GraphCallOptions,
  { id, displayName, priority }: ConfigurationAnswer,
): OfficeConfigurationError {
  return new OfficeConfigurationError(
    `${subject}: the priority ${priority} belongs to ${show(displayName ?? "")} (${id}), which this update does not move. ` +
      "Each priority can be given once in a tenant. Choose another one, or move that policy in the same update; " +
      "if the program moves it already, let neither depend on the other, and do not run with --parallel 1. If the " +
      "update is to delete it: Pulumi deletes last, so delete it in one update and renumber in the next.",
  );
}
