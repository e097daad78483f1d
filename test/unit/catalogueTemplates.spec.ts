import assert from "node:assert/strict";
import fc from "fast-check";
import { buildCatalogue, catalogueText } from "../../cli/catalogue/build";
import { CATALOGUE_FILE } from "../../provider/catalogue/catalogue";
import { readCatalogue } from "../../provider/catalogue/read";
import { models } from "../templateModels";
import { adml, admx, read } from "../templates";

/** Settings of one template with one policy. */
function settingsOf(policy: string, strings: Record<string, string> = {}, presentations = "") {
  const { settings } = read({
    "calc16.admx": admx(policy),
    "en-us/calc16.adml": adml(strings, presentations),
  });
  return Object.fromEntries(settings);
}

const policyWith = (content: string, attributes = "") =>
  `<policy name="L_A" class="User" key="soft\\calc" ${attributes}>${content}</policy>`;
const elements = (content: string) => policyWith(`<elements>${content}</elements>`);
const value = (number: number | string) => `<value><decimal value="${number}"/></value>`;

describe("settings of templates", () => {
  it("are what was put into them, for every kind of element", () => {
    fc.assert(
      fc.property(models, ({ policies, strings, presentations, expected }) => {
        const { settings, sources, notes } = read({
          "calc16.admx": admx(policies),
          "en-us/calc16.adml": adml(strings, presentations),
        });
        assert.deepEqual(Object.fromEntries(settings), expected);
        const count = Object.keys(expected).length;
        assert.deepEqual(sources, [
          {
            kind: "admx",
            file: "calc16.admx",
            language: "en-us",
            revision: "1.2",
            settings: count,
          },
        ]);
        assert.deepEqual(notes, []);
      }),
    );
  });

  it("are written as the same bytes, whatever the order of policies and of files", () => {
    fc.assert(
      fc.property(models, models, (one, other) => {
        const files = {
          "calc16.admx": admx(one.policies),
          "en-us/calc16.adml": adml(one.strings, one.presentations),
          "draw16.admx": admx(other.policies, { prefix: "draw16" }),
        };
        const backwards = Object.fromEntries(Object.entries(files).reverse());
        const text = catalogueText(buildCatalogue(read(files), []));
        assert.equal(catalogueText(buildCatalogue(read(backwards), [])), text);
        const again = readCatalogue(text, CATALOGUE_FILE);
        assert.equal(catalogueText(again), text);
      }),
    );
  });
});

