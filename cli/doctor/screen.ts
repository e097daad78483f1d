import { screenWidth, table, wrap } from "../catalogue/screen";
import type { Grant } from "./grants";
import { NOT_SEEN } from "./manners/schema";
import type { Report, RoadReport, SignInReport, WriteReport } from "./report";
import type { RoadState } from "./verdict";

const STATES: Readonly<Record<RoadState, string>> = {
  open: "open",
  closed: "closed",
  noPermission: "no permission",
  noLicense: "no license",
  notReachable: "not reachable",
  unclear: "unclear",
  notAsked: "not asked",
};

const WRITE_STATES: Readonly<Record<WriteReport["state"], string>> = {
  proven: "Proven",
  refused: "Refused",
  failed: "Failed",
  stopped: "Stopped",
  notProbed: "Not probed",
};

const GRANTS: Readonly<Record<Grant, string>> = {
  write: "read and write",
  read: "read",
  nothing: "nothing",
  unknown: "it does not say",
};

/** A report for a screen. */
export function reportText(report: Report, columns: number | undefined): string {
  const width = screenWidth(columns);
  const { signIn, roads } = report;
  const parts = [signInText(report, width)];
  if (signIn.succeeded) {
    parts.push(roadTable(roads), `Next:\n${nextSteps(roads, width)}`);
    if (report.writes !== undefined) parts.push(`Writes:\n${writesText(report.writes, width)}`);
    parts.push(mannersText(report, width));
  }
  return parts.join("\n\n");
}

function signInText({ signIn, graph }: Report, width: number): string {
  if (!signIn.succeeded) {
    const lines = signIn.problem
      .split("\n")
      .map((line) => wrap(line, { width, ...indentOf(line) }));
    return [...lines, "", "No road was asked."].join("\n");
  }
  const rows: [string, readonly (string | undefined)[]][] = [
    ["Sign-in", [credentialText(signIn)]],
    ["App", [signIn.microsoftsApp ?? signIn.clientId]],
    ["Tenant", [tenantText(signIn)]],
    ["Graph", [graph]],
  ];
  const filled = rows.map(
    ([title, values]) => [title, values.filter((value) => value !== undefined)] as const,
  );
  return table(filled, { width, indent: "" });
}

/** Lines of a list go on below their text. */
function indentOf(line: string): { readonly others?: string } {
  return line.startsWith("- ") ? { others: "  " } : {};
}

type Succeeded = Extract<SignInReport, { readonly succeeded: true }>;

function credentialText({ credential, from, caller }: Succeeded): string {
  const source = from === undefined ? "" : ` (${from})`;
  const who = { app: ", an app on its own", user: ", a user", none: "" }[caller ?? "none"];
  return `${credential}${source}${who}`;
}

function tenantText({ tenantId, tenantName }: Succeeded): string {
  if (tenantName === undefined) return tenantId ?? "neither the token nor the settings name it";
  return tenantId === undefined ? tenantName : `${tenantName} (${tenantId})`;
}

function roadTable(roads: readonly RoadReport[]): string {
  const rows = [
    ["Road", "State", "The token allows"],
    ...roads.map(({ title, isRoad, state, grant }) => [
      isRoad ? title : `${title} (optional)`,
      STATES[state],
      GRANTS[grant],
    ]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function writesText(writes: readonly WriteReport[], width: number): string {
  const rows = writes.map(
    ({ title, state, next }) => [title, [`${WRITE_STATES[state]}. ${next}`]] as const,
  );
  return table(rows, { width });
}

function mannersText({ manners }: Report, width: number): string {
  const values = Object.values(manners ?? {}).flatMap((api): unknown[] => Object.values(api));
  const seen = values.filter((value) => value !== NOT_SEEN).length;
  const text = `Of ${values.length} manners in which services differ, ${seen} were seen. --write-profile <file> saves them.`;
  return wrap(text, { width });
}

function nextSteps(roads: readonly RoadReport[], width: number): string {
  // A road that helps needs no next step where it is open.
  const shown = roads.filter(({ isRoad, state }) => isRoad || state !== "open");
  const rows = shown.map(({ title, status, code, requestId, state, next }) => {
    const answer = [status, code].filter((part) => part !== undefined).join(" ");
    const id = requestId === undefined ? "" : ` (request-id ${requestId})`;
    const said = state === "open" || answer === "" ? [] : [`${answer}${id}.`];
    return [title, [[...said, next].join(" ")]] as const;
  });
  return table(rows, { width });
}
