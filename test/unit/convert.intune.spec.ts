import assert from "node:assert/strict";
import fc from "fast-check";
import { onIntune } from "../../cli/convert/intune/onIntune";
import { policyOfEach, policyOfEachApp } from "../../cli/convert/policies";
import { convertedProgram } from "../../cli/convert/program";
import type { Resolution } from "../../cli/convert/resolution";
import { resolveSources } from "../../cli/convert/resolve";
import { forRoad } from "../../cli/convert/road";
import { summaryOf } from "../../cli/convert/summary";
import { assigned } from "../../cli/sources/intune/assignments";
import type { Source, SourceEntry } from "../../cli/sources/source";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { IntuneSettings } from "../../provider/intune/intuneSettings";
import { writeSettings } from "../../provider/intune/writing";
import { choice, definition, simple, texts } from "../intuneInstances";
import { CALC_KEY, DEFINED_CATALOGUE, deletion, dword, sourceOf, sz } from "../registryCatalogue";

const settings = new IntuneSettings(new KnownSettings(DEFINED_CATALOGUE));

const PLACE = `${CALC_KEY}\\places\\place1`;
const level = (value: number) => dword(CALC_KEY, "level", value);
const path = (value: string) => sz(PLACE, "path", value);
const below = dword(PLACE, "below", 1);

const sales = (...entries: SourceEntry[]) => sourceOf(entries, { name: "Sales" });
const all = (...entries: SourceEntry[]) => sourceOf(entries, { name: "All" });

function converted(sources: readonly Source[], isMerged = false): Resolution {
  const own = sources.map((source) => forRoad(source, "intune"));
  return onIntune(resolveSources(own, DEFINED_CATALOGUE), settings, { isMerged });
}

/** Settings of each source, as `id=value`. */
const kept = ({ policies }: Resolution) =>
  Object.fromEntries(
    policies.map((policy) => [
      policy.source.name,
      policy.settings.map(({ settingId, value }) => `${settingId}=${value}`),
    ]),
  );

const left = ({ left: lines }: Resolution) =>
  lines.map(({ source, kind, reason }) => `${source}: ${kind}: ${reason}`);

