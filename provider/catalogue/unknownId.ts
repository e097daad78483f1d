import { distance } from "fastest-levenshtein";
import { appOf, type KnownSettings } from "./knownSettings";
import type { Judgement } from "./values";

/** Letters of an id for each of which one may be wrong: an id of 36 letters may have three mistakes. */
const LETTERS_PER_MISTAKE = 12;

/**
 * The verdict on an id that the catalogue does not have. It is wrong if it must have been meant as another one: an id
 * that differs by a few letters, another element of a known policy, or a setting's name. Else it may be one of those
 * that no template has: Copilot, Loop, feedback, other platforms.
 */
export function unknownId(settings: KnownSettings, id: string): Judgement {
  const policy = id.split(";").slice(0, 2).join(";");
  const elements = settings.elementsOf(policy);
  const near = settings.nearest(id);
  const meant = near.filter((known) => isMisspelt(settings, id, known));
  if (meant.length === 0 && elements.length > 0) {
    const reason = `is not in the catalogue: ${settings.nameOf(policy)} has ${settings.listElements(elements)}`;
    return { reason, weight: "wrong" };
  }
  if (meant.length > 0) {
    return { reason: `is not in the catalogue; ${didYouMean(settings, meant)}`, weight: "wrong" };
  }
  const isCovered = !id.includes(";") || settings.hasTemplateOf(appOf(id));
  const lack = isCovered ? "" : `, which has no template of ${appOf(id)}`;
  const hint = near.length === 0 ? "check its spelling" : didYouMean(settings, near);
  return { reason: `is not in the catalogue${lack}; ${hint}`, weight: "doubtful" };
}

function didYouMean(settings: KnownSettings, ids: readonly string[]): string {
  return `did you mean ${settings.list(ids, "or")}?`;
}

function isMisspelt(settings: KnownSettings, id: string, known: string): boolean {
  const name = settings.find(known)?.name ?? "";
  if (isNear(id, name)) return true;
  if (!isNear(id, known)) return false;
  // `excel15` may be another version of Office, which no template describes here.
  const [app, knownApp] = [appOf(id), appOf(known)];
  return app === knownApp || app.replace(/\d+$/, "") !== knownApp.replace(/\d+$/, "");
}

function isNear(text: string, known: string): boolean {
  const most = Math.max(1, Math.floor(known.length / LETTERS_PER_MISTAKE));
  return distance(text.toLowerCase(), known.toLowerCase()) <= most;
}
