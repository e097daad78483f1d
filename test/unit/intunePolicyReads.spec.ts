import assert from "node:assert/strict";
import { listConfigurationPolicies, putPolicy } from "../../provider/api/configurationPolicies";
import { ConfigurationPolicyReader } from "../../provider/api/configurationPolicyReader";
import { readTarget, targetJson } from "../../provider/api/policyTargets";
import type { GraphRequest } from "../../provider/graph";
import { intuneOfficePolicyProblems } from "../../provider/settings/inputs/intuneOfficePolicy";
import { UNKNOWN } from "../../provider/settings/json";
import { type PolicyTarget, targetText } from "../../provider/settings/policyTargets";
import { SharedList } from "../../provider/update/reads/sharedList";
import { fakeGraph, refused } from "../fakeGraph";

const ID = "33333333-3333-4333-8333-333333333333";
const [GROUP, FILTER] = ["1", "2"].map((digit) => `11111111-1111-4111-8111-11111111111${digit}`);
const setting = (id: string, value = 1) => ({
  id: "0",
  settingInstance: { settingDefinitionId: id, simpleSettingValue: { value } },
});

/** Answers of a policy whose settings differ from read to read. */
function policyWith(reads: readonly (readonly object[])[], settingCount?: number | null) {
  let read = 0;
  return fakeGraph(({ path }: GraphRequest) => {
    if (path.includes("/settings")) {
      const value = reads[Math.min(read, reads.length - 1)];
      read += 1;
      return { value };
    }
    if (path.endsWith("/assignments")) return { value: [] };
    return { id: ID, name: "Macros", settingCount };
  });
}

const whole = async ({ graph }: ReturnType<typeof fakeGraph>) =>
  (await new ConfigurationPolicyReader(graph, "Macros").whole(ID, true))?.instances.map(
    (each) => (each as { settingDefinitionId: string }).settingDefinitionId,
  );

describe("a policy of Intune's with all its settings", () => {
  it("is read once if it has as many settings as it says", async () => {
    const graph = policyWith([[setting("a"), setting("b")]], 2);
    assert.deepEqual(await whole(graph), ["a", "b"]);
    assert.equal(graph.sent.length, 3);
    assert.match(graph.sent[1]?.path ?? "", /settings\?\$top=1000$/);
  });

  it("is read again where a setting is missing or stands twice, as places of settings move", async () => {
    const full = [setting("a"), setting("b")];
    assert.deepEqual(await whole(policyWith([[setting("a")], full], 2)), ["a", "b"]);
    assert.deepEqual(await whole(policyWith([[setting("a"), setting("A")], full], 2)), ["a", "b"]);
    assert.deepEqual(await whole(policyWith([full, full], null)), ["a", "b"]);
  });

  it("is taken as two reads agree on it, if the count means something else", async () => {
    const graph = policyWith([[setting("a"), setting("b")]], 7);
    assert.deepEqual(await whole(graph), ["a", "b"]);
    assert.equal(graph.sent.length, 6);
  });

  it("is refused if it never holds still", async () => {
    const moving = Array.from({ length: 9 }, (_, place) => [setting("a", place)]);
    await assert.rejects(
      whole(policyWith(moving, 2)),
      /kept changing while its settings were read/,
    );
  });

  it("is read again before a write if somebody has changed it while its pages were read", async () => {
    const versions = ["1", "2", "2", "2"];
    const [one, two] = [[setting("a", 1)], [setting("a", 2)]];
    let read = 0;
    const { graph } = fakeGraph(({ path }: GraphRequest) => {
      if (path.includes("/settings")) return { value: read++ === 0 ? one : two };
      return { id: ID, name: "Macros", settingCount: 1, lastModifiedDateTime: versions.shift() };
    });
    const found = await new ConfigurationPolicyReader(graph, "Macros").wholeNow(ID);
    assert.deepEqual(found?.instances, [two[0]?.settingInstance]);
    assert.equal(read, 2);
  });

  it("is refused before a write if it changes in each look, and none if it is gone by then", async () => {
    let version = 0;
    const { graph } = fakeGraph(({ path }: GraphRequest) => {
      if (path.includes("/settings")) return { value: [setting("a")] };
      version += 1;
      return { id: ID, settingCount: 1, lastModifiedDateTime: String(version) };
    });
    const changing = new ConfigurationPolicyReader(graph, "Macros").wholeNow(ID);
    await assert.rejects(changing, /kept changing while its settings were read. Nothing was/);
    assert.equal(version, 10);
    let looks = 0;
    const ending = fakeGraph((request: GraphRequest) => {
      if (request.path.includes("/settings")) return { value: [] };
      looks += 1;
      if (looks > 1) throw refused(request, 404);
      return { id: ID, settingCount: 0 };
    });
    assert.equal(
      await new ConfigurationPolicyReader(ending.graph, "Macros").wholeNow(ID),
      undefined,
    );
  });

  it("is undefined if it is gone, and an error if a setting cannot be kept", async () => {
    const gone = fakeGraph((request) => {
      throw refused(request, 404);
    });
    assert.equal(await whole(gone), undefined);
    await assert.rejects(
      whole(policyWith([[{ id: "0" }]], 1)),
      /holds a setting without an instance/,
    );
    const none = fakeGraph(({ path }) => (path.endsWith(ID) ? { name: "no id" } : { value: [] }));
    await assert.rejects(whole(none), /is no policy/);
  });

  it("is written as JSON", async () => {
    const { graph, sent } = fakeGraph(() => undefined);
    const body = {
      name: "A",
      description: "",
      platforms: "windows10",
      technologies: "mdm",
      settings: [],
    };
    await putPolicy(graph, ID, body, {});
    const [put] = sent;
    assert.deepEqual([put?.method, put?.contentType], ["PUT", "application/json"]);
    assert.deepEqual(JSON.parse(Buffer.from(put?.bytes ?? []).toString()), body);
  });
});

