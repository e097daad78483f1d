/**
 * Runs of the doctor in a tenant of the emulator, without sockets and processes.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { join } from "node:path";
import { type DoctorSurroundings, runDoctor } from "../cli/doctor/command";
import type { Report, RoadReport } from "../cli/doctor/report";
import type { RoadId } from "../cli/doctor/roads";
import type { Fault } from "../emulator";
import { EmulatedTenant, type EmulatedTenantParts } from "./emulatedTransport";

/** A GET of each road, as a fault matches it. */
export const GETS: Readonly<Record<RoadId, string>> = {
  cloudPolicy: "GET /officeConfiguration/clientConfigurations",
  cloudPolicySecurity:
    "GET /officeConfiguration/clientConfigurations/microsoft.graph.windowsOfficeClientSecurityConfiguration",
  tenantReports: "GET /officeConfiguration",
  intune: "GET /deviceManagement/configurationPolicies",
  copilot: "GET /copilot/*",
  groups: "GET /groups?*",
  auditLog: "GET /v1.0/security/auditLog/queries",
};

/** The state of each road in a report. */
export function statesOf({ roads }: Pick<Report, "roads">): Record<string, string> {
  return Object.fromEntries(roads.map(({ road, state }) => [road, state]));
}

/** Outcome of a run. */
export interface DoctorOutcome {
  readonly code: number;
  readonly printed: string;
  readonly said: readonly string[];
}

/** A tenant that a doctor examines. */
export class ExaminedTenant {
  readonly tenant: EmulatedTenant;

  constructor({ mode, ...parts }: Partial<EmulatedTenantParts> = {}) {
    this.tenant = new EmulatedTenant({
      now: Date.now,
      ...parts,
      mode: { groupReads: "allowed", ...mode },
    });
  }

  /** Gives requests a fault, for ever. */
  fault(match: string, fault: Omit<Fault, "match">): void {
    this.tenant.faults.add({ match, times: 1_000, ...fault });
  }

  /** Answers a road's GET with a JSON value. */
  answer(road: RoadId, body: unknown, status = 200): void {
    this.fault(GETS[road], { status, body: JSON.stringify(body) });
  }

  /** Refuses a road's GET as Graph does. */
  refuse(road: RoadId, status: number, code: string, message: string): void {
    this.fault(GETS[road], { status, code, message });
  }

  /** Opens the road that the emulator serves to users only. */
  openAll(): void {
    this.answer("copilot", { id: "microsoft.copilot.allowwebsearch", value: null, policyId: null });
  }

  /** Runs the doctor with a token of the tenant. */
  async run(
    options: object = {},
    { env = {}, ...around }: Partial<DoctorSurroundings> = {},
  ): Promise<DoctorOutcome> {
    const printed: string[] = [];
    const said: string[] = [];
    const token = env.OFFICE_CONFIGURATION_ACCESS_TOKEN ?? this.tenant.token();
    const code = await runDoctor(
      { endpoint: this.tenant.url, ...options },
      {
        env: {
          OFFICE_CONFIGURATION_ACCESS_TOKEN: token,
          OFFICE_CONFIGURATION_MAX_RETRIES: "0",
          // No records of the machine that runs the tests.
          PULUMI_HOME: join(__dirname, "no such folder"),
          ...env,
        },
        print: (text) => void printed.push(text),
        say: (line) => void said.push(line),
        columns: 80,
        transport: this.tenant,
        ...around,
      },
    );
    const outcome = { code, printed: printed.join("\n"), said };
    if (token !== "") assert.ok(![outcome.printed, ...said].join("\n").includes(token));
    return outcome;
  }

  /** Runs the doctor, and gives its report. */
  async report(options?: object, around?: Partial<DoctorSurroundings>): Promise<Report> {
    const { printed, code } = await this.run({ format: "json", ...options }, around);
    const report = JSON.parse(printed) as Report;
    assert.equal(code, report.isOpen ? 0 : 1);
    return report;
  }

  /** Runs the doctor, and gives its report on a road. */
  async road(id: RoadId, around?: Partial<DoctorSurroundings>): Promise<RoadReport> {
    const { roads } = await this.report({}, around);
    const found = roads.find(({ road }) => road === id);
    assert.ok(found);
    return found;
  }
}
