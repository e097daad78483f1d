/**
 * Tenants whose manners a doctor can see: policies of others, some with payloads and many groups.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { profileOf, type TenantProfile } from "../cli/doctor/profile";
import type { EmulatorMode } from "../emulator";
import { ExaminedTenant } from "./doctorRuns";

const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration" as const;
const CLIENT = "#microsoft.graph.windowsOfficeClientConfiguration" as const;
/** Groups of one of the policies. */
export const GROUPS = Array.from(
  { length: 25 },
  (_, number) => `c0c0c0c0-0000-4000-8000-0000000000${10 + number}`,
);
/** Settings of the same policy. */
export const SETTINGS = [{ settingId: "excel16;L_Contoso", value: "contoso-value" }];

/** A tenant with policies of others. */
export function filled(
  mode: Partial<EmulatorMode>,
  preset: "kind" | "unkind" = "kind",
): ExaminedTenant {
  const examined = new ExaminedTenant({ mode, preset });
  const { store } = examined.tenant;
  for (const [index, type] of [CLIENT, SECURITY, CLIENT, CLIENT, CLIENT, CLIENT].entries()) {
    store.insert({
      type,
      displayName: `Contoso policy ${index}`,
      description: "Contoso description",
      ...(index === 1 && { policyPayload: JSON.stringify(SETTINGS), groupIds: GROUPS }),
    });
  }
  return examined;
}

/** The profile that the doctor makes of a tenant. */
export async function profile(examined: ExaminedTenant): Promise<TenantProfile> {
  const made = profileOf(await examined.report(), "another");
  assert.ok(made);
  return made;
}
