import { strict as assert } from "node:assert";
import { entriesOfBytes, refusalOfBytes, sourceOfBytes } from "../readBytes";

const USER = "{A}/User/Preferences/Registry/Registry.xml";

const items = (...each: string[]): string => {
  return `<?xml version="1.0"?>\n<RegistrySettings clsid="{B}">${each.join("")}</RegistrySettings>`;
};
const item = (properties: string, more = ""): string => {
  return `<Registry name="Level"><Properties hive="HKEY_CURRENT_USER" key="Software\\A" ${properties}</Properties>${more}</Registry>`;
};
const entries = (...each: string[]): string[] => {
  return entriesOfBytes(items(...each), USER).map((line) => line.replace("user Software\\A", "K"));
};
const conditions = (...each: string[]): readonly string[] => {
  return sourceOfBytes(items(...each), USER).conditions;
};

describe("registry items of Group Policy Preferences", () => {
  it("have values of every type", () => {
    const value = (type: string, text: string) =>
      `action="U" name="L" type="${type}" value="${text}"`;
    assert.deepEqual(
      entries(
        item(`${value("REG_SZ", "a")}>`),
        item(`${value("REG_EXPAND_SZ", "%A%")}>`),
        item(`${value("REG_DWORD", "00023c00")}>`),
        item(`${value("REG_DWORD", "7")}>`),
        item(`${value("REG_QWORD", "00000000FFFFFFFF")}>`),
        item(
          `${value("REG_MULTI_SZ", "a b c")}><Values><Value>a b</Value><Value>c</Value></Values>`,
        ),
        item(`${value("REG_MULTI_SZ", "")}>`),
        item(`${value("REG_BINARY", "01")}>`),
      ),
      [
        "K|L set REG_SZ a",
        "K|L set REG_EXPAND_SZ %A%",
        "K|L set REG_DWORD 146432",
        "K|L set REG_DWORD 7",
        "K|L set REG_QWORD 4294967295",
        'K|L set REG_MULTI_SZ ["a b","c"]',
        "K|L set REG_MULTI_SZ []",
        "K|L set REG_BINARY",
      ],
    );
  });

  it("create, replace, update and delete values and keys", () => {
    const each = (action: string, name: string, more = "") =>
      item(`action="${action}" name="${name}" type="REG_SZ" value="x" ${more}>`);
    assert.deepEqual(
      entries(
        each("C", "L"),
        each("R", "L"),
        item('name="L" type="REG_SZ" value="x">'),
        each("D", "L"),
        each("U", "", 'default="1"'),
        each("D", "", 'default="1"'),
        each("D", ""),
        each("R", ""),
        each("C", ""),
        each("X", "L"),
      ),
      [
        "K|L setIfMissing REG_SZ x",
        "K|L set REG_SZ x",
        "K|L set REG_SZ x",
        "K|L delete",
        "K set REG_SZ x",
        "K delete",
        "K deleteKey",
        "K deleteKey",
        "preferences Software\\A\\: it creates a key and sets nothing",
        "preferences Software\\A\\L: its action X is not known",
      ],
    );
  });

  it("that cannot be read are named", () => {
    const other = (properties: string) =>
      `<Registry name="N"><Properties ${properties}/></Registry>`;
    assert.deepEqual(
      entries(
        item('name="L" type="REG_DWORD" value="42">'),
        item('name="L" type="REG_QWORD" value="0000000G00000000">'),
        item('name="L" type="REG_MULTI_SZ" value="a b">'),
        item('name="L" value="a">'),
        '<Registry name="N"/>',
        other('hive="HKEY_CLASSES_ROOT" key="a" name="b"'),
        other('hive="HKEY_USERS" key="Software\\a" name="b"'),
        other('key="a" name="b"'),
      ),
      [
        "preferences Software\\A\\L: its number does not have 8 hexadecimal digits",
        "preferences Software\\A\\L: its number does not have 16 hexadecimal digits",
        "preferences Software\\A\\L: the texts of its list are not apart",
        "preferences Software\\A\\L: its data has no type",
        "preferences N: it has no properties",
        "preferences a\\b: HKEY_CLASSES_ROOT is neither a user's nor the computer's part of the registry",
        "preferences Software\\a\\b: it lies below HKEY_USERS and outside of any user's settings",
        "preferences a\\b: it is neither a user's nor the computer's part of the registry",
      ],
    );
    assert.match(refusalOfBytes("<RegistrySettings>", USER), /^it is no XML that can be read: /);
  });

  it("of the computer's half have no user", () => {
    const machine = USER.replace("User", "MACHINE");
    assert.deepEqual(entriesOfBytes(items(item('name="L" type="REG_SZ" value="">')), machine), [
      "preferences Software\\A\\L: it is among the computer's preferences, where the user is the system's account",
    ]);
  });

  it("that are turned off, or whose collection is, apply to nobody", () => {
    const off = item('name="L" type="REG_SZ" value="">');
    const reason = "preferences Software\\A\\L: it is turned off";
    assert.deepEqual(entries(off.replace("<Registry", '<Registry disabled="1"')), [reason]);
    assert.deepEqual(
      entries(`<Collection disabled="1"><Collection>${off}</Collection></Collection>`),
      [reason],
    );
    assert.deepEqual(entries(`<Collection disabled="0">${off}</Collection>`), ["K|L set REG_SZ "]);
  });

  it("have their filters and those of their collections as conditions", () => {
    const value = 'name="L" type="REG_SZ" value="x">';
    const filters = (...each: string[]) => `<Filters>${each.join("")}</Filters>`;
    const sales = '<FilterGroup bool="AND" not="0" name="CONTOSO\\Sales" sid="S-1"/>';
    assert.deepEqual(conditions(item(value), item(value, "<Filters/>")), []);
    assert.deepEqual(conditions(...[1, 2, 3, 4, 5].map(() => item(value, filters(sales)))), [
      'item-level targeting by group "CONTOSO\\Sales" of Level, Level, Level and 2 more',
    ]);
    assert.deepEqual(
      conditions(
        `<Collection>${item(
          value,
          filters(
            '<FilterRunOnce bool="AND" not="0" id="{C}"/>',
            '<FilterOs bool="OR" not="1" class="NT" version="WIN11"/>',
            `<FilterCollection bool="AND" not="1">${sales}<constructor bool="OR"/></FilterCollection>`,
          ),
        )}${filters(sales)}</Collection>`,
      ),
      [
        'item-level targeting by group "CONTOSO\\Sales" and being applied only once or not operating system "WIN11" and not (group "CONTOSO\\Sales" or constructor) of Level',
      ],
    );
    assert.deepEqual(
      conditions(item(value, filters(sales)).replace("<Registry", '<Registry disabled="1"')),
      [],
    );
  });

  it("whose texts have variables are noted", () => {
    const variable = item('name="L" type="REG_SZ" value="C:\\%LogonUser%\\x">');
    assert.deepEqual(sourceOfBytes(items(variable), USER).notes, [
      "Group Policy Preferences replace the variables in L, and Cloud Policy does not",
    ]);
    assert.deepEqual(
      sourceOfBytes(items(item('name="L" type="REG_SZ" value="5 % of 6 %">'))).notes,
      [],
    );
  });
});
