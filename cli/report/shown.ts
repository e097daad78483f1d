/**
 * Foreign texts as a report shows them.
 *
 * @module
 */
import { cut, withUnseenEscaped } from "../../provider/text/messageText";
import type { SidePolicy } from "../compare/side";

/** Longest text in a report, in UTF-16 units. */
const MAX_TEXT = 1_000;

/**
 * A text that is well-formed and shows what it holds: an invisible character, such as one that reverses the direction of
 * a name, appears as its escape.
 */
export function shownText(text: string): string {
  return withUnseenEscaped(cut(text.toWellFormed(), MAX_TEXT));
}

/** The name of a policy; its id, or what it is, if it has none. */
export function shownPolicy({ name, id }: Pick<SidePolicy, "name" | "id">): string {
  if (name !== "") return shownText(name);
  return id === undefined ? "(no name)" : `(no name) ${shownText(id)}`;
}

/** A text as it is shown; null if there is none. */
export function orNull(text: string | undefined): string | null {
  return text === undefined ? null : shownText(text);
}
