import assert from "node:assert/strict";
import { typesOf } from "../../cli/catalogue/types";
import { identifiers } from "../../cli/convert/identifiers";
import { merged } from "../../cli/convert/merged";
import { policyOfEach, policyOfEachApp } from "../../cli/convert/policies";
import { convertedProgram } from "../../cli/convert/program";
import type { Resolution } from "../../cli/convert/resolution";
import { resolveSources } from "../../cli/convert/resolve";
import type { Source } from "../../cli/sources/source";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { Editor } from "../editor";
import { hostileTexts } from "../hostileTexts";
import { CALC_KEY, dword, REGISTRY_CATALOGUE, sourceOf, sz } from "../registryCatalogue";

const settings = new KnownSettings(REGISTRY_CATALOGUE);

const resolved = (...sources: Source[]) => resolveSources(sources, REGISTRY_CATALOGUE);

const programOf = (resolution: Resolution) =>
  convertedProgram(policyOfEach(resolution), settings, { isOrdered: true });

const programByApp = (resolution: Resolution) =>
  convertedProgram(policyOfEachApp(merged(resolution), settings), settings, { isOrdered: false });

const GROUP = "11111111-2222-3333-4444-555555555555";
const COMMON = "Software\\Policies\\Microsoft\\Office\\16.0\\Common";
const level = (value: number) => dword(CALC_KEY, "level", value);
const buttons = dword(COMMON, "pasteoptions", 2);

describe("a converted program", () => {
  it("has a policy with the settings by app and category, and says what a policy cannot carry", () => {
    const source = sourceOf(
      [
        buttons,
        level(4),
        dword("Software\\Microsoft\\Office\\16.0\\Calc\\Save", "minutes", 10),
        dword(COMMON, "other", 1),
      ],
      {
        description: "Baseline",
        conditions: ['the WMI filter "Laptops"'],
        notes: ["Its preferences of printers are not read."],
      },
    );
    assert.equal(
      programOf(resolved(source)),
      `/**
 * Written by \`office-configuration convert\`. It is yours now: edit it.
 */
import { WindowsOfficeClientConfiguration } from "pulumi-office-configuration";

// From gpo (GPO backup).
// Not carried over: the WMI filter "Laptops".
// Its preferences of printers are not read.
// Not converted: not in the catalogue (1).
new WindowsOfficeClientConfiguration("calc-users", {
  displayName: "Calc users",
  description: "Baseline",
  // Fill in the ids of Microsoft Entra groups: without one, the policy reaches nobody.
  assignments: [],
  policies: [
    { settingId: "calc16;L_Macros;L_Level", value: "4" }, // Macro settings (Calc): Disable all
    { settingId: "office16;L_PasteButtons", value: "2" }, // Paste buttons (Office): Hide
  ],
  userPreferences: [
    { settingId: "calc16;L_Minutes", value: "10" }, // Minutes (Calc)
  ],
});
`,
    );
  });

  it("orders the policies of several sources, the first first, and leaves out those without a setting", () => {
    const empty = sourceOf([dword(COMMON, "other", 1)], { name: "Nothing" });
    const text = programOf(
      resolved(
        sourceOf([level(4)], { name: "Sales", groups: [GROUP.toUpperCase(), GROUP] }),
        empty,
        sourceOf([level(1)], { name: "Everybody policy" }),
      ),
    );
    assert.ok(text.includes(`const salesPolicy = new WindowsOfficeClientConfiguration("sales", {`));
    assert.ok(text.includes(`  assignments: ["${GROUP}"],\n`));
    assert.doesNotMatch(text, /Nothing/);
    assert.ok(
      text.endsWith(`
// The first policy wins where several set the same. All other policies of the tenant keep their rank.
new OfficeClientConfigurationPriorities("order", {
  configurationIds: [
    salesPolicy.configurationId,
    everybodyPolicy.configurationId,
  ],
});
`),
      text,
    );
  });

  it("has groups only by their ids, and names the others", () => {
    const text = programOf(resolved(sourceOf([level(4)], { groups: ["Sales"] })));
    assert.match(text, /\/\/ Groups that are no ids are left out: Sales\.\n/);
    assert.match(text, /\n {2}assignments: \[\],\n/);
  });

  it("is the same for the same sources", () => {
    const sources = [sourceOf([level(4), buttons]), sourceOf([level(1)])];
    assert.equal(programOf(resolved(...sources)), programOf(resolved(...sources)));
  });
});

