/**
 * Words and small pieces of the page.
 *
 * @module
 */
import { isApp, MAYBE_ANOTHER } from "../../../provider/api/changeAuthor";
import { shownMinute } from "../../../provider/graph/clock";
import { ROAD_NAMES, type Road } from "../../compare/side";
import type { DriftAuthor, ReportPolicy, ReportTenant } from "../model";
import { type Html, html, joined, name } from "./html";

/** A number with its noun. */
export function many(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : plural}`;
}

/** A moment, as its reader understands it; text that is none stays as it is. */
export function moment(text: string): Html {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return html`${text}`;
  const iso = new Date(ms).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`;
}

/** Whoever made a change, in pieces: words and, at every other place, a name, which may be in any script. */
export function authorPieces({ by, at, through, isOfThisChange }: DriftAuthor): string[] {
  const [before, after] = isOfThisChange
    ? ["", ""]
    : ["policy last changed ", `, ${MAYBE_ANOTHER}`];
  const where = through === null ? [] : [" in ", through];
  const when = `, ${shownMinute(Date.parse(at))}`;
  return [`${before}by ${isApp(by) ? "the app " : ""}`, by, ...where, `${when}${after}`];
}

/** The same for the page. */
export function authorHtml(author: DriftAuthor): Html {
  const pieces = authorPieces(author);
  return joined(pieces.map((piece, place) => (place % 2 === 0 ? html`${piece}` : name(piece))));
}

/** Audience of a policy, or of a value. */
export function groupsWords(groups: readonly string[] | null, audience?: ReportPolicy["audience"]) {
  if (groups === null) {
    switch (audience) {
      case "others":
        return "others than groups too";
      case "source":
        return "whoever the source applies to";
      case "unsaid":
        return "not said by the program";
      case "targets":
        return "targets of an unknown kind, too";
      case "groups":
      case "unknown":
      case undefined:
        return "not known";
    }
  }
  if (groups.length === 0) return audience === "targets" ? "nobody" : "no group";
  return groups.join(", ");
}

/** A road in words; empty for a file's. */
export function roadWords(road: Road | null): string {
  return road === null ? "" : ROAD_NAMES[road];
}

/** A tenant as a link to its policies. */
export function tenantLink({ name: text }: ReportTenant, index: number): Html {
  return html`<a href="#tenant-${index}">${name(text)}</a>`;
}

/** A section of the page. */
export function section(id: string, title: string, about: unknown, content: unknown): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${about === "" ? "" : html`<p class="about">${about}</p>`}
${content}
</section>
`;
}

/** A table that scrolls by itself where the screen is narrow. */
export function wideTable(label: string, heads: readonly (string | Html)[], rows: readonly Html[]) {
  const cells = heads.map((head) => html`<th scope="col">${head}</th>`);
  return html`<div class="wide" role="group" aria-label="${label}" tabindex="0"><table>
<thead><tr>${cells}</tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}
