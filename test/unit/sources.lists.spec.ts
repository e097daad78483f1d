import { strict as assert } from "node:assert";
import { FileError } from "../../cli/files/fileError";
import { READERS } from "../../cli/sources/readers";
import type { Source } from "../../cli/sources/source";
import { SourceFile } from "../../cli/sources/sourceFile";
import { readMutated } from "../mutatedFiles";

const file = (content: string) => new SourceFile("folder/given.csv", Buffer.from(content));

const readerOf = (content: string) => READERS.find((reader) => reader.matches(file(content)));

function one(content: string): Source {
  const reader = readerOf(content);
  assert.ok(reader, "no reader knows it");
  const [source, ...others] = reader.read(file(content));
  assert.deepEqual(others, []);
  assert.equal(source?.kind, reader.kind);
  return source as Source;
}

const unread = (place: string, reason: string) => ({ form: "unread", place, reason });

describe("a configuration of the Office Deployment Tool", () => {
  const configuration = (settings: string) => `<?xml version="1.0"?>
<Configuration ID="1">
  <Add OfficeClientEdition="64"><Product ID="O365ProPlusRetail" /></Add>
  <Updates Enabled="TRUE" />
  <AppSettings>${settings}</AppSettings>
  <Display Level="None" />
</Configuration>`;
  const user = (attributes: string) =>
    one(configuration(`<User Key="software\\calc\\a" Name="b" ${attributes}/>`)).entries[0];
  const registry = (data: object, more: object = {}) => ({
    form: "registry",
    hive: "user",
    key: "software\\calc\\a",
    valueName: "b",
    action: "set",
    data,
    ...more,
  });

  it("is the registry values that it sets for users", () => {
    const source = one(
      configuration(
        '<User Key="software\\calc\\a" Name="b" Value="4" Type="REG_DWORD" App="calc16" Id="L_B" />',
      ),
    );
    assert.deepEqual(
      [source.name, source.kind, source.groups],
      ["given", "Office Deployment Tool configuration", undefined],
    );
    assert.deepEqual(source.entries, [
      registry({ type: "REG_DWORD", value: "4" }, { settingId: "calc16;L_B" }),
    ]);
    assert.deepEqual(source.notes, ["Parts that are no settings: <Add>, <Updates>, <Display>"]);
  });

  it("has values of each type, with numbers as decimal text", () => {
    const data = [
      'Type="REG_DWORD" Value="0x10"',
      'Type="reg_qword" Value="18446744073709551615"',
      'Type="REG_SZ" Value=""',
      'Type="REG_EXPAND_SZ" Value="%TEMP%"',
      'Type="REG_BINARY" Value="00"',
      'Value="1"',
    ].map((attributes) => (user(attributes) as { data: object }).data);
    assert.deepEqual(data, [
      { type: "REG_DWORD", value: "16" },
      { type: "REG_QWORD", value: "18446744073709551615" },
      { type: "REG_SZ", value: "" },
      { type: "REG_EXPAND_SZ", value: "%TEMP%" },
      { type: "other", name: "REG_BINARY" },
      { type: "other", name: "no type" },
    ]);
    for (const value of ["", "a", "-1", "4294967296"]) {
      assert.deepEqual(
        user(`Type="REG_DWORD" Value="${value}"`),
        unread("software\\calc\\a\\b", "its value does not fit its type"),
      );
    }
  });

  it("names the setting by app and id, in whatever case and with or without a version", () => {
    const ids = ['App="CALC" Id="L_B"', 'App="calc16"', 'Id="L_B"', 'app="Calc16" ID="L_B"'].map(
      (attributes) => (user(`Type="REG_SZ" ${attributes}`) as { settingId?: string }).settingId,
    );
    assert.deepEqual(ids, ["calc16;L_B", undefined, undefined, "calc16;L_B"]);
  });

  it("takes keys with their hive, and with slashes", () => {
    const keyOf = (key: string) =>
      one(configuration(`<User Key="${key}" Name="b" Type="REG_SZ"/>`)).entries[0] as {
        key?: string;
      };
    assert.equal(keyOf("HKCU\\software\\a\\").key, "software\\a");
    assert.equal(keyOf("HKEY_CURRENT_USER/software/a").key, "software\\a");
  });

  it("names what sets nothing in an app", () => {
    const source = one(
      configuration('<Setup Name="Company" Value="Contoso" /><User Name="b" /><Machine />'),
    );
    assert.deepEqual(source.entries, [
      unread(
        '<Setup Name="Company">',
        "it is an option of the installation, and no setting of an app",
      ),
      unread('AppSettings[1] <User Name="b">', "it is no setting of an app"),
      unread("AppSettings[2] <Machine>", "it is no setting of an app"),
    ]);
    const bare = one("<Configuration><Remove All='TRUE'/></Configuration>");
    assert.deepEqual(bare.entries, []);
    assert.deepEqual(bare.notes, [
      "It has no application settings (<AppSettings>)",
      "Parts that are no settings: <Remove>",
    ]);
  });

  it("is no other XML with such a root", () => {
    assert.equal(readerOf("<configuration><appSettings2/></configuration>"), undefined);
    assert.equal(readerOf("<AppSettings><User/></AppSettings>"), undefined);
  });

  it("that is damaged is refused, or read without an error", () => {
    const reader = READERS.find(({ kind }) => kind === "Office Deployment Tool configuration");
    assert.ok(reader);
    const text = configuration(
      '<User Key="a/b" Name="c" Value="1" Type="REG_DWORD" App="d" Id="e"/>',
    );
    const { read, refused } = readMutated(reader, text, 10_000);
    assert.ok(read > 100 && refused > 100, `${read} and ${refused}`);
  });
});

