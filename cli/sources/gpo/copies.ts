import type { Source } from "../source";

/**
 * Sources without those that repeat another one: backups of a GPO that are older than another backup of it, and reports
 * of a GPO that has a backup. A folder of backups often has many of one GPO, and reports beside them.
 *
 * @param onRepeated - Told of each source that is left out, with a clause that goes on from its path.
 */
export function withoutRepeated(
  sources: readonly Source[],
  onRepeated: (source: Source, reason: string) => void,
): readonly Source[] {
  const backups = new Map<string, Source>();
  for (const source of sources) {
    if (source.kind !== "GPO backup" || source.gpo === undefined) continue;
    const other = backups.get(source.gpo.id);
    if (other === undefined || isNewer(source, other)) backups.set(source.gpo.id, source);
  }
  return sources.filter((source) => {
    const backup = backups.get(source.gpo?.id ?? "");
    const reason = backup === undefined ? undefined : repeats(source, backup);
    if (reason !== undefined) onRepeated(source, reason);
    return reason === undefined;
  });
}

function repeats(source: Source, backup: Source): string | undefined {
  if (source.kind === "GPO report")
    return `is a report of a GPO whose backup is read: ${backup.path}`;
  if (source.kind !== "GPO backup" || !isNewer(backup, source)) return undefined;
  return `is an older backup of a GPO whose newest is read: ${backup.path}`;
}

/** Times are written so that they sort. Backups without one are all kept. */
function isNewer(source: Source, other: Source): boolean {
  const [time = "", before = ""] = [source.gpo?.backupTime, other.gpo?.backupTime];
  const isTime = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:/.test(text);
  return isTime(time) && isTime(before) && time > before;
}
