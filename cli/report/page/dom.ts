/**
 * Elements of the page. Text is only ever set as text.
 *
 * @module
 */

/** The one element that a selector finds. @throws Error if there is none. */
export function element<T extends Element>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector);
  if (found === null) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** All elements that a selector finds. */
export function elements<T extends Element>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)];
}

/** Makes an element with texts and elements in it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  ...children: (string | Node)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A name whose direction does not touch what stands beside it. */
export function name(text: string): HTMLElement {
  return make("bdi", {}, text);
}
