import type { Vocabulary } from "../graph/api";

/** Names of this API: the properties of a group that the emulator has. */
export const VOCABULARY: Vocabulary = {
  properties: ["id", "displayName"],
  types: [],
  actions: [],
  forms: {},
};
