import { isPlainObject } from "../../../provider/settings/json";
import { isSuccess, type Reads } from "./reads";
import type { Seen } from "./schema";

const IDS = ["first", "second", "third"];

/** Finds out whether Graph takes a batch, and in which order it answers. @param path - A GET that succeeds. */
export async function batchMannersOf(reads: Reads, path: string): Promise<Seen<"batch">> {
  const requests = IDS.map((id) => ({ id, method: "GET", url: path }));
  const read = await reads.batch({ requests });
  if (read === undefined) return {};
  if (!isSuccess(read)) return { batches: "refused" };
  const answers: unknown = isPlainObject(read.body) ? read.body.responses : undefined;
  if (!Array.isArray(answers)) return {};
  const ids = answers.map((answer) => (isPlainObject(answer) ? answer.id : undefined));
  if (!IDS.every((id) => ids.includes(id))) return {};
  const isInOrder = IDS.every((id, place) => ids[place] === id);
  return { batches: "served", batchOrder: isInOrder ? "as asked" : "another" };
}
