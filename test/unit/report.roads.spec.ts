import { strict as assert } from "node:assert";
import type { Side } from "../../cli/compare/side";
import { sideOfState } from "../../cli/compare/sides/stack";
import { countsOf } from "../../cli/report/counts";
import { reportCsv } from "../../cli/report/csv";
import { reportHtml } from "../../cli/report/html/page";
import type { Report } from "../../cli/report/model";
import { reportOf, type SideReading, type TenantReading } from "../../cli/report/reportOf";
import { NO_GLOSSARY } from "../../provider/settings/glossary";
import { UNKNOWN } from "../../provider/settings/json";
import {
  ALL_USERS,
  cloudTenant,
  intuneTenant,
  sideOf,
  type TestPolicy,
  targetsOf,
} from "../comparedSides";

const ID = "b0b0b0b0-0000-4000-8000-00000000000b";
const NONE: SideReading = { state: "none" };
const REFUSED: SideReading = { state: "failed", reason: "403: grant X" };

const read = (side: Side): SideReading => ({ state: "read", side });
const cloud = (...policies: TestPolicy[]) => read(cloudTenant(...policies));
const intune = (...policies: TestPolicy[]) =>
  read(intuneTenant(...policies.map((policy) => ({ ...ALL_USERS, ...policy }))));

/** A state: policies of both roads say which one is theirs. */
const stack = (...policies: TestPolicy[]) => read(sideOf(policies));

const onIntune = (policy: TestPolicy): TestPolicy => ({
  road: "intune",
  rank: undefined,
  ...ALL_USERS,
  ...policy,
});

function reportOn(tenant: Partial<TenantReading>, baseline?: Side): Report {
  return reportOf({
    title: "project",
    madeAt: new Date(0),
    version: "0.0.0",
    baseline,
    tenants: [{ name: "t", code: NONE, live: NONE, intune: NONE, ...tenant }],
    glossary: NO_GLOSSARY,
  });
}

/** The cells of the one tenant, by the ids of settings. */
function cells({ settings }: Report) {
  return Object.fromEntries(settings.map(({ key, cells: [cell] }) => [key, cell]));
}

/** Outcome, values with their roads, and what two roads mean. */
function said(report: Report, key: string) {
  const cell = cells(report)[key];
  return [
    cell?.outcome,
    cell?.values.map(({ text, road }) => `${text} ${road}`),
    cell?.roads && [cell.roads.outcome, cell.roads.meet, cell.roads.likely],
  ];
}

