import type { GraphClient } from "../../provider/graph";

/** The pages of a Graph that must not be asked for any. */
export const noPages: GraphClient["pages"] = () => {
  throw new Error("not asked for");
};
