import assert from "node:assert/strict";
import fc from "fast-check";
import { readTemplates } from "../../cli/catalogue/admx/templates";
import { buildCatalogue, catalogueText } from "../../cli/catalogue/build";
import { typesOf } from "../../cli/catalogue/types";
import { CATALOGUE_FILE } from "../../provider/catalogue/catalogue";
import { readCatalogue } from "../../provider/catalogue/read";
import { adml, admx, folderOf, read } from "../templates";

const POLICY = `<policy name="L_A" class="User" key="soft\\calc" valueName="A" displayName="$(string.N)" presentation="$(presentation.P)">
  <parentCategory ref="L_C"/><enabledList><item valueName="b"><value><decimal value="1"/></value></item></enabledList>
  <elements><boolean id="L_B" valueName="B"><trueValue><string>x</string></trueValue></boolean>
  <enum id="L_E" valueName="E"><item displayName="$(string.I)"><value><decimal value="3"/></value></item></enum>
  <decimal id="L_D" valueName="D" minValue="1" maxValue="9"/><list id="L_L" key="soft\\l"/></elements></policy>`;
const ADMX = admx(POLICY, { categories: '<category name="L_C" displayName="$(string.C)"/>' });
const ADML = adml(
  { N: "Grüße", I: "Item", C: "Calc 2016" },
  '<presentation id="P"><checkBox refId="L_B">Box</checkBox></presentation>',
);

const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const BOM = "\ufeff";

describe("the encoding of a template", () => {
  const declaring = (encoding: string) => ADML.replace("utf-8", encoding);
  const encodings: [name: string, bytes: Uint8Array][] = [
    ["UTF-8", Buffer.from(ADML)],
    ["UTF-8 with a byte order mark", Buffer.from(BOM + ADML)],
    ["UTF-16 LE with a byte order mark", Buffer.from(BOM + declaring("utf-16"), "utf16le")],
    ["UTF-16 BE with a byte order mark", utf16be(BOM + declaring("utf-16"))],
    ["UTF-16 LE without one", Buffer.from(declaring("utf-16"), "utf16le")],
    ["UTF-16 BE without one", utf16be(declaring("utf-16"))],
    ["UTF-8 that says it is UTF-16", Buffer.from(declaring("utf-16"))],
    ["Windows-1252 that says so", Buffer.from(declaring("windows-1252"), "latin1")],
    ["UTF-8 that declares an encoding which does not exist", Buffer.from(declaring("klingon"))],
  ];
  for (const [name, bytes] of encodings) {
    it(`may be ${name}`, () => {
      const { settings, notes } = read({ "calc16.admx": ADMX, "en-us/calc16.adml": bytes });
      assert.equal(settings.get("calc16;L_A")?.name, "Grüße");
      assert.deepEqual(notes, []);
    });
  }

  it("is named if the bytes do not have it", () => {
    const { settings, notes } = read({
      "calc16.admx": Buffer.from(ADMX.replace("soft", "s\u00f6ft"), "latin1"),
    });
    assert.equal(settings.size, 0);
    assert.deepEqual(notes, ["calc16.admx is left out: it is no UTF-8 text"]);
  });
});

describe("a file that is no template of Office", () => {
  const note = (files: Record<string, string | Uint8Array>) => {
    const { settings, notes } = read(files);
    assert.equal(settings.size, 0);
    return notes;
  };
  const other = admx(POLICY, { namespace: "Contoso.Policies.Officer" });

  it("is left out, and named with a few others", () => {
    const files = Object.fromEntries(
      ["a", "b", "c", "d", "e", "f", "g"].map((name) => [`${name}.admx`, other]),
    );
    assert.deepEqual(note({ "a.admx": other }), [
      "1 template of another product is left out: a.admx",
    ]);
    assert.deepEqual(note(files), [
      "7 templates of other products are left out: a.admx, b.admx, c.admx, d.admx, e.admx, and 2 more",
    ]);
    assert.deepEqual(note({ "a.admx": "<html><target namespace='x.Office.y'/></html>" }), [
      "1 template of another product is left out: a.admx",
    ]);
  });

  it("is not read to its end", () => {
    assert.deepEqual(note({ "a.admx": other.replace("</policies>", "</wrong>") }), [
      "1 template of another product is left out: a.admx",
    ]);
  });

  it("is named if it is for an older version of Office", () => {
    assert.deepEqual(note({ "calc15.admx": ADMX }), [
      "calc15.admx is left out: it is for another version of Office, and Cloud Policy's ids are those of version 16",
    ]);
  });
});

