import { isNotFound } from "../../../graph";

/**
 * The tenant's policies for a message about one that is not there; undefined if they cannot be read, so that the original
 * error is still shown.
 */
export async function othersFor<T>(list: () => Promise<T[]>): Promise<T[] | undefined> {
  try {
    return await list();
  } catch (error) {
    // It may explain why there is nothing: the tenant does not serve the API.
    if (isNotFound(error)) throw error;
    return undefined;
  }
}
