/**
 * Rules that hold for the stored objects of all APIs: which id names them, and when a new one is visible.
 *
 * @module
 */
import type { EmulatorMode } from "../modes";

/** The text under which a store keeps the object with an id: GUIDs may be in upper or lower case. */
export function keyOf(id: string): string {
  return id.toLowerCase();
}

/** Whether an id in a request names an object: mode `idCase`. */
export function isNamed(asked: string, id: string, { idCase }: EmulatorMode): boolean {
  return asked === id || (idCase === "other" && keyOf(asked) === keyOf(id));
}

/** Whether an object is visible: it is after enough reads. */
export function countRead(stored: { hiddenReads: number }): boolean {
  if (stored.hiddenReads === 0) return true;
  stored.hiddenReads -= 1;
  return false;
}