describe("a program by app", () => {
  it("has one policy an app, in which the first source wins", () => {
    const resolution = resolved(
      sourceOf([level(4)], { name: "Sales", path: "sales" }),
      sourceOf([level(1), buttons], { name: "All", path: "all" }),
    );
    const text = programByApp(resolution);
    const names = [...text.matchAll(/displayName: "(.*)"/g)].map(([, name]) => name);
    assert.deepEqual(names, ["Calc", "Office"]);
    assert.match(text, /L_Level", value: "4"/);
    assert.doesNotMatch(text, /L_Level", value: "1"|Priorities|const /);
    const { converted, left } = merged(resolution);
    assert.equal(converted.length + left.length, 3);
    assert.deepEqual(left, [
      {
        source: "All",
        key: CALC_KEY,
        valueName: "level",
        kind: "replaced",
        reason: 'the source "Sales" sets it too, and wins',
        candidates: ["calc16;L_Macros;L_Level"],
      },
    ]);
  });

  it("says for each app which sources it is from", () => {
    const other = dword(COMMON, "other", 1);
    const text = programByApp(
      resolved(
        sourceOf([level(4), buttons], { name: "Sales", path: "sales" }),
        sourceOf([buttons, other], { name: "All", path: "all" }),
      ),
    );
    const [, calc = "", office = ""] = text.split("// From sales (GPO backup).\n");
    assert.doesNotMatch(calc, /From all|Not converted/);
    assert.match(
      office,
      /^\/\/ From all \(GPO backup\)\.\n\/\/ Not converted: not in the catalogue \(1\)\.\n/,
    );
  });

  it("takes a value that several sources give once, and leaves none of them", () => {
    const resolution = resolved(
      sourceOf([level(4)], { name: "Sales" }),
      sourceOf([level(4)], { name: "All" }),
    );
    assert.equal(programByApp(resolution).match(/L_Level/g)?.length, 1);
    assert.equal(merged(resolution).converted.length, 2);
  });

  it("is assigned as all sources are, or to nobody", () => {
    const of = (name: string, groups?: string[]) =>
      sourceOf([level(4)], { name, ...(groups !== undefined && { groups }) });
    const second = "22222222-2222-3333-4444-555555555555";
    const same = programByApp(
      resolved(of("A", [GROUP, second]), of("B", [second, GROUP.toUpperCase()])),
    );
    assert.ok(same.includes(`"${GROUP}",`), same);
    assert.doesNotMatch(same, /is assigned to/);
    assert.doesNotMatch(programByApp(resolved(of("A"), of("B"))), /is assigned to/);
    const different = programByApp(resolved(of("A", [GROUP]), of("B")));
    assert.ok(different.includes("assignments: []"));
    assert.ok(different.includes(`// "A" is assigned to ${GROUP}.\n`));
  });

  it("names the only source", () => {
    assert.match(programByApp(resolved(sourceOf([level(4)]))), /displayName: "Calc users: Calc"/);
  });
});

describe("a converted program with hostile texts", () => {
  const sources = [
    ...hostileTexts(60).slice(2),
    ...[
      "*/",
      "`" + "$" + "{process.exit()}`",
      "@ts-expect-error",
      "__proto__",
      "default",
      "😀 2016",
      " ",
    ],
  ].map((text, index) =>
    sourceOf([level(4), sz(`${CALC_KEY}\\places\\place1`, "path", text), sz(text, text, text)], {
      name: text,
      description: text,
      path: `${index}${text}`,
      groups: [text],
      conditions: [`the WMI filter "${text}"`, text],
      notes: [text],
    }),
  );

  it("compiles, with the types of the catalogue, and holds no character that cannot be seen", () => {
    const editor = new Editor("", { "office-settings.d.ts": typesOf(REGISTRY_CATALOGUE) });
    for (const text of [programOf(resolved(...sources)), programByApp(resolved(...sources))]) {
      assert.deepEqual(editor.problems(text), []);
      const unseen = /(?!\n|\u200c|\u200d)[\p{Cc}\p{Cf}\u2028\u2029]/u.exec(text);
      assert.equal(unseen?.[0], undefined);
      const order = /^ *\/\/ *[@/].*/m.exec(text);
      assert.equal(order?.[0], undefined);
    }
  });
});

describe("the constants of a program", () => {
  it("are names of the language, each once", () => {
    assert.deepEqual(
      identifiers(["macro-security", "macro-security-policy", "2016-calc", "マクロ-b"]),
      ["macroSecurityPolicy", "macroSecurityPolicy2", "policy2016Calc", "マクロBPolicy"],
    );
    assert.deepEqual(identifiers(["policy", "-", "default"]), [
      "policy",
      "policy2",
      "defaultPolicy",
    ]);
  });
});