describe("sources on their way to Intune", () => {
  it("keep what Intune can have, and leave preferences, what it does not define and lists", () => {
    const source = sales(
      level(4),
      dword("Software\\Microsoft\\Office\\16.0\\Calc", "blockmacros", 1),
      dword(`${CALC_KEY}\\save`, "minutes", 10),
      sz(`${CALC_KEY}\\addins`, "1", "a"),
      { ...dword(CALC_KEY, "blockmacros", 0), hive: "machine" },
    );
    const resolution = converted([source]);
    assert.deepEqual(kept(resolution), { Sales: ["calc16;L_Macros;L_Level=4"] });
    assert.deepEqual(left(resolution), [
      'Sales: list: "Add-ins > List of add-ins (Calc)" is a list, whose value in a program is not known',
      'Sales: machine: it is set for the computer, and a program has user settings only; for users it is calc16;L_Block "Block macros (Calc)"',
      "Sales: preference: users may change it, and Intune has no preferences",
      'Sales: noDefinition: Intune has no definition of "Minutes (Calc)"',
    ]);
    assert.deepEqual(resolution.left.at(-1)?.candidates, ["calc16;L_Minutes"]);
  });

  it("never disagree: the first source wins, and the values of others are left", () => {
    const resolution = converted([
      sales(level(4)),
      all(level(1), dword(CALC_KEY, "blockmacros", 1)),
    ]);
    assert.deepEqual(kept(resolution), {
      Sales: ["calc16;L_Macros;L_Level=4"],
      All: ["calc16;L_Block=1"],
    });
    assert.deepEqual(left(resolution), ['All: replaced: the source "Sales" sets it too, and wins']);
    assert.deepEqual(
      resolution.conflicts.map(({ settingId }) => settingId),
      ["calc16;L_Macros;L_Level"],
    );
    const screen = { width: 80, report: undefined, road: "intune" as const };
    const text = summaryOf(resolution, settings.known, screen);
    assert.match(
      text.replaceAll(/\s+/g, " "),
      /1 setting with different values in several sources\. Intune has no precedence between policies, so only the value of the first source is written, and users whom another one reaches alone get none, in the order/,
    );
  });

  it("may agree: the same value stands in both policies", () => {
    const resolution = converted([sales(level(4)), all(level(4))]);
    assert.equal(resolution.converted.length, 2);
    assert.deepEqual(resolution.left, []);
  });

  it("are no conflict by a preference, which no policy has", () => {
    const other = dword("Software\\Microsoft\\Office\\16.0\\Calc", "level", 1);
    const resolution = converted([sales(other), all(level(4))]);
    assert.deepEqual(resolution.conflicts, []);
    assert.deepEqual(kept(resolution), { Sales: [], All: ["calc16;L_Macros;L_Level=4"] });
  });

  it("set a policy of the templates whole, in one way, or the first source does", () => {
    const resolution = converted([sales(path("C:\\")), all(path("C:\\"), below)]);
    assert.deepEqual(kept(resolution), { Sales: ["calc16;L_Place;L_Path=C:\\"], All: [] });
    const why =
      'the source "Sales" sets other elements of "Trusted place 1 (Calc)", and wins: Intune takes a policy whole';
    assert.deepEqual(left(resolution), [`All: replaced: ${why}`, `All: replaced: ${why}`]);
  });

  it("lose a policy that lost an element to another source, rather than write a half of it", () => {
    const resolution = converted([sales(path("C:\\")), all(path("D:\\"), below)]);
    assert.deepEqual(kept(resolution).All, []);
    assert.deepEqual(left(resolution), [
      'All: replaced: the source "Sales" sets it too, and wins',
      'All: incomplete: "Trusted place 1 (Calc)" needs calc16;L_Place;L_Path "Trusted place 1 > Path (Calc)" in Intune',
    ]);
  });

  it("complete each other where they become one policy", () => {
    const resolution = converted([sales(path("C:\\")), all(path("D:\\"), below)], true);
    assert.deepEqual(kept(resolution), {
      Sales: ["calc16;L_Place;L_Path=C:\\"],
      All: ["calc16;L_Place;L_Below=1"],
    });
    assert.deepEqual(left(resolution), ['All: replaced: the source "Sales" sets it too, and wins']);
  });

  it("count a box that is not ticked as part of its policy, if that is written", () => {
    const unticked = deletion("delete", PLACE, "below");
    const part = 'Sales: part: "Trusted place 1 (Calc)" is written with this box not ticked';
    assert.deepEqual(left(converted([sales(path("C:\\"), unticked)])), [part]);
    assert.match(left(converted([sales(unticked)]))[0] ?? "", /^Sales: deletion: /);
    assert.match(left(converted([sales(unticked), all(path("C:\\"))]))[0] ?? "", /: deletion: /);
    assert.deepEqual(left(converted([sales(unticked), all(path("C:\\"))], true)), [part]);
  });

  it("leave a number that is too large", () => {
    const id = "calc16;L_Count";
    const count = { scope: "user", app: "Calc", name: "Count", kind: "decimal" } as const;
    const known = {
      ...DEFINED_CATALOGUE,
      settings: { [id]: { ...count, intune: { id: definition("calc16v2", "l_count") } } },
    };
    const entry = { form: "setting" as const, settingId: id, value: "4294967295" };
    const resolution = onIntune(
      resolveSources([sales(entry)], known),
      new IntuneSettings(new KnownSettings(known)),
      { isMerged: false },
    );
    assert.deepEqual(left(resolution), [
      'Sales: value: "Count (Calc)": Intune\'s numbers end at 2147483647, before "4294967295"',
    ]);
  });

  const instance = fc.constantFrom<SourceEntry>(
    level(1),
    level(4),
    path("C:\\"),
    path("D:\\"),
    below,
    deletion("delete", PLACE, "below"),
    dword(CALC_KEY, "blockmacros", 0),
    dword(CALC_KEY, "blockmacros", 1),
    dword(`${CALC_KEY}\\save`, "minutes", 10),
    dword("Software\\Microsoft\\Office\\16.0\\Calc", "level", 1),
    { form: "definition", instance: choice(definition("calc16v2", "l_block"), "1") },
    {
      form: "definition",
      instance: choice(definition("calc16v2", "l_place"), "1", [
        simple(definition("calc16v2", "l_place_l_path"), "E:\\"),
        choice(definition("calc16v2", "l_place_l_below"), "0"),
      ]),
    },
    {
      form: "definition",
      instance: choice(definition("calc16v2", "l_addins"), "1", [
        texts(definition("calc16v2", "l_addins_l_list"), ["a"]),
      ]),
    },
  );
  const sources = fc.array(fc.array(instance, { maxLength: 6 }), { minLength: 1, maxLength: 4 });

  it("have each value on one line, and become policies that Intune takes and that never disagree", () => {
    fc.assert(
      fc.property(sources, fc.boolean(), (each, isMerged) => {
        const given = each.map((entries, place) => sourceOf(entries, { name: `S${place}` }));
        const before = resolveSources(given, DEFINED_CATALOGUE);
        const after = converted(given, isMerged);
        const places = (resolution: Resolution) =>
          [...resolution.converted, ...resolution.left]
            .map(({ source, key, valueName }) => JSON.stringify([source, key, valueName]))
            .sort();
        assert.deepEqual(places(after), places(before));
        const policies = isMerged ? policyOfEachApp(after, settings.known) : policyOfEach(after);
        const instances = policies.flatMap((policy) => {
          const values = new Map(policy.settings.map((one) => [one.settingId, one.value]));
          const written = writeSettings(values, settings);
          assert.deepEqual(written.left, []);
          return written.instances;
        });
        const texts_ = new Map<string, string>();
        for (const one of instances) {
          const text = JSON.stringify(one);
          assert.equal(texts_.get(one.settingDefinitionId) ?? text, text);
          texts_.set(one.settingDefinitionId, text);
        }
      }),
    );
  });
});

