import { strict as assert } from "node:assert";
import type { Side } from "../../cli/compare/side";
import { countsOf } from "../../cli/report/counts";
import type { Report } from "../../cli/report/model";
import { reportOf, type SideReading, type TenantReading } from "../../cli/report/reportOf";
import type { Glossary } from "../../provider/settings/glossary";
import { UNKNOWN } from "../../provider/settings/json";
import { sideOf, type TestPolicy } from "../comparedSides";

const A = "a0a0a0a0-0000-4000-8000-00000000000a";
const B = "b0b0b0b0-0000-4000-8000-00000000000b";

const glossary: Glossary = (id) =>
  id === "app;Level" ? { name: "Level (App)", labels: { "4": "Off" } } : undefined;

function read(policies: readonly TestPolicy[], side: Partial<Side> = {}): SideReading {
  return { state: "read", side: sideOf(policies, { tenantId: A, ...side }) };
}

const NONE: SideReading = { state: "none" };

function report(
  tenants: readonly Partial<TenantReading>[],
  baseline?: readonly TestPolicy[],
): Report {
  return reportOf({
    title: "project",
    madeAt: new Date(0),
    version: "0.0.0",
    baseline: baseline && sideOf(baseline, { title: "the baseline" }),
    tenants: tenants.map((tenant, index) => ({
      name: `t${index}`,
      code: NONE,
      live: NONE,
      intune: NONE,
      ...tenant,
    })),
    glossary,
  });
}

/** Outcomes by the ids of settings, a tenant each. */
function outcomes({ settings }: Report): Record<string, string[]> {
  return Object.fromEntries(
    settings.map(({ key, cells }) => [key, cells.map(({ outcome }) => outcome)]),
  );
}

const failed: SideReading = { state: "failed", reason: "403" };

describe("the matrix of a report", () => {
  it("says of each tenant what it has beside the baseline, and of one that was not read just that", () => {
    const baseline = [{ policies: { "app;Level": "4", "app;Other": "1" } }];
    const made = report(
      [
        { live: read([{ policies: { "app;Level": "4", "app;Other": "1" } }]) },
        { live: read([{ policies: { "app;Level": "2", "app;More": "1" } }], { tenantId: B }) },
        { live: failed, code: failed },
      ],
      baseline,
    );
    assert.deepEqual(outcomes(made), {
      "app;Level": ["same", "different", "unread"],
      "app;More": ["absent", "extra", "unread"],
      "app;Other": ["same", "missing", "unread"],
    });
    const level = made.settings.find(({ key }) => key === "app;Level");
    assert.equal(level?.name, "Level (App)");
    assert.deepEqual(
      level?.baseline.map(({ text }) => text),
      ["Off (4)"],
    );
    assert.deepEqual(
      countsOf(made).map(({ deviating, extra }) => [deviating, extra]),
      [
        [0, 0],
        [2, 1],
        [0, 0],
      ],
    );
  });

  it("says what is set where there is no baseline", () => {
    const made = report([
      { live: read([{ policies: { "app;Level": "4" } }]) },
      { code: read([{ policies: { "app;Level": UNKNOWN } }], { tenantId: B }) },
      { live: read([], { tenantId: B }) },
    ]);
    assert.deepEqual(outcomes(made), { "app;Level": ["set", "unknown", "absent"] });
  });

  it("compares no groups with those of a baseline that has no tenant", () => {
    const policies = { "app;Level": "4" };
    const made = report(
      [{ live: read([{ policies, groups: ["theirs"] }]) }],
      [{ policies, groups: ["ours"] }],
    );
    assert.deepEqual(outcomes(made), { "app;Level": ["same"] });
  });

  it("takes the tenant's own values where both it and the state were read, else those of the state", () => {
    const code = read([{ id: "p", policies: { "app;Level": "4" } }]);
    const live = read([{ id: "p", policies: { "app;Level": "2" } }]);
    const made = report([
      { code, live },
      { code, live: failed },
    ]);
    assert.deepEqual(
      made.settings[0]?.cells.map(({ values, isDrifted }) => [values[0]?.text, isDrifted]),
      [
        ['"2"', true],
        ["Off (4)", false],
      ],
    );
  });

  it("puts policies in the order in which they win, and says for whom each one does", () => {
    const made = report([
      {
        code: read([
          {
            name: "Second",
            id: "2",
            rank: { scale: "priority", place: 5 },
            policies: { "app;Level": "2" },
            groups: ["g", "h"],
          },
          {
            name: "First",
            id: "1",
            rank: { scale: "priority", place: 1 },
            policies: { "app;Level": "4" },
            groups: ["g"],
          },
        ]),
      },
    ]);
    const { policies } = made.tenants[0] ?? {};
    assert.deepEqual(
      policies?.map(({ name, priority }) => [name, priority]),
      [
        ["First", 1],
        ["Second", 5],
      ],
    );
    assert.deepEqual(
      made.settings[0]?.cells[0]?.values.map(({ policy, place, fate, groups }) => [
        policy,
        place,
        fate,
        groups,
      ]),
      [
        ["First", 0, "wins", ["g"]],
        ["Second", 1, "wins", ["h"]],
      ],
    );
  });
});