describe("a template of Office that cannot be read", () => {
  const reasons: [string, string][] = [
    [ADMX.replace("</policies>", "</wrong>"), "unexpected close tag"],
    ["", "is no XML that can be read: 1:0: document must contain a root element"],
    [ADMX.slice(0, 400), "unclosed tag"],
    [
      `<!DOCTYPE a [<!ENTITY x "y">]>${ADMX.replace(/<\?.*\?>/, "")}`,
      "it has a document type (DTD)",
    ],
    [ADMX.replace("L_A", "&x;"), "undefined entity"],
    [
      ADMX.replace("<policies>", `<policies>${"<a>".repeat(200)}`),
      "its elements are nested more than 100 deep",
    ],
  ];
  for (const [text, reason] of reasons) {
    it(`is named with the reason, and the others are read: ${reason}`, () => {
      const { settings, notes } = read({ "calc16.admx": text, "draw16.admx": ADMX });
      assert.ok(
        notes[0]?.startsWith("calc16.admx is left out: it is no XML that can be read: "),
        notes[0],
      );
      assert.ok(notes[0]?.includes(reason), notes[0]);
      assert.ok(settings.has("draw16;L_A"));
    });
  }

  it("is refused at once if it is a bomb of entities", () => {
    const entities = Array.from(
      { length: 30 },
      (_, level) => `<!ENTITY a${level + 1} "&a${level};&a${level};">`,
    );
    const bomb = `<!DOCTYPE x [<!ENTITY a0 "ha">${entities.join("")}]><x>&a30;</x>`;
    assert.match(read({ "calc16.admx": bomb }).notes[0] ?? "", /document type/);
  });

  it("does not keep its texts from being named", () => {
    const { settings, notes } = read({ "calc16.admx": ADMX, "en-us/calc16.adml": "<a>" });
    assert.equal(settings.get("calc16;L_A")?.name, "L_A");
    assert.match(notes[0] ?? "", /^en-us\/calc16\.adml is left out: it is no XML/);
    assert.match(
      notes[1] ?? "",
      /^texts in en-us are missing, and settings are named as in the template: calc16\.admx$/,
    );
  });

  it("is named if a policy has no name, or an id is there twice", () => {
    const other = POLICY.replace("$(string.N)", "another name");
    const twice = admx(POLICY + other + POLICY.replace('name="L_A"', ""));
    const { settings, notes } = read({ "calc16.admx": twice, "en-us/calc16.adml": ADML });
    assert.deepEqual(notes, [
      "calc16.admx has a policy without a name, which is left out",
      "calc16.admx defines 5 ids twice: the first definition of each is taken",
    ]);
    assert.equal(settings.get("calc16;L_A")?.name, "Grüße");
  });

  it("is taken from the first folder that has it", () => {
    const first = folderOf({ "calc16.admx": ADMX, "en-us/calc16.adml": ADML });
    const second = folderOf({ "CALC16.admx": admx(POLICY.replace("L_A", "L_Z")) });
    const { settings, notes } = readTemplates([first, second]);
    assert.deepEqual([settings.has("calc16;L_A"), settings.has("calc16;L_Z")], [true, false]);
    assert.deepEqual(notes, [
      "CALC16.admx of templates is left out: a folder before it has one too",
    ]);
  });
});

describe("templates with anything in them", () => {
  const hostile = fc.constantFrom(
    ...[
      "<",
      ">",
      "&",
      '"',
      "</policy>",
      "<policy>",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<!DOCTYPE a>",
      "&#0;",
      "&#x41;",
      "&amp;",
      "\u0000",
    ],
    ...[
      "__proto__",
      "constructor",
      'name="__proto__"',
      'id="constructor"',
      "$(string.__proto__)",
      ";",
      "xmlns:a='b'",
      "a:b",
      "9".repeat(400),
      "\ud800",
      "<a>".repeat(120),
    ],
  );
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const mutation = fc.oneof(
    fc.record({ at: place, cut: fc.nat(30), text: hostile }),
    fc.record({ at: place, cut: fc.nat(400), text: fc.constant("") }),
    fc.record({ at: place, cut: fc.nat(2), text: fc.string({ unit: "binary", maxLength: 3 }) }),
  );
  const mutated = (text: string) =>
    fc
      .tuple(fc.array(mutation, { maxLength: 3 }), fc.constantFrom("utf8", "utf16le", "latin1"))
      .map(([mutations, encoding]) =>
        Buffer.from(
          mutations.reduce((before, { at, cut, text: inserted }) => {
            const start = Math.floor(at * before.length);
            return before.slice(0, start) + inserted + before.slice(start + cut);
          }, text),
          encoding as BufferEncoding,
        ),
      );

  it("give notes or a catalogue that can be read again: 10,000 of them", function () {
    this.timeout(120_000);
    let withSettings = 0;
    fc.assert(
      fc.property(mutated(ADMX), mutated(ADML), (template, texts) => {
        const { sources, settings, notes } = read({
          "calc16.admx": template,
          "en-us/calc16.adml": texts,
        });
        if (settings.size > 0) withSettings += 1;
        else if (sources.length === 0) assert.ok(notes.length > 0);
        const catalogue = buildCatalogue({ sources, settings }, []);
        assert.deepEqual(
          readCatalogue(catalogueText(catalogue), CATALOGUE_FILE).settings,
          catalogue.settings,
        );
        typesOf(catalogue);
      }),
      { numRuns: 10_000 },
    );
    assert.ok(withSettings > 1000, `${withSettings}`);
  });
});
