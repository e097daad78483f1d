/**
 * Probes of writes in a tenant of the emulator, with records in a folder of their own and time that passes by itself.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DoctorSurroundings } from "../cli/doctor/command";
import { ProbeRecords } from "../cli/doctor/probe/records";
import type { Report, WriteReport } from "../cli/doctor/report";
import type { EmulatorMode } from "../emulator";
import { PassingClock } from "./context";
import { ExaminedTenant } from "./doctorRuns";

/** Path of Cloud Policy's policies. */
export const CLOUD_POLICY = "/officeConfiguration/clientConfigurations";

/** Path of Intune's policies. */
export const INTUNE = "/deviceManagement/configurationPolicies";

/** Name of a probe's policy. */
export const PROBE_NAME = /^office-configuration doctor: probe [\da-f]{24}$/;

/** The state of each probe. */
export function probeStates(found: readonly WriteReport[]): string[] {
  return found.map(({ state }) => state);
}

/** Fails if a tenant has a policy. */
export function assertNoPolicies({ tenant }: ExaminedTenant): void {
  assert.deepEqual(tenant.store.list(), []);
  assert.deepEqual(tenant.intune.list(), []);
}

/** Prepares each test of a suite for probes. */
export function probeRuns() {
  let folder = "";
  let clock = new PassingClock();
  let questions: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "doctor-probes-"));
    clock = new PassingClock();
    questions = [];
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const around = (more: Partial<DoctorSurroundings> = {}): Partial<DoctorSurroundings> => ({
    clock,
    ask: (question) => {
      questions.push(question);
      return Promise.resolve(true);
    },
    ...more,
    env: { PULUMI_HOME: folder, ...more.env },
  });

  async function report(
    examined: ExaminedTenant,
    more?: Partial<DoctorSurroundings>,
  ): Promise<Report> {
    const { printed } = await examined.run({ format: "json", probeWrites: true }, around(more));
    return JSON.parse(printed) as Report;
  }

  return {
    /** Pulumi's home. */
    home: () => folder,
    records: () => new ProbeRecords(join(folder, "office-configuration", "probes")),
    questions: () => questions,
    /** Lets time pass. */
    pass: (ms: number) => {
      clock.waitedMs += ms;
    },
    /** A kind tenant without policies. */
    tenant: (mode: Partial<EmulatorMode> = {}) =>
      new ExaminedTenant({ preset: "kind", mode, now: () => clock.now() }),
    around,
    report,
    writes: async (examined: ExaminedTenant, more?: Partial<DoctorSurroundings>) =>
      (await report(examined, more)).writes ?? [],
  };
}
