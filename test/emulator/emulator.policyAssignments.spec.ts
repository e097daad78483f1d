import { strict as assert } from "node:assert";
import type { EmulatorOptions } from "../../emulator";
import type { Json } from "./ask";
import { GROUP, group, itemsOf, LIST, PolicyTenant, TYPE } from "./policies";

describe("the assignments of the emulator's configuration policies", () => {
  let tenant: PolicyTenant;

  afterEach(() => tenant.emulator.close());

  const start = async (options: EmulatorOptions = {}) => {
    tenant = await PolicyTenant.start(options);
    return tenant;
  };
  const kind = (options: EmulatorOptions = {}) => start({ preset: "kind", ...options });

  const ALL_USERS = { "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" };
  const ALL_DEVICES = { "@odata.type": "microsoft.graph.allDevicesAssignmentTarget" };
  const OTHER = "2f2e3d4c-5b6a-4788-9990-0a1b2c3d4e5f";
  const EXCLUDED = {
    "@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget",
    groupId: OTHER,
  };
  const assign = (path: string, ...targets: object[]) =>
    tenant.ask("POST", `${path}/assign`, { assignments: targets.map((target) => ({ target })) });

  it("are replaced by `assign`, and cleared by an empty list", async () => {
    await kind();
    const path = await tenant.make();
    const id = path.replace(`${LIST}/`, "");
    const { status, json } = await assign(path, group(GROUP), EXCLUDED, ALL_USERS, ALL_DEVICES);
    assert.equal(status, 200);
    const found = json.value as Json[];
    assert.deepEqual(
      found.map((each) => each.id),
      [
        `${id}_${GROUP}`,
        `${id}_${OTHER}`,
        `${id}_acacacac-9df4-4c7d-9d50-4ef0226f57a9`,
        `${id}_adadadad-808e-44e2-905a-0b7873a8a531`,
      ],
    );
    assert.deepEqual(found[0], {
      "@odata.type": `${TYPE}PolicyAssignment`,
      id: `${id}_${GROUP}`,
      source: "direct",
      sourceId: id,
      target: {
        "@odata.type": "#microsoft.graph.groupAssignmentTarget",
        groupId: GROUP,
        deviceAndAppManagementAssignmentFilterId: null,
        deviceAndAppManagementAssignmentFilterType: "none",
      },
    });
    assert.deepEqual(itemsOf(await tenant.ask("GET", `${path}/assignments`)), found);
    const expanded = await tenant.ask("GET", `${path}?$expand=assignments`);
    assert.deepEqual(expanded.json.assignments, found);
    assert.equal(expanded.json.isAssigned, true);

    assert.equal((await assign(path, group(OTHER))).status, 200);
    assert.equal(itemsOf(await tenant.ask("GET", `${path}/assignments`)).length, 1);
    assert.deepEqual(itemsOf(await assign(path)), []);
    assert.equal((await tenant.ask("GET", path)).json.isAssigned, false);
  });

  it("keep a filter, except for an excluded group", async () => {
    const filter = {
      deviceAndAppManagementAssignmentFilterId: OTHER,
      deviceAndAppManagementAssignmentFilterType: "include",
    };
    await kind();
    const path = await tenant.make();
    const [kept] = itemsOf(await assign(path, group(GROUP, filter)));
    assert.deepEqual(kept?.target, group(GROUP, filter));
    assert.equal((await assign(path, { ...EXCLUDED, ...filter })).status, 400);
    const half = { deviceAndAppManagementAssignmentFilterType: "include" };
    assert.equal((await assign(path, group(GROUP, half))).status, 400);
  });

  for (const [what, targets] of [
    ["of a type that the service does not offer", [{ "@odata.type": "#microsoft.graph.x" }]],
    ["without a group", [{ "@odata.type": "#microsoft.graph.groupAssignmentTarget" }]],
    ["of one group twice", [group(GROUP), group(GROUP)]],
  ] as const) {
    it(`are refused ${what}, and stay as they were`, async () => {
      await kind();
      const path = await tenant.make();
      await assign(path, ALL_USERS);
      assert.equal((await assign(path, ...targets)).status, 400);
      assert.equal(itemsOf(await tenant.ask("GET", `${path}/assignments`)).length, 1);
    });
  }
});
