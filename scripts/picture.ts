/**
 * Draws the README's picture from the demo's output: the preview of one edited setting.
 *
 *     npm run --silent demo | npm run --silent picture
 *
 * The lines are the engine's own. Its progress lines ("@ previewing update...") are left out.
 *
 * @module
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PICTURE = join(__dirname, "..", "docs", "preview.svg");

const STEP = /^4\. One setting edited.*?^(\$ pulumi preview$.*?)^ {2}ok:/ms;
const PROGRESS = /^ *(@ previewing|pulumi:pulumi:Stack \S+ running)/;
/** A changed setting: its name, its old value and its new one. */
const CHANGE = /^(.*;.* )("[^"]*")( => )("[^"]*")$/;

const COLUMN = 8.4;
const LINE = 21;
const MARGIN = 24;

const INK = {
  plain: "#d0d7de",
  strong: "#ffffff",
  old: "#ff7b72",
  new: "#7ee787",
  mark: "#e3b341",
};

/** The lines of the preview, without the demo's indentation. */
function previewLines(demo: string): string[] {
  const preview = STEP.exec(demo)?.[1];
  if (preview === undefined)
    throw new Error("There is no preview of one edited setting in this text.");
  const lines = preview
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^ {2}/, "").trimEnd());
  return lines.filter((line) => !PROGRESS.test(line));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function span(text: string, ink: string): string {
  return `<tspan fill="${ink}">${escaped(text)}</tspan>`;
}

/** The content of a line, in its colours. */
function coloured(line: string): string {
  const [, what, before, arrow, after] = CHANGE.exec(line) ?? [];
  if (what !== undefined && before && arrow && after) {
    return [
      span(what, INK.strong),
      span(before, INK.old),
      span(arrow, INK.plain),
      span(after, INK.new),
    ].join("");
  }
  if (line.startsWith("$ ")) return span(line, INK.strong);
  return line.includes("~ ") ? span(line, INK.mark) : escaped(line);
}

/** A line as a text element of a fixed width, so that it fits in any font. */
function drawn(line: string, row: number, pictureWidth: number): string {
  if (line.trim() === "") return "";
  const indent = line.length - line.trimStart().length;
  const x = (MARGIN + indent * COLUMN).toFixed(1);
  const y = MARGIN + 14 + row * LINE;
  const width = (line.trim().length * COLUMN).toFixed(1);
  const band = CHANGE.test(line)
    ? `<rect x="8" y="${y - 15}" width="${pictureWidth - 16}" height="${LINE}" fill="#ffffff" fill-opacity="0.1"/>\n`
    : "";
  return `${band}<text x="${x}" y="${y}" textLength="${width}">${coloured(line.trim())}</text>\n`;
}

function picture(lines: readonly string[]): string {
  const columns = Math.max(...lines.map(({ length }) => length));
  const width = Math.ceil(columns * COLUMN + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped("pulumi preview names the policy, the setting, its old and its new value")}</title>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${INK.plain}" xml:space="preserve">
${lines.map((line, row) => drawn(line, row, width)).join("")}</g>
</svg>
`;
}

const lines = previewLines(readFileSync(0, "utf8"));
writeFileSync(PICTURE, picture(lines));
process.stdout.write(`${PICTURE}: ${lines.length} lines\n`);
