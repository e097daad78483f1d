/**
 * Definitions of the settings that Intune knows, of all products and platforms.
 *
 * @see https://learn.microsoft.com/graph/api/intune-deviceconfigv2-devicemanagementconfigurationsettingdefinition-list?view=graph-rest-beta
 * @module
 */
import type { GraphClient } from "../graph";
import type { GraphPage } from "../graph/types";
import { paths } from "./paths";

/** Where to begin, and how to be served. */
export interface DefinitionQuery {
  /** Leads to the page to begin with. @default the first page */
  readonly link?: URL | undefined;
  /** Definitions a page. @default the service's own number */
  readonly pageSize?: number | undefined;
}

/** Path of the first page. */
export function definitionsPath({ pageSize }: Pick<DefinitionQuery, "pageSize"> = {}): string {
  return `${paths.settingDefinitions}${pageSize === undefined ? "" : `?$top=${pageSize}`}`;
}

/**
 * The pages of all definitions, one by one.
 *
 * There is no filter: Graph documents `$filter` for `categoryId` and `applicability` only, and neither says
 * that a definition is Office's. Nor a `$select`: it refuses properties of the derived types, such as
 * `options`. A 500 of this collection passes by itself, as programs that read it report.
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
