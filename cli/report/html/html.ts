import { html as escaping, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** Text of HTML, in which everything foreign is escaped. */
export type Html = HtmlEscapedString;

/** HTML from a template: every value is escaped, unless it is {@link Html}, or a list of it. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
  // It waits only for values that are promises.
  return escaping(strings, ...values) as Html;
}

/** Text that is HTML already: the page's own style and script, JSON whose `<` are escaped. */
export function own(text: string): Html {
  return raw(text);
}

/** Text that has one direction whatever stands beside it. */
const PLAIN = /^[\u0020-\u007e]*$/;

/** A name that somebody has chosen: its direction does not touch what stands beside it. */
export function name(text: string): Html {
  return PLAIN.test(text) ? html`${text}` : html`<bdi>${text}</bdi>`;
}

/** A list of pieces as one: `escaping` takes a list apart at each level. */
export function joined(pieces: readonly Html[]): Html {
  return raw(pieces.join(""));
}