describe("a list of settings", () => {
  const setting = (settingId: string, value: string) => ({ form: "setting", settingId, value });

  it("has a column of ids and one of values, among others", () => {
    const source = one(
      '\ufeffName,Setting ID,Value\r\nA,excel16;L_A,1\r\n"B, C",excel16;L_B," x,""y"" "\r\n',
    );
    assert.deepEqual([source.name, source.kind], ["given", "list of settings"]);
    assert.deepEqual(source.entries, [
      setting("excel16;L_A", "1"),
      setting("excel16;L_B", 'x,"y"'),
    ]);
  });

  it("may have semicolons or tabs between its columns", () => {
    assert.deepEqual(one('settingId;value\n"a;L_A";1\n').entries, [setting("a;L_A", "1")]);
    assert.deepEqual(one("settingId\tvalue\na;L_A\t1\n").entries, [setting("a;L_A", "1")]);
  });

  it("names lines without an id, a value or a column", () => {
    const long = "x".repeat(1025);
    assert.deepEqual(one(`settingId;value\na;L_A;1\n;2\n"a;L_B";\nz\n${long};1`).entries, [
      unread("line 2", "it has 3 columns, and not 2"),
      unread("line 3", "it has no id of a setting"),
      unread("line 4: a;L_B", "it has no value"),
      unread("line 5", "it has 1 column, and not 2"),
      unread("line 6", "its id is too long"),
    ]);
  });

  it("is refused without a column of values, as a list of ids for a catalogue is", () => {
    const content = "Id,Name,registryKeyPath,registrySubPath\na;L_A,A,b,c";
    assert.throws(() => readerOf(content)?.read(file(content)), {
      name: "FileError",
      reason: "is a list of settings without a column of their values (value)",
    });
  });

  it("is refused if a quote is not closed", () => {
    const content = 'id,value\na,"1\nb,2\n';
    assert.throws(() => readerOf(content)?.read(file(content)), FileError);
  });

  it("is no other text", () => {
    for (const content of ["id", "value,name", "name,id\n1,2", "Dear all,\n", ""]) {
      assert.equal(readerOf(content), undefined, content);
    }
  });

  it("says that its letters are guessed", () => {
    const bytes = Buffer.concat([Buffer.from("id,value\na;L_A,"), Buffer.from([0xe4])]);
    const reader = READERS.find(({ kind }) => kind === "list of settings");
    const [source] = reader?.read(new SourceFile("a.csv", bytes)) ?? [];
    assert.deepEqual(source?.entries, [setting("a;L_A", "ä")]);
    assert.match(source?.notes[0] ?? "", /Windows-1252/);
  });

  it("that is damaged is refused, or read without an error", () => {
    const reader = READERS.find(({ kind }) => kind === "list of settings");
    assert.ok(reader);
    const { read } = readMutated(
      reader,
      'id,name,value\n"a;L_A",A,"1"\na;L_B,"B ""C""",2\n',
      10_000,
    );
    assert.ok(read > 500, String(read));
  });
});