describe("drift in a report", () => {
  /** Drift of one policy, as texts. */
  function drift(code: TestPolicy, live: TestPolicy | undefined) {
    const side = read(live === undefined ? [] : [{ id: B.toUpperCase(), name: "P", ...live }]);
    const made = report([{ code: read([{ id: B, name: "P", ...code }]), live: side }]);
    return {
      lines: made.tenants[0]?.drift.map((each) => [each.what, each.name, each.code, each.live]),
      notes: made.tenants[0]?.notes,
      made,
    };
  }

  it("is each setting that the tenant has otherwise, also one that was added or removed", () => {
    const { lines, made } = drift(
      { policies: { "app;Level": "4", "app;Gone": "1", "app;Same": true } },
      {
        policies: { "app;Level": "2", "app;New": "1", "app;Same": "1" },
        lastModified: "2026-11-21T14:02:00Z",
      },
    );
    assert.deepEqual(lines, [
      ["setting", "app;Gone", '"1"', null],
      ["setting", "app;New", null, '"1"'],
      ["setting", "Level (App)", "Off (4)", '"2"'],
    ]);
    assert.equal(made.tenants[0]?.drift[0]?.policyModified, "2026-11-21T14:02:00Z");
    assert.deepEqual(
      made.settings.map(({ key, cells }) => [key, cells[0]?.isDrifted]),
      [
        ["app;New", true],
        ["app;Same", false],
        ["app;Level", true],
      ],
    );
  });

  it("is a policy that is gone, other groups, and another priority", () => {
    assert.deepEqual(drift({ policies: { "app;Level": "4" } }, undefined).lines, [
      ["policy", "The policy itself", "managed", null],
    ]);
    const other = { rank: { scale: "priority", place: 7 } } as const;
    assert.deepEqual(drift({ groups: ["g"] }, { groups: ["h", "i"], ...other }).lines, [
      ["groups", "Groups", "g", "h, i"],
      ["priority", "Priority", "0", "7"],
    ]);
    assert.deepEqual(drift({ groups: ["G", "h"] }, { groups: ["H", "g"] }).lines, []);
    assert.deepEqual(drift({ groups: [] }, { audience: { kind: "others" } }).lines, [
      ["groups", "Groups", "no group", "others than groups too"],
    ]);
  });

  it("is nothing that the program does not give, and nothing beside a patch", () => {
    const live = {
      policies: { "app;Level": "2" },
      groups: ["g"],
      rank: { scale: "priority", place: 3 },
    } as const;
    assert.deepEqual(drift({ audience: { kind: "unsaid" }, rank: undefined }, live).lines, []);
    const patch = { isPatch: true, audience: { kind: "unsaid" }, rank: undefined } as const;
    assert.deepEqual(
      drift(
        { ...patch, policies: { "app;Other": "1" } },
        { policies: { "app;Other": "1", "app;Level": "2" } },
      ).lines,
      [],
    );
    assert.deepEqual(drift({ ...patch, policies: { "app;Level": "4" } }, live).lines, [
      ["setting", "Level (App)", "Off (4)", '"2"'],
    ]);
  });

  it("is not looked for in values that the state encrypts, and a note says so", () => {
    const { lines, notes } = drift(
      { policies: { "app;Level": UNKNOWN } },
      { policies: { "app;Level": "2" } },
    );
    assert.deepEqual(lines, []);
    assert.deepEqual(notes, [
      "1 value was not looked at for drift: the state keeps secrets encrypted",
    ]);
  });
});

