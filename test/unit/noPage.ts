import type { GraphClient } from "../../provider/graph";

/** A page of a Graph that must not be asked for any. */
export const noPage: GraphClient["page"] = () => {
  throw new Error("not asked for");
};
