import {
  GraphAnswerError,
  GraphHttpError,
  GraphNoAnswerError,
  OfficeConfigurationError,
} from "../../provider/graph";
import { oneLine } from "../../provider/text/messageText";

/** Whether a road can be used, as far as a read shows it. */
export const ROAD_STATES = [
  "open",
  "closed",
  "noPermission",
  "noLicense",
  "notReachable",
  "unclear",
  "notAsked",
] as const;

/** Whether a road can be used, as far as a read shows it. */
export type RoadState = (typeof ROAD_STATES)[number];

/** A road's state, and the answer that shows it. */
export interface Verdict {
  readonly state: RoadState;
  /** HTTP status; undefined without an answer. */
  readonly status?: number;
  /** Graph's code, or the system's. */
  readonly code?: string;
  /** Graph's id of the request, for Microsoft's support. */
  readonly requestId?: string;
  /** Graph's words, if nothing else explains the answer. They hold no ids or addresses. */
  readonly words?: string;
  /** The advice of the error. */
  readonly advice?: string;
  /** Whether it is the verdict on the list that has other policies too. */
  readonly isOfList?: true;
}

/** Statuses that say that Graph has no such path, or serves it differently. */
const NO_SUCH_PATH: ReadonlySet<number> = new Set([404, 405, 410, 501]);

/** Codes of Copilot's API, which tell more than their statuses. */
const COPILOT_CODES: readonly (readonly [RegExp, Pick<Verdict, "state" | "advice">])[] = [
  [
    /unsupportedSetting/i,
    {
      state: "unclear",
      advice: "Copilot's API answers, but does not know the setting that the doctor asks for.",
    },
  ],
  [
    /groupScopedSettingNotSupported/i,
    {
      state: "unclear",
      advice:
        "Copilot's API answers. It cannot read the setting that the doctor asks for, because a policy for groups sets it.",
    },
  ],
  [
    /tooManyGroupPolicies/i,
    {
      state: "closed",
      advice: "The tenant has more policies for groups than Copilot's API supports.",
    },
  ],
];

/** Parts of Graph's words that identify a tenant, a user or a request. */
const IDENTIFYING = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\w+:\/\/\S+|\S+@\S+/gi;

/** Longest words of Graph in a report, in characters. */
const MAX_WORDS = 160;

/** The verdict on a read that failed. @throws the error if it is none of this package's. */
export function verdictOf(error: unknown): Verdict {
  if (!OfficeConfigurationError.isInstance(error)) throw error;
  const { status, code = "", requestId, message } = error;
  const { graphMessage, innerCode = "" } = GraphHttpError.isInstance(error)
    ? error
    : { graphMessage: "" };
  const codes = `${code} ${innerCode} ${graphMessage}`;
  const known = COPILOT_CODES.find(([pattern]) => pattern.test(codes))?.[1];
  const { state, advice = adviceIn(message) } = known ?? { state: stateOf(error) };
  const words = shown(graphMessage);
  return {
    state,
    ...(status !== undefined && { status }),
    ...(code !== "" && { code: shown(code) }),
    ...(requestId !== undefined && { requestId }),
    ...(state === "unclear" && words !== "" && { words }),
    ...(advice !== "" && { advice }),
  };
}

/** The lines below the first, which say what to do. */
function adviceIn(message: string): string {
  return message.split("\n").slice(1).join(" ");
}

function stateOf(error: OfficeConfigurationError): RoadState {
  if (error.failureKind !== undefined) return error.failureKind;
  if (GraphNoAnswerError.isInstance(error)) return "notReachable";
  if (GraphAnswerError.isInstance(error)) return isRedirect(error) ? "notReachable" : "unclear";
  return GraphHttpError.isInstance(error) && NO_SUCH_PATH.has(error.status) ? "closed" : "unclear";
}

/** Whether something on the way, such as a login page, leads to another address. */
function isRedirect({ status = 0 }: GraphAnswerError): boolean {
  return status >= 300 && status < 400;
}

function shown(text: string): string {
  return oneLine(text.replaceAll(IDENTIFYING, "…"), MAX_WORDS);
}
