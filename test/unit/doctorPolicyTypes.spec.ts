import { strict as assert } from "node:assert";
import { ExaminedTenant, statesOf as states } from "../doctorRuns";

describe("the doctor on the two types of Cloud Policy's policies", () => {
  let examined: ExaminedTenant;

  beforeEach(() => {
    examined = new ExaminedTenant();
  });

  it("tells that one is closed, and the other open", async () => {
    for (const [served, closed] of [
      ["client", "cloudPolicySecurity"],
      ["security", "cloudPolicy"],
    ] as const) {
      const tenant = new ExaminedTenant({ mode: { configurationTypes: served } });
      const report = await tenant.report();
      const { cloudPolicy, cloudPolicySecurity, tenantReports } = states(report);
      assert.deepEqual([cloudPolicy, cloudPolicySecurity].sort(), ["closed", "open"]);
      assert.deepEqual([report.isOpen, tenantReports], [true, "open"]);
      const found = report.roads.find(({ road }) => road === closed);
      assert.equal(found?.state, "closed");
      assert.match(found.next, /^Graph serves policies of the other type and none of this one\./);
    }
  });

  it("tells that one is refused, and the other open", async () => {
    examined.refuse("cloudPolicySecurity", 403, "Forbidden", "no");
    const report = await examined.report();
    const { cloudPolicy, cloudPolicySecurity } = states(report);
    assert.deepEqual([cloudPolicy, cloudPolicySecurity], ["open", "noPermission"]);
  });

  it("takes both for open if Graph lists all and no type alone, and says so", async () => {
    examined.fault("GET /officeConfiguration/clientConfigurations/microsoft*", { status: 404 });
    const report = await examined.report();
    for (const road of ["cloudPolicy", "cloudPolicySecurity"] as const) {
      const found = report.roads.find((each) => each.road === road);
      assert.equal(found?.state, "open");
      assert.match(found.next, / and none of one type alone: --probe-writes shows whether/);
    }
    assert.equal(report.manners?.cloudPolicy.typeCasts, "refused");
  });

  it("takes both for closed with their list, and says it once", async () => {
    examined.refuse(
      "cloudPolicy",
      400,
      "BadRequest",
      "Resource not found for the segment 'officeConfiguration'.",
    );
    const { state, next } = await examined.road("cloudPolicySecurity");
    assert.deepEqual(
      [state, next],
      ["closed", "As Cloud Policy: the policies of both types are in one list."],
    );
  });
});
