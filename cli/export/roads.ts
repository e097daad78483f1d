/**
 * The roads whose policies can be exported.
 *
 * @module
 */
import type { GraphClient } from "../../provider/graph";
import { requireDefinitions } from "../catalogue/definitions";
import { readIntune } from "../tenant/readIntune";
import { readTenant } from "../tenant/readTenant";
import type { ExportCatalogue } from "./catalogue";
import type { GroupNames } from "./groupNames";
import { exportedIntuneProgram, groupsIn, officePolicies } from "./intune/program";
import { type ExportedProgram, exportedProgram } from "./program";

/** Policies that were read to the end. */
export interface ReadPolicies {
  /** Ids of the groups that they name. */
  readonly groupIds: readonly string[];
  /** A line for each object that is left out. */
  readonly notes: readonly string[];
  readonly program: (groupNames: GroupNames) => ExportedProgram;
}

/** A road that can be exported. */
export interface ExportRoad {
  /** Its policies, as a sentence begins with them. */
  readonly what: string;
  /** Reads them. Sends only GETs. */
  readonly read: (graph: GraphClient) => Promise<ReadPolicies>;
}

/** Policies of Cloud Policy. */
export function cloudPolicyRoad(words: ExportCatalogue): ExportRoad {
  return {
    what: "The policies",
    read: async (graph) => {
      const { policies, notes } = await readTenant(graph);
      return {
        groupIds: policies.flatMap(({ assignments = [] }) => assignments),
        notes,
        program: (groupNames) => exportedProgram(policies, words, groupNames),
      };
    },
  };
}

/**
 * Policies of Intune's settings catalogue.
 *
 * @param out - Folder that is written to.
 * @throws TypeError if the catalogue has no definitions of Intune's.
 */
export function intuneRoad(words: ExportCatalogue, out: string): ExportRoad {
  const settings = requireDefinitions(words, "export --intune", out);
  return {
    what: "The Intune policies",
    read: async (graph) => {
      const content = await readIntune(graph);
      const policies = officePolicies(content, settings);
      return {
        groupIds: groupsIn(policies),
        notes: content.notes,
        program: (groupNames) =>
          exportedIntuneProgram(policies, { settings, catalogue: words, groupNames }),
      };
    },
  };
}