describe("values of a toggle", () => {
  const toggle = (content: string, attributes = 'valueName="A"') =>
    settingsOf(policyWith(content, attributes))["calc16;L_A"];

  it("are 1, and the deletion of the registry value, if the template does not say", () => {
    assert.deepEqual(toggle(""), {
      name: "L_A",
      scope: "user",
      kind: "toggle",
      values: { "1": "Enabled" },
      on: "1",
      deletes: true,
      type: "REG_DWORD",
      key: "soft\\calc",
      valueName: "A",
    });
  });

  it("are those of the template, inverted or as text", () => {
    const pair = (on: string, off: string) =>
      toggle(`<enabledValue>${on}</enabledValue><disabledValue>${off}</disabledValue>`);
    const inverted = pair('<decimal value="0"/>', '<decimal value="01"/>');
    assert.deepEqual(inverted?.values, { "0": "Enabled", "1": "Disabled" });
    assert.deepEqual([inverted?.on, inverted?.off], ["0", "1"]);
    const texts = pair("<string> Block </string>", "<string>Allow</string>");
    assert.deepEqual(
      [texts?.values, texts?.type],
      [{ Block: "Enabled", Allow: "Disabled" }, "REG_SZ"],
    );
    const deleting = pair("<delete/>", '<decimal value="0"/>');
    assert.deepEqual([deleting?.values, deleting?.deletes], [{ "0": "Disabled" }, true]);
    const same = pair('<decimal value="1"/>', '<decimal value="1"/>');
    assert.deepEqual(same?.values, { "1": "Enabled / Disabled" });
    const mixed = pair('<decimal value="1"/>', "<string>no</string>");
    assert.deepEqual([mixed?.values, mixed?.type], [{ "1": "Enabled", no: "Disabled" }, undefined]);
    const unreadable = pair('<decimal value="-1"/>', "<decimal/>");
    assert.deepEqual([unreadable?.values, unreadable?.deletes], [{ "1": "Enabled" }, true]);
  });

  it("are taken from its lists, if they name its registry value", () => {
    const item = (name: string, number: number) =>
      `<item valueName="${name}">${value(number)}</item>`;
    const listed = toggle(
      `<enabledList>${item("a", 3)}${item("B", 7)}</enabledList><disabledList defaultKey="soft\\other">${item("A", 8)}<item key="SOFT\\calc" valueName="A">${value(4)}</item></disabledList>`,
    );
    assert.deepEqual(listed?.values, { "3": "Enabled", "4": "Disabled" });
    assert.deepEqual(listed?.alsoSets, ["soft\\calc\\B", "soft\\other\\A"]);
  });

  it("are those of its lists, if it has no registry value and all items agree", () => {
    const lists = (second: number) =>
      `<enabledList><item valueName="a">${value(1)}</item><item valueName="b">${value(second)}</item></enabledList><disabledList><item valueName="a">${value(0)}</item></disabledList>`;
    assert.deepEqual(toggle(lists(1), "")?.values, { "1": "Enabled", "0": "Disabled" });
    assert.deepEqual(toggle(lists(2), "")?.values, { "0": "Disabled" });
    assert.deepEqual(toggle(lists(2), "")?.alsoSets, ["soft\\calc\\a", "soft\\calc\\b"]);
    assert.equal(toggle("", "")?.values, undefined);
  });

  it("are of no key if the template says none", () => {
    const { settings } = read({
      "calc16.admx": admx(
        '<policy name="L_A" class="User" key="None"><elements><text id="L_T" key="soft" valueName="t"/><text id="L_U"/></elements></policy>',
      ),
    });
    assert.deepEqual(
      [...settings.values()].map(({ key }) => key),
      [undefined, "soft", undefined],
    );
  });

  it("stay its own if it has elements too", () => {
    const settings = settingsOf(
      policyWith('<elements><text id="L_T" valueName="T"/></elements>', 'valueName="A"'),
    );
    assert.equal(settings["calc16;L_A"]?.kind, "toggle");
    assert.equal(settings["calc16;L_A;L_T"]?.kind, "text");
  });
});

describe("elements", () => {
  it("of an enum name the registry values that an item sets beside its own", () => {
    const list = `<valueList><item valueName="b">${value(1)}</item><item key="soft\\x" valueName="c">${value(2)}</item></valueList>`;
    const settings = settingsOf(
      elements(
        `<enum id="L_E" valueName="e"><item displayName="$(string.One)">${value(1)}${list}</item><item displayName="$(string.Gone)"><value><delete/></value></item><item displayName="again">${value(1)}</item><item displayName="$(string.None)">${value(2)}</item></enum>`,
      ),
      { One: "First one" },
    );
    assert.deepEqual(settings["calc16;L_A;L_E"], {
      name: "L_A",
      scope: "user",
      kind: "enum",
      values: { "1": "First one / again", "2": "2" },
      deletes: true,
      alsoSets: ["soft\\calc\\b", "soft\\x\\c"],
      type: "REG_DWORD",
      key: "soft\\calc",
      valueName: "e",
      policy: "calc16;L_A",
    });
  });

  it("of a kind that this version does not know are settings all the same", () => {
    const settings = settingsOf(
      elements('<slider id="L_S" valueName="s" required="true"/><text valueName="no id"/>'),
    );
    assert.equal(settings["calc16;L_A;L_S"]?.kind, "unknown");
    assert.equal(Object.keys(settings).length, 2);
  });

  it("leave out a limit that JSON cannot hold exactly", () => {
    const settings = settingsOf(
      elements(
        '<longDecimal id="L_D" valueName="d" minValue="1" maxValue="18446744073709551615"/><decimal id="L_X" valueName="x" maxValue="many"/>',
      ),
    );
    assert.deepEqual(
      [settings["calc16;L_A;L_D"]?.min, settings["calc16;L_A;L_D"]?.max],
      [1, undefined],
    );
    assert.equal(settings["calc16;L_A;L_X"]?.max, undefined);
  });

  it("are named by their label, the line above them, or their policy", () => {
    const controls = `<presentation id="P"><text>Line</text><textBox refId="L_1"><label> Label: </label></textBox>
      <text> Above </text><dropdownList refId="L_2"></dropdownList><comboBox refId="L_3"><label/></comboBox></presentation>`;
    const settings = settingsOf(
      policyWith(
        '<elements><text id="L_1"/><text id="L_2"/><text id="L_3"/></elements>',
        'displayName="$(string.N)" presentation="$(presentation.P)"',
      ),
      { N: "Policy\n  name" },
      controls,
    );
    assert.deepEqual(
      Object.values(settings).map(({ name }) => name),
      ["Policy name", "Label:", "Above", "Policy name"],
    );
  });
});

