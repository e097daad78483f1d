/** Meanings of values, by value. A value that is not there is not known. */
export type Values = Readonly<Record<string, string>>;

/** A setting: its id, its name, and its values if they are known for certain. */
export type Known = readonly [id: string, name: string, values?: Values];

export const ON: Values = { "1": "on", "0": "off" };

/** Of a few settings "off" is the value 1. */
export const ON_IS_0: Values = { "0": "on", "1": "off" };

/** One policy of several apps, with the same id but for the app. */
export function inApps(apps: string, id: string, name: string, values: Values): Known[] {
  return apps.split(" ").map((app) => [`${app}16;${id}`, name, values]);
}