describe("settings of a report by Cloud Policy and through Intune", () => {
  it("are one row each, with the road of each value, and who is likely to win", () => {
    const made = reportOn({
      live: cloud({ policies: { "app;Both": "1", "app;Same": "1", "app;Cloud": "1" } }),
      intune: intune({ policies: { "app;Both": "2", "app;Same": "1", "app;Intune": "1" } }),
    });
    assert.deepEqual(said(made, "app;Both"), [
      "set",
      ['"1" cloudPolicy', '"2" intune'],
      ["different", "yes", "cloudPolicy"],
    ]);
    assert.deepEqual(cells(made)["app;Both"]?.remarks, [
      "users get both values: Cloud Policy's is likely to win",
    ]);
    assert.deepEqual(said(made, "app;Same"), [
      "set",
      ['"1" cloudPolicy', '"1" intune'],
      ["same", "yes", null],
    ]);
    assert.deepEqual(said(made, "app;Cloud"), ["set", ['"1" cloudPolicy'], null]);
    assert.deepEqual(said(made, "app;Intune"), ["set", ['"1" intune'], null]);
    assert.equal(made.settings.length, 4);
    assert.ok(
      made.notes.some((note) => /Whether it does over Intune.* is not documented/.test(note)),
    );
    assert.ok(!made.notes.some((note) => note.includes("--baseline")), made.notes.join("\n"));
  });

  it("keep the order of Cloud Policy's own policies", () => {
    const made = reportOn({
      live: cloud(
        { policies: { "app;A": "1" }, groups: ["g"] },
        { policies: { "app;A": "2" }, groups: ["g"] },
      ),
      intune: intune({ policies: { "app;A": "3" } }),
    });
    assert.deepEqual(
      cells(made)["app;A"]?.values.map(({ text, fate, groups }) => [text, fate, groups]),
      [
        ['"1"', "wins", ["g"]],
        ['"2"', "overruled", []],
        ['"3"', "wins", ["all users"]],
      ],
    );
  });

  it("may reach nobody in common, and conflict within Intune", () => {
    const made = reportOn({
      live: cloud({ policies: { "app;Apart": "1" }, groups: ["g"] }),
      intune: intune(
        {
          name: "left one",
          policies: { "app;Apart": "2", "app;Clash": "1" },
          audience: targetsOf({ all: "users" }, { excludedGroupId: "g" }),
        },
        { name: "Second", policies: { "app;Clash": "2" } },
      ),
    });
    assert.deepEqual(said(made, "app;Apart")[2], ["apart", null, null]);
    assert.deepEqual(said(made, "app;Clash")[2], ["conflict", null, null]);
    // What a policy is called is no side.
    assert.match(
      cells(made)["app;Clash"]?.remarks.join() ?? "",
      /^"left one" and "Second" disagree/,
    );
  });

  it("are told by the names of the roads, where users may change Cloud Policy's value", () => {
    const made = reportOn({
      live: cloud({ userPreferences: { "app;A": "1" } }),
      intune: intune({ policies: { "app;A": "2" } }),
    });
    const row = made.settings.find(({ payload }) => payload === "policies");
    assert.deepEqual(row?.cells[0]?.remarks, [
      "users get both values: Cloud Policy has it among its userPreferences, and which one wins is not documented",
    ]);
    assert.deepEqual(row?.cells[0]?.roads, { outcome: "different", meet: "yes", likely: null });
  });

  it("are the same setting if Cloud Policy names Windows", () => {
    const made = reportOn({
      live: cloud({ policies: { "app;A@windows10": "1" } }),
      intune: intune({ policies: { "app;A": "2" } }),
    });
    assert.deepEqual(
      made.settings.map(({ key }) => key),
      ["app;A@windows10"],
    );
    assert.deepEqual(said(made, "app;A@windows10")[2], ["different", "yes", "cloudPolicy"]);
  });

  it("are as in the baseline whichever road they take, and not if one road differs", () => {
    const made = reportOn(
      {
        live: cloud({ policies: { "app;Both": "1", "app;One": "1" } }),
        intune: intune({ policies: { "app;Both": "1", "app;One": "2", "app;Only": "1" } }),
      },
      sideOf([{ policies: { "app;Both": "1", "app;One": "1", "app;Only": "1", "app;None": "1" } }]),
    );
    assert.deepEqual(
      ["app;Both", "app;One", "app;Only", "app;None"].map((key) => said(made, key)[0]),
      ["same", "different", "same", "missing"],
    );
    assert.deepEqual(cells(made)["app;One"]?.remarks, [
      "by Cloud Policy as in the baseline, through Intune otherwise than the baseline",
      "users get both values: Cloud Policy's is likely to win",
    ]);
    assert.equal(countsOf(made)[0]?.deviating, 2);
  });

  it("have the value of their own road in a baseline that has both", () => {
    const baseline = sideOf([
      { road: "cloudPolicy", policies: { "app;A": "1", "app;Cloud": "1" } },
      onIntune({ policies: { "app;A": "2", "app;Intune": "1" } }),
    ]);
    const made = reportOn(
      {
        live: cloud({ policies: { "app;A": "1", "app;Intune": "1" } }),
        intune: intune({ policies: { "app;A": "2", "app;Cloud": "2" } }),
      },
      baseline,
    );
    assert.equal(said(made, "app;A")[0], "same");
    assert.equal(said(made, "app;Intune")[0], "same");
    assert.equal(said(made, "app;Cloud")[0], "different");
    assert.deepEqual(
      made.settings.map(({ key, baseline: values }) => [
        key,
        values.map(({ text, road }) => `${text} ${road}`),
      ]),
      [
        ["app;A", ['"1" cloudPolicy', '"2" intune']],
        ["app;Cloud", ['"1" cloudPolicy']],
        ["app;Intune", ['"1" intune']],
      ],
    );
  });
});