describe("the list of Intune's policies", () => {
  it("passes over what is no policy, and is read once until it fails", async () => {
    let fails = true;
    const { graph, sent } = fakeGraph((request) => {
      if (fails) throw refused(request, 500);
      return { value: [{ id: ID, name: null }, { name: "no id" }, 1] };
    });
    const list = new SharedList<{ id: string }>();
    const ids = async () =>
      (await list.all(() => listConfigurationPolicies(graph, {}))).map(({ id }) => id);
    await assert.rejects(ids());
    fails = false;
    assert.deepEqual([await ids(), await ids()], [[ID], [ID]]);
    assert.equal(sent.length, 2);
  });
});

const TARGETS: readonly [target: PolicyTarget, text: string][] = [
  [{ groupId: String(GROUP) }, String(GROUP)],
  [{ groupId: "AB", filter: { exclude: String(FILTER) } }, `ab (without filter ${FILTER})`],
  [{ excludedGroupId: String(GROUP) }, `not ${GROUP}`],
  [{ all: "users" }, "all users"],
  [{ all: "devices", filter: { include: String(FILTER) } }, `all devices (filter ${FILTER})`],
];

describe("a target of an assignment", () => {
  for (const [target, text] of TARGETS) {
    it(`is ${text}, in Graph's JSON and back`, () => {
      assert.equal(targetText(target), text);
      const json = targetJson(target);
      assert.deepEqual(readTarget(json), target);
      const served = { ...json, deviceAndAppManagementAssignmentFilterId: null };
      const plain = { ...served, deviceAndAppManagementAssignmentFilterType: "none" };
      if (!("filter" in target)) assert.deepEqual(readTarget(plain), target);
      const type = json["@odata.type"].replace("#", "");
      assert.deepEqual(readTarget({ ...json, "@odata.type": type }), target);
    });
  }

  it("is none that a program can write if it is of another type, or has a filter of another one", () => {
    const [type, id] = ["groupAssignmentTarget", "AssignmentFilterId"];
    const group = { "@odata.type": `#microsoft.graph.${type}`, groupId: GROUP };
    for (const json of [
      { "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget" },
      { "@odata.type": group["@odata.type"] },
      { ...group, deviceAndAppManagementAssignmentFilterType: "include" },
      {
        ...group,
        [`deviceAndAppManagement${id}`]: FILTER,
        deviceAndAppManagementAssignmentFilterType: "other",
      },
    ]) {
      assert.equal(readTarget(json), undefined);
    }
  });
});

describe("the inputs of an IntuneOfficePolicy", () => {
  const problems = (inputs: object) =>
    intuneOfficePolicyProblems({ name: "A", policies: {}, ...inputs }).map(
      ({ path, reason }) => `${path.join(".")} ${reason}`,
    );

  it("are refused one by one, with the names that there are", () => {
    assert.deepEqual(problems({}), []);
    assert.match(problems({ name: " " })[0] ?? "", /^name must be a text of 1 to 256/);
    assert.match(problems({ priority: 1 })[0] ?? "", /^priority is no known name/);
    assert.match(problems({ policies: undefined })[0] ?? "", /^policies is required/);
    assert.match(problems({ policies: { $json: 1 } })[0] ?? "", /must be settings/);
    assert.match(problems({ policies: { "a;b": { value: "1", platform: "x" } } })[0] ?? "", /./);
    assert.match(problems({ policies: { "a;b": { value: [1] } } })[0] ?? "", /must be a text/);
    assert.match(
      problems({ assignments: [{ groupId: "a" }] })[0] ?? "",
      /^assignments.0.groupId must be an id/,
    );
    assert.match(problems({ assignments: [{ all: "people" }] })[0] ?? "", /^assignments.0 must be/);
    assert.match(problems({ adopt: { displayName: "A" } })[0] ?? "", /^adopt/);
    assert.match(problems({ roleScopeTagIds: [] })[0] ?? "", /at least one scope tag/);
  });

  it("name each target once, whatever its filter", () => {
    const twice = [{ groupId: GROUP }, { excludedGroupId: GROUP?.toUpperCase() }];
    assert.match(problems({ assignments: twice })[0] ?? "", /^assignments.1 names the same as/);
    const all = [{ all: "users" }, { all: "users", filter: { include: FILTER } }];
    assert.equal(problems({ assignments: all }).length, 1);
    assert.deepEqual(problems({ assignments: [{ all: "users" }, { all: "devices" }] }), []);
  });

  it("may be known later", () => {
    const later = {
      name: UNKNOWN,
      policies: { "a;b": UNKNOWN },
      assignments: [{ groupId: UNKNOWN }, { groupId: UNKNOWN }, UNKNOWN],
      adopt: { id: UNKNOWN },
    };
    assert.deepEqual(problems(later), []);
    assert.deepEqual(problems({ assignments: UNKNOWN, policies: UNKNOWN }), []);
  });
});