describe("policies that nobody manages", () => {
  it("are those of no stack of the report, not even of another one in the same tenant", () => {
    const live = read([
      { id: "one", name: "One" },
      { id: "two", name: "Two" },
      { id: "three", name: "Three" },
    ]);
    const made = report([
      { code: read([{ id: "one" }]), live },
      { code: read([{ id: "two" }]), live },
      { live },
    ]);
    const managers = (tenant: number) =>
      made.tenants[tenant]?.policies.map(({ managedBy }) => managedBy);
    assert.deepEqual(managers(0), [["t0"], ["t1"], []]);
    assert.deepEqual(managers(2), [null, null, null]);
    assert.deepEqual(
      countsOf(made).map(({ unmanaged }) => unmanaged),
      [1, 1, null],
    );
  });

  it("are not those of a stack of another tenant that has the same ids", () => {
    const made = report([
      { code: read([]), live: read([{ id: "one" }]) },
      { code: read([{ id: "one" }], { tenantId: B }) },
    ]);
    assert.deepEqual(made.tenants[0]?.policies[0]?.managedBy, []);
  });
});

describe("secrets of a report", () => {
  const PLANTED = "planted-secret";

  it("are shown nowhere if they are secret in one place", () => {
    const isSecret = (_: string, key: string) => key === "app;Key" || key === "";
    const code = read([
      {
        id: "p",
        name: "[secret]",
        policies: { "app;Key": UNKNOWN },
        isSecret,
        audience: { kind: "unknown" },
      },
    ]);
    const live = read([
      {
        id: "p",
        name: `${PLANTED} name`,
        policies: { "app;Key": PLANTED },
        groups: [`${PLANTED} group`],
      },
    ]);
    const other = read([{ id: "q", name: "Open", policies: { "app;Key": PLANTED } }], {
      tenantId: B,
    });
    const made = report([{ code, live }, { live: other }], [{ policies: { "app;Key": PLANTED } }]);
    assert.ok(!JSON.stringify(made).includes(PLANTED), JSON.stringify(made));
    const [setting] = made.settings;
    assert.equal(setting?.isSecret, true);
    assert.deepEqual(
      [setting?.baseline, ...(setting?.cells ?? []).map(({ values }) => values)].map(
        (values) => values?.[0]?.text,
      ),
      ["[secret]", "[secret]", "[secret]"],
    );
  });

  it("of drift are masked, too", () => {
    const isSecret = (_: string, key: string) => key === "app;Key";
    const code = read([{ id: "p", policies: { "app;Key": "before", "app;Open": "1" }, isSecret }]);
    const live = read([{ id: "p", policies: { "app;Key": PLANTED, "app;Open": "2" } }]);
    const made = report([{ code, live }]);
    assert.deepEqual(
      made.tenants[0]?.drift.map((each) => [each.key, each.code, each.live]),
      [
        ["app;Key", "[secret]", "[secret]"],
        ["app;Open", '"1"', '"2"'],
      ],
    );
    assert.ok(!JSON.stringify(made).includes(PLANTED));
  });
});

describe("policies of Intune in a report", () => {
  it("are a baseline as good as others", () => {
    const policies = { "app;Level": "4" };
    const made = reportOf({
      title: "project",
      madeAt: new Date(0),
      version: "0.0.0",
      baseline: sideOf([{ road: "intune", policies }], { road: "intune", tenantId: A }),
      tenants: [
        {
          name: "t",
          code: NONE,
          live: read([{ road: "cloudPolicy", policies }], { road: "cloudPolicy" }),
          intune: NONE,
        },
      ],
      glossary,
    });
    assert.deepEqual(outcomes(made), { "app;Level": ["same"] });
  });
});