describe("the place of a setting", () => {
  const category = (name: string, parent = "", title = name) =>
    `<category name="${name}" displayName="$(string.${title})">${parent && `<parentCategory ref="${parent}"/>`}</category>`;
  const inCategory = (ref: string) => policyWith(`<parentCategory ref="${ref}"/>`, 'valueName="A"');
  const strings = { Root: "Microsoft Calc 2016 (Machine)", Options: "Calc Options" };

  it("is the path of its categories, across templates by prefix", () => {
    const { settings } = read({
      "calc16.admx": admx(inCategory("L_Options"), {
        using: '<using prefix="base" namespace="base16.Office.Contoso.Policies"/>',
        categories: category("L_Options", "base:L_Root", "Options"),
      }),
      "base16.admx": admx("", {
        prefix: "other",
        namespace: "base16.Office.Contoso.Policies",
        categories: category("L_Root", "", "Root"),
      }),
      "en-us/calc16.adml": adml({ ...strings, Root: "not this" }),
      "en-us/base16.adml": adml(strings),
    });
    const setting = settings.get("calc16;L_A");
    assert.deepEqual(
      [setting?.category, setting?.app],
      ["Microsoft Calc 2016 (Machine) > Calc Options", "Calc"],
    );
  });

  it("ends where a category is missing, or is its own parent", () => {
    const place = (ref: string, categories: string) => {
      const { settings } = read({
        "calc16.admx": admx(inCategory(ref), { categories }),
        "en-us/calc16.adml": adml(strings),
      });
      const { category: path, app } = settings.get("calc16;L_A") ?? {};
      return [path, app];
    };
    assert.deepEqual(place("L_None", ""), [undefined, undefined]);
    assert.deepEqual(place("far:L_Options", category("L_Options")), [undefined, undefined]);
    assert.deepEqual(place("L_Options", category("L_Options", "far:L_Root", "Options")), [
      "Calc Options",
      "Calc Options",
    ]);
    assert.deepEqual(place("L_1", category("L_1", "L_2") + category("L_2", "L_1")), [
      "L_2 > L_1",
      undefined,
    ]);
  });
});

describe("texts of templates", () => {
  const policy = admx(
    policyWith("", 'displayName="$(string.N)" explainText="$(string.H)" valueName="A"'),
  );

  it("are those of the wanted language, and of en-us string by string", () => {
    const { settings, sources, notes } = read(
      {
        "calc16.admx": policy,
        "en-us/calc16.adml": adml({ N: "Name", H: " Help\r\nmore  \n\n" }),
        "de-de/calc16.adml": adml({ N: "Name auf Deutsch", H: " " }),
      },
      "DE-de",
    );
    assert.deepEqual(
      [settings.get("calc16;L_A")?.name, settings.get("calc16;L_A")?.help],
      ["Name auf Deutsch", "Help\nmore"],
    );
    assert.deepEqual([sources[0]?.language, notes], ["de-de", []]);
  });

  it("are those of en-us if the wanted language is missing, and a note says so", () => {
    const { settings, notes } = read(
      { "calc16.admx": policy, "en-us/calc16.adml": adml({ N: "Name" }) },
      "de-de",
    );
    assert.equal(settings.get("calc16;L_A")?.name, "Name");
    assert.deepEqual(notes, [
      "texts in de-de are missing, and those in en-us are taken: calc16.admx",
    ]);
  });

  it("may be missing altogether: settings then have the template's names, and a note says so", () => {
    const { settings, sources, notes } = read({ "calc16.admx": policy }, "de-de");
    assert.deepEqual(settings.get("calc16;L_A")?.name, "L_A");
    assert.equal(sources[0]?.language, undefined);
    assert.deepEqual(notes, [
      "texts in de-de or en-us are missing, and settings are named as in the template: calc16.admx",
    ]);
  });
});
