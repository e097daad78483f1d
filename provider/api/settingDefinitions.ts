/**
 * Definitions of the settings that Intune knows, of all products and platforms.
 *
 * @see https://learn.microsoft.com/graph/api/intune-deviceconfigv2-devicemanagementconfigurationsettingdefinition-list?view=graph-rest-beta
 * @module
 */
import type { GraphClient } from "../graph";
import type { GraphPage } from "../graph/types";
import { paths } from "./paths";

/** Start and page size of a listing of definitions. */
export interface DefinitionQuery {
  /** Link to the first page to read. @default the first page of the collection */
  readonly link?: URL | undefined;
  /** Definitions per page. @default the service's own number */
  readonly pageSize?: number | undefined;
}

/** Path of the first page. */
export function definitionsPath({ pageSize }: Pick<DefinitionQuery, "pageSize"> = {}): string {
  return `${paths.settingDefinitions}${pageSize === undefined ? "" : `?$top=${pageSize}`}`;
}

/**
 * The pages of all definitions, one by one.
 *
 * Uses no filter: Graph documents `$filter` for `categoryId` and `applicability` only, and neither shows
 * that a definition is Office's. Uses no `$select`: it refuses properties of the derived types, such as
 * `options`. Programs that read this collection report that its 500s go away by themselves.
 */
export function settingDefinitionPages(
  graph: GraphClient,
  { link, pageSize }: DefinitionQuery = {},
): AsyncGenerator<GraphPage, undefined> {
  return graph.pages(definitionsPath({ pageSize }), {
    action: "Reading",
    subject: "Intune's setting definitions",
    repeatsAfter500: true,
    ...(link !== undefined && { link }),
  });
}