describe("a program for Intune", () => {
  const GROUP = "11111111-2222-4333-8444-555555555555";
  const TYPE = "#microsoft.graph.";
  const target = (type: string, more: object = {}) => ({
    target: { "@odata.type": `${TYPE}${type}`, ...more },
  });

  const programOf = (...given: Source[]) =>
    convertedProgram(policyOfEach(converted(given)), settings.known, {
      road: "intune",
      isOrdered: true,
    });

  it("has a policy a source without an order, and asks whom it is for", () => {
    const text = programOf(
      sourceOf([level(4)], { description: "x".repeat(1200), conditions: ['the WMI filter "A"'] }),
      all(dword(CALC_KEY, "blockmacros", 1)),
    );
    assert.equal(
      text.replace(/description: "x{999}…",/, "description: …,"),
      `/**
 * Written by \`office-configuration convert\`. It is yours now: edit it.
 */
import { IntuneOfficePolicy } from "pulumi-office-configuration";

// From gpo (GPO backup).
// Not carried over: the WMI filter "A".
new IntuneOfficePolicy("calc-users", {
  name: "Calc users",
  description: …,
  // Fill in whom it is for: ids of Microsoft Entra groups, or { all: "users" }. Else it reaches nobody.
  assignments: [],
  policies: [
    { settingId: "calc16;L_Macros;L_Level", value: "4" }, // Macro settings (Calc): Disable all
  ],
});

// From gpo (GPO backup).
new IntuneOfficePolicy("all", {
  name: "All",
  // Fill in whom it is for: ids of Microsoft Entra groups, or { all: "users" }. Else it reaches nobody.
  assignments: [],
  policies: [
    { settingId: "calc16;L_Block", value: "1" }, // Block macros (Calc): Enabled
  ],
});
`,
    );
  });

  it("takes over the targets of a policy of Intune's, all of them or none", () => {
    const both = [
      target("allDevicesAssignmentTarget", {
        deviceAndAppManagementAssignmentFilterId: GROUP,
        deviceAndAppManagementAssignmentFilterType: "include",
      }),
      target("exclusionGroupAssignmentTarget", { groupId: GROUP }),
    ];
    const source = (assignments: readonly object[]) =>
      sourceOf([level(4)], { kind: "Intune settings catalogue policy", ...assigned(assignments) });
    const text = programOf(source(both));
    assert.doesNotMatch(text, /Not carried over/);
    assert.match(
      text,
      /assignments: \[\{ excludedGroupId: ".*" \}, \{ all: "devices", filter: \{ include: ".*" \} \}\]|assignments: \[\n {4}\{ all: "devices", filter: \{ include: ".*" \} \},\n {4}\{ excludedGroupId: ".*" \},\n/,
    );
    for (const odd of [
      target("hardwareTarget"),
      target("groupAssignmentTarget", { groupName: "Sales" }),
      target("allDevicesAssignmentTarget"),
      {},
    ]) {
      const partly = programOf(source([...both, odd]));
      assert.match(partly, /\n {2}assignments: \[\],/);
      assert.match(partly, /Not carried over: the exclusion of the group/);
    }
    const cloud = forRoad(source(both), "cloudPolicy");
    assert.equal(cloud.targets, undefined);
    assert.equal(cloud.conditions.length, 3);
  });
});