describe("policies of Intune in a report", () => {
  it("are listed with their targets if they have settings of Office, or code manages them", () => {
    const { policies } =
      reportOn({
        code: stack(onIntune({ id: "m", policies: {} })),
        live: cloud({ id: "c", policies: { "app;A": "1" } }),
        intune: intune(
          {
            id: "o",
            policies: { "app;A": "1" },
            audience: targetsOf(
              { all: "devices", filter: { include: "F" } },
              { excludedGroupId: "G" },
            ),
            lastModified: "2026-11-21T14:02:00Z",
          },
          { id: "u", policies: {}, unread: { all: 1, unclear: 0 } },
          { id: "m", policies: {} },
          { id: "foreign", policies: {} },
        ),
      }).tenants[0] ?? {};
    assert.deepEqual(
      policies?.map(({ id, road, priority, audience, groups, managedBy }) => [
        id,
        road,
        priority,
        audience,
        groups,
        managedBy,
      ]),
      [
        ["c", "cloudPolicy", 0, "groups", ["g"], []],
        ["o", "intune", null, "targets", ["all devices (filter f)", "not g"], []],
        ["u", "intune", null, "targets", ["all users"], []],
        ["m", "intune", null, "targets", ["all users"], ["t"]],
      ],
    );
    assert.equal(policies?.[1]?.lastModified, "2026-11-21T14:02:00Z");
  });

  it("drift in the settings that the stack names, in their targets, and when they are gone", () => {
    const made = reportOn({
      code: stack(
        onIntune({ id: ID, name: "I", policies: { "app;A": "1", "app;B": "1" } }),
        onIntune({ id: "gone", name: "Gone", policies: { "app;C": "1" } }),
      ),
      live: cloud(),
      intune: intune({
        id: ID.toUpperCase(),
        name: "I",
        policies: { "app;A": "2", "app;Theirs": "1" },
        audience: targetsOf({ groupId: "h" }),
      }),
    });
    assert.deepEqual(
      made.tenants[0]?.drift.map(({ road, policy, what, name, code, live }) => [
        road,
        policy,
        what,
        name,
        code,
        live,
      ]),
      [
        ["intune", "I", "setting", "app;A", '"1"', '"2"'],
        ["intune", "I", "setting", "app;B", '"1"', null],
        ["intune", "I", "groups", "Groups", "all users", "h"],
        ["intune", "Gone", "policy", "The policy itself", "managed", null],
      ],
    );
    assert.equal(cells(made)["app;A"]?.isDrifted, true);
    assert.equal(cells(made)["app;Theirs"]?.isDrifted, false);
  });

  it("have no drift in what may be among values that were not read, and a note says so", () => {
    const made = reportOn({
      code: stack(onIntune({ id: "i", policies: { "app;A": "1" } })),
      live: cloud(),
      intune: intune({ id: "i", policies: {}, unread: { all: 2, unclear: 1 } }),
    });
    assert.deepEqual(made.tenants[0]?.drift, []);
    assert.deepEqual(made.tenants[0]?.notes, [
      "1 value was not looked at for drift: Intune's policy lacks it, or has it among those that were not read",
      "2 values in Intune's policies were not read as a setting: `office-configuration compare` with `intune` says why",
    ]);
  });

  for (const [what, reading] of [
    ["is refused", REFUSED],
    ["is not asked", NONE],
  ] as const) {
    it(`are shown as the stack left them if Intune ${what}, and have not drifted`, () => {
      const made = reportOn({
        code: stack(
          { road: "cloudPolicy", id: "c", policies: { "app;A": "1" } },
          onIntune({ id: "i", policies: { "app;B": "1" } }),
        ),
        live: cloud({ id: "c", policies: { "app;A": "1" } }),
        intune: reading,
      });
      const [tenant] = made.tenants;
      assert.deepEqual(tenant?.drift, []);
      assert.deepEqual(tenant?.intune, reading);
      assert.deepEqual(said(made, "app;B"), ["set", ['"1" intune'], null]);
      assert.deepEqual(tenant?.notes, [
        "Intune was not read: 1 policy that the stack manages there is shown as its last update or refresh left it",
      ]);
      assert.equal(countsOf(made)[0]?.unmanaged, 0);
      const page = reportHtml(made, { script: "", style: "" });
      assert.equal(page.includes("Intune not read"), reading.state === "failed");
      assert.equal(page.includes("403: grant X"), reading.state === "failed");
      assert.ok(page.includes("tenant and stack, without Intune"));
    });
  }

  it("hide what is secret in a state, also where Cloud Policy has it", () => {
    const isSecret = (_: string, key: string) => key === "app;Key";
    const made = reportOn({
      code: stack(
        onIntune({ id: "i", name: "[secret]", policies: { "app;Key": UNKNOWN }, isSecret }),
      ),
      live: cloud({ id: "c", policies: { "app;Key": "planted-cloud" } }),
      intune: intune({ id: "i", name: "planted-name", policies: { "app;Key": "planted-intune" } }),
    });
    assert.ok(!JSON.stringify(made).includes("planted"), JSON.stringify(made));
    assert.ok(!reportHtml(made, { script: "", style: "" }).includes("planted"));
    assert.equal(made.settings[0]?.cells[0]?.values.length, 2);
  });

  it("have their road in CSV, and in the words of the page", () => {
    const made = reportOn({
      code: stack(onIntune({ id: "i", name: "On Intune", policies: { "app;A": "1" } })),
      live: cloud({ id: "c", name: "On Cloud", policies: { "app;A": "1" } }),
      intune: intune(
        { id: "i", name: "On Intune", policies: { "app;A": "2" } },
        { id: "x", name: "Portal", policies: { "app;B": "1" } },
      ),
    });
    const rows = reportCsv(made).split("\r\n");
    assert.match(rows[0] ?? "", /,policy,road,priority,/);
    assert.deepEqual(
      rows
        .slice(1)
        .map((row) => /On Cloud,cloudPolicy|On Intune,intune|Portal,intune/.exec(row)?.[0]),
      ["On Cloud,cloudPolicy", "On Intune,intune", "Portal,intune"],
    );
    const page = reportHtml(made, { script: "", style: "" }).replaceAll(/\s+/g, " ");
    for (const text of [
      '&quot;1&quot; (+1) <i class="w">roads differ</i> <b>drift</b>',
      "&quot;1&quot; <i>Intune</i>",
      "On Intune (Intune)</td>",
      "<strong>&quot;2&quot;</strong>, On Intune (Intune), for all users",
      "<p>users get both values: Cloud Policy&#39;s is likely to win</p>",
      "<dt>Several values</dt><dd><strong>1</strong>",
    ])
      assert.ok(page.includes(text), `${text}\n${page}`);
  });
});

describe("Copilot's settings of a stack", () => {
  it("are left out with one note that counts them", () => {
    const resource = (name: string) => {
      const type = "pulumi-nodejs:dynamic/officeConfiguration:CopilotPolicySetting";
      return { type, urn: `urn:pulumi:s::p::${type}::${name}`, id: name, outputs: {} };
    };
    const resources = [resource("a"), resource("b")];
    const made = reportOn({
      code: read(sideOfState("stack s", JSON.stringify({ deployment: { resources } }))),
    });
    assert.deepEqual(made.tenants[0]?.notes, [
      "2 settings of Copilot that the stack manages are left out: a report is of Office's settings",
    ]);
  });
});
