/** One word of a shell: in quotes if it needs them. */
export function shellWord(text: string, platform = process.platform): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (platform === "win32") return `"${text}"`;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
