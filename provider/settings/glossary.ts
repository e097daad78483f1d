/** Display texts of a setting: short, on one line, without invisible characters. */
export interface SettingWords {
  /** Name in the admin center, with its app: `VBA Macro Notification Settings (Excel)`. */
  readonly name: string;
  /**
   * Labels of values, by value: `{ "4": "Disable all without notification" }`. Undefined if none are known.
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Finds the words of a setting by its id; undefined if none are known. */
export type Glossary = (settingId: string) => SettingWords | undefined;

/** Knows no setting. */
export const NO_GLOSSARY: Glossary = () => undefined;

/**
 * The words of a setting by its key in a stored payload: the id, optionally with `@` and a platform.
 */
export function wordsOf(glossary: Glossary, key: string): SettingWords | undefined {
  return glossary(key) ?? glossary(key.replace(/@[^@;]*$/, ""));
}

/** The label of a value; undefined if it has none. */
export function labelOf(words: SettingWords | undefined, value: unknown): string | undefined {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  const labels = words?.labels;
  if (text === undefined || labels === undefined) return undefined;
  return Object.hasOwn(labels, text) ? labels[text] : undefined;
}
