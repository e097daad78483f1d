/**
 * A report as one page: it asks for nothing from elsewhere, and runs no script but its own.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Report } from "../model";
import { type Html, html, own } from "./html";
import { bySettingSection, driftSection, notesSection, unmanagedSection } from "./lists";
import { matrixSection } from "./matrix";
import { ROWS_IN_BLOCK } from "./outcomes";
import { pageDataOf } from "./pageData";
import { policiesSection } from "./policies";
import { headSection, summarySection, tenantsSection, titleOf } from "./summary";

/** The script and style of the page. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

/** Most tenants whose matrix fits on paper. */
const MOST_ON_PAPER = 8;

/** The page. */
export function reportHtml(report: Report, parts: PageParts): string {
  const { tenants, settings, baseline } = report;
  const style = `${parts.style}\n:root{--tenants:${tenants.length};--base:${baseline === null ? 0 : 1}}
.matrix tbody:last-child{--rows:${settings.length % ROWS_IN_BLOCK || ROWS_IN_BLOCK}}\n`;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(parts.script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  const classes = [
    ...(baseline === null ? [] : ["based"]),
    ...(tenants.length > MOST_ON_PAPER ? ["many"] : []),
  ];
  const page: Html = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${titleOf(report)}</title>
<style>${own(style)}</style>
</head>
<body class="${classes.join(" ")}">
${headSection(report)}<main>
${summarySection(report)}${matrixSection(report)}${driftSection(report)}${unmanagedSection(report)}${bySettingSection(report)}${tenantsSection(report)}${policiesSection(report)}${notesSection(report)}</main>
<dialog aria-labelledby="cell-title"></dialog>
<script type="application/json" id="data">${own(jsonInHtml(pageDataOf(report)))}</script>
<script>${own(parts.script)}</script>
</body>
</html>
`;
  return page.toString();
}

/** JSON that neither ends its element nor begins a comment. */
function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
