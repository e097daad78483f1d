/**
 * Sentences about a tenant of a report: what of it was not read, not compared, or is left out.
 *
 * @module
 */
import { many } from "./html/words";
import type { ReadTenant } from "./reportOf";
import { ofRoad } from "./road";

/** Notes beside those of the tenant's sides. */
export function notesOn({ reading, code, live, drift }: ReadTenant): string[] {
  const { notCompared, unclear } = drift;
  const managed = code === undefined ? 0 : ofRoad(code, "intune").length;
  const isIntuneMissing = live !== undefined && reading.intune.state !== "read";
  const unread = (live?.policies ?? []).reduce((sum, policy) => sum + (policy.unread?.all ?? 0), 0);
  const copilot = code?.copilotSettings ?? 0;
  const notes: readonly (readonly [applies: boolean, note: string])[] = [
    [
      notCompared > 0,
      `${values(notCompared)} not looked at for drift: the state keeps secrets encrypted`,
    ],
    [
      unclear > 0,
      `${values(unclear)} not looked at for drift: Intune's policy lacks it, or has it among those that were not read`,
    ],
    [
      unread > 0,
      `${values(unread, " in Intune's policies")} not read as a setting: \`office-configuration compare\` with \`intune\` says why`,
    ],
    [
      isIntuneMissing && managed > 0,
      `Intune was not read: ${many(managed, "policy", "policies")} that the stack manages there ${managed === 1 ? "is" : "are"} shown as its last update or refresh left ${managed === 1 ? "it" : "them"}`,
    ],
    [
      copilot > 0,
      `${many(copilot, "setting")} of Copilot that the stack manages ${copilot === 1 ? "is" : "are"} left out: a report is of Office's settings`,
    ],
  ];
  return notes.flatMap(([applies, note]) => (applies ? [note] : []));
}

function values(count: number, where = ""): string {
  return count === 1 ? `1 value${where} was` : `${count.toLocaleString("en")} values${where} were`;
}
