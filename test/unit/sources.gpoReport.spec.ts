import { strict as assert } from "node:assert";
import type { NamedEntry } from "../../cli/sources/source";
import { wideFile } from "../policyFiles";
import {
  entriesOfBytes,
  entryText,
  refusalOfBytes,
  sourceOfBytes,
  sourcesOfBytes,
} from "../readBytes";

const NAMESPACE = 'xmlns="http://www.microsoft.com/GroupPolicy/Settings"';
const HEADER = '<?xml version="1.0" encoding="utf-16"?>\n';

const gpo = (body: string, name = "Office"): string =>
  `<GPO ${NAMESPACE}><Name>${name}</Name>${body}</GPO>`;
const half = (name: string, settings: string, type = "q1:RegistrySettings"): string =>
  `<${name}><Enabled>true</Enabled><ExtensionData><Extension xmlns:q1="a" xmlns:i="b" i:type="${type}">${settings}</Extension><Name>${type}</Name></ExtensionData></${name}>`;
const report = (settings: string): string => gpo(half("User", settings));
const policy = (state: string, elements = ""): string =>
  `<q1:Policy><q1:Name>Macros</q1:Name><q1:State>${state}</q1:State><q1:Explain>…</q1:Explain><q1:Category>Contoso/Security</q1:Category>${elements}</q1:Policy>`;
const named = (settings: string): NamedEntry => {
  const [entry] = sourceOfBytes(report(settings)).entries;
  assert.ok(entry?.form === "named");
  return entry;
};
const conditions = (body: string): readonly string[] => sourceOfBytes(gpo(body)).conditions;

describe("a resultant set of policy", () => {
  const rsop = (user: string, computer = ""): string =>
    `<Rsop xmlns="http://www.microsoft.com/GroupPolicy/Rsop"><UserResults>${user}</UserResults><ComputerResults>${computer}</ComputerResults></Rsop>`;
  const settings = (...each: string[]): string =>
    `<ExtensionData><Extension type="q:RegistrySettings">${each.join("")}</Extension></ExtensionData>`;

  it("has what applies to a user on a computer, and names what another GPO overrules", () => {
    const setting = (key: string, precedence: number) =>
      `<RegistrySetting><GPO><Identifier>{A}</Identifier></GPO><Precedence>${precedence}</Precedence><KeyPath>${key}</KeyPath><Value><Name>V</Name><Number>1</Number></Value></RegistrySetting>`;
    const text = rsop(
      `<Name>CONTOSO\\ada</Name><Loopback>Merge</Loopback>${settings(setting("K", 1), setting("K", 2))}`,
      `<SOM>contoso.example/PCs</SOM><Loopback>None</Loopback>${settings(setting("M", 1))}`,
    );
    const { name, kind, entries, conditions } = sourceOfBytes(wideFile(HEADER + text));
    assert.deepEqual([name, kind], ["CONTOSO\\ada", "resultant set of policy"]);
    assert.deepEqual(entries.map(entryText), [
      "user K|V set REG_DWORD 1",
      "K: a GPO of higher precedence sets it, too",
      "machine M|V set REG_DWORD 1",
    ]);
    assert.deepEqual(conditions, [
      'the GPOs of "CONTOSO\\ada" on "contoso.example/PCs", whose resultant set it is',
      "loopback processing (merge): its settings for users depend on the computer",
    ]);
  });

  it("may be of nobody in particular", () => {
    const { name, conditions } = sourceOfBytes(rsop("<Name/><Loopback>None</Loopback>"), "a.xml");
    assert.equal(name, "a");
    assert.deepEqual(conditions, ["the GPOs of a user on a computer, whose resultant set it is"]);
  });
});

describe("a GPO report", () => {
  it("has policies by their names, as Windows writes it", () => {
    const text =
      HEADER +
      gpo(half("User", policy("Enabled")) + half("Computer", policy("Disabled")), "Büro ☃");
    const source = sourceOfBytes(wideFile(text), "a/report.xml");
    const entry = {
      form: "named",
      policy: "Macros",
      category: ["Contoso", "Security"],
      elements: [],
    };
    assert.deepEqual(source, {
      name: "Büro ☃",
      path: "a/report.xml",
      kind: "GPO report",
      entries: [
        { ...entry, hive: "user", state: "enabled" },
        { ...entry, hive: "machine", state: "disabled" },
      ],
      conditions: [],
      notes: [],
    });
    assert.equal(named(policy("NotConfigured")).state, "notConfigured");
    // Written again by a tool, it declares UTF-16 and is UTF-8.
    assert.equal(sourceOfBytes(text).name, "Büro ☃");
  });

  it("may have several GPOs, each with its comment", () => {
    const text = `<report>${gpo("<Comment> For\nSales </Comment>", "A")}${gpo("", " ")}</report>`;
    const sources = sourcesOfBytes(text, "all.xml");
    assert.deepEqual(
      sources.map(({ name, description }) => [name, description]),
      [
        ["A", "For Sales"],
        ["all", undefined],
      ],
    );
    assert.match(refusalOfBytes(`<report ${NAMESPACE}/>`), /^it is a report without a GPO$/);
    assert.match(refusalOfBytes("<report><GPO/></report>"), /^it is XML of another kind: <report>/);
  });

  it("has the elements of a policy by their labels", () => {
    const element = (kind: string, value: string, state = "Enabled") =>
      `<q1:${kind}><q1:Name>The ${kind}:</q1:Name><q1:State>${state}</q1:State>${value}</q1:${kind}>`;
    const { elements } = named(
      policy(
        "Enabled",
        [
          "<q1:Text><q1:Name>Choose</q1:Name></q1:Text>",
          element("DropDownList", "<q1:Value><q1:Name>High</q1:Name></q1:Value>"),
          element("DropDownList", ""),
          element("CheckBox", ""),
          element("CheckBox", "", "Disabled"),
          element("CheckBox", "", "NotConfigured"),
          element("Numeric", "<q1:Value>42</q1:Value>"),
          element("Numeric", "<q1:Value>many</q1:Value>"),
          element("EditText", "<q1:Value>C:\\ x\n</q1:Value>"),
          element("EditText", "", "NotConfigured"),
          element("ListBox", "<q1:Value><q1:Element><q1:Data>a</q1:Data></q1:Element></q1:Value>"),
          element("MultiText", "<q1:Value><q1:string>a</q1:string></q1:Value>"),
          "<q1:Slider/>",
        ].join(""),
      ),
    );
    assert.deepEqual(elements, [
      { label: "The DropDownList:", value: { kind: "item", label: "High" } },
      { label: "The DropDownList:", value: undefined },
      { label: "The CheckBox:", value: { kind: "checked", isChecked: true } },
      { label: "The CheckBox:", value: { kind: "checked", isChecked: false } },
      { label: "The Numeric:", value: { kind: "number", number: "42" } },
      { label: "The Numeric:", value: undefined },
      { label: "The EditText:", value: { kind: "text", text: "C:\\ x\n" } },
      { label: "The ListBox:", value: { kind: "list" } },
      { label: "The MultiText:", value: { kind: "list" } },
      { label: "", value: undefined },
    ]);
  });

  it("has values that no template names, and says what it does not tell", () => {
    const setting = (key: string, value: string) =>
      `<RegistrySetting><KeyPath>${key}</KeyPath><AdmSetting>false</AdmSetting>${value}</RegistrySetting>`;
    const value = (data: string) => `<Value><Name>V</Name>${data}</Value>`;
    assert.deepEqual(
      entriesOfBytes(
        report(
          [
            "<Blocked>false</Blocked>",
            setting("K", value("<Number>1</Number>")),
            setting("K", value("<Number>4294967296</Number>")),
            setting("K", value("<Number>-1</Number>")),
            setting("K", value("<String> a </String>")),
            setting("K", value("<ExpandString>%A%</ExpandString>")),
            setting("K", value("<Binary>01</Binary>")),
            setting("K", value("<Error>5</Error>")),
            setting("K", value("")),
            setting("K", ""),
            setting("", value("<Number>1</Number>")),
            "<Policy><State>Enabled</State></Policy>",
            "<Policy><Name>P</Name><State>Aktiviert</State></Policy>",
            "<Other/>",
          ].join(""),
        ),
      ),
      [
        "user K|V set REG_DWORD 1",
        "user K|V set REG_QWORD 4294967296",
        "K\\V: its data is in no form that is known",
        "user K|V set REG_SZ  a ",
        "user K|V set REG_EXPAND_SZ %A%",
        "user K|V set REG_BINARY",
        "K\\V: its data is in no form that is known",
        "K\\V: its data is in no form that is known",
        "K: the report names its key and no value, as it does for a deletion",
        "a registry setting: it has no key",
        "a policy: it has no name",
        "P: its state is not known",
        "Other: it is a part of a report that is not known",
      ],
    );
  });

  it("has registry items of preferences, and names other settings", () => {
    const preferences =
      '<RegistrySettings><Registry name="L"><GPOSettingOrder>1</GPOSettingOrder><Properties hive="HKEY_CURRENT_USER" key="K" name="V" type="REG_SZ" value="%x%"><Values/></Properties><Filters><FilterUser name="a"/></Filters></Registry></RegistrySettings>';
    const security = half("Computer", "<Account/>", "q1:SecuritySettings");
    const { entries, conditions, notes } = sourceOfBytes(gpo(half("User", preferences) + security));
    assert.equal(entries.length, 1);
    assert.deepEqual(conditions, ['item-level targeting by user "a" of L']);
    assert.deepEqual(notes, [
      "Group Policy Preferences replace the variables in V, and Cloud Policy does not",
      "Other settings of computers are not read: q1:SecuritySettings",
    ]);
  });

  it("tells the state, the WMI filter, the links and loopback processing", () => {
    const off = (name: string) => `<${name}><Enabled>false</Enabled></${name}>`;
    const link = (path: string, isOn: boolean, isEnforced: boolean) =>
      `<LinksTo><SOMName>x</SOMName><SOMPath>${path}</SOMPath><Enabled>${isOn}</Enabled><NoOverride>${isEnforced}</NoOverride></LinksTo>`;
    assert.deepEqual(conditions(off("User")), ["its settings for users are turned off"]);
    assert.deepEqual(conditions(off("Computer")), ["its settings for computers are turned off"]);
    assert.deepEqual(conditions(off("User") + off("Computer")), [
      "the GPO is turned off: it applies to nobody",
    ]);
    assert.deepEqual(conditions("<FilterName>Laptops</FilterName>"), ['the WMI filter "Laptops"']);
    assert.deepEqual(conditions(link("a.example/B", true, false) + link("c", false, true)), [
      'the link to "a.example/B"',
      'the link to "c", which is turned off, which is enforced',
    ]);
    const loopback = policy(
      "Enabled",
      "<q1:DropDownList><q1:Value><q1:Name>Merge</q1:Name></q1:Value></q1:DropDownList>",
    ).replace("Macros", "Configure user Group Policy loopback processing mode");
    assert.deepEqual(conditions(half("Computer", loopback)), [
      "loopback processing (merge): its settings for users depend on the computer",
    ]);
    assert.deepEqual(conditions(half("Computer", loopback.replace("Enabled", "Disabled"))), []);
  });

  it("tells which GPO it is of", () => {
    const identifier = (parts: string) =>
      sourceOfBytes(gpo(`<Identifier>${parts}</Identifier>`)).gpo;
    assert.deepEqual(identifier("<Identifier>{AB}</Identifier><Domain>Contoso.example</Domain>"), {
      id: "{ab} contoso.example",
    });
    assert.equal(identifier("<Domain>contoso.example</Domain>"), undefined);
  });

  it("tells who may apply the GPO, unless that is everybody", () => {
    const apply = "edacfd8f-ffb3-11d1-b41d-00a0c968f939";
    const trustee = (sid: string, name: string) =>
      `<TrusteePermissions><Trustee><SID>${sid}</SID><Name>${name}</Name></Trustee></TrusteePermissions>`;
    const security = (entries: string) =>
      conditions(
        `<SecurityDescriptor><SDDL>O:DAG:DAD:PAI${entries}S:AI(OU;CIIDSA;CR;${apply};;WD)</SDDL><Permissions>${trustee("S-1-5-21-1-2-3-1104", "CONTOSO\\Sales")}</Permissions></SecurityDescriptor>`,
      );
    const allow = (who: string) => `(OA;CI;CR;${apply.toUpperCase()};;${who})`;
    const edit = "(A;CI;CCDCLCSWRPWPDTLOSDRCWDWO;;;DA)";
    assert.deepEqual(security(edit + allow("AU")), []);
    assert.deepEqual(security(edit + allow("S-1-5-11") + allow("DA")), []);
    assert.deepEqual(security(edit), ["security filtering: nobody may apply it"]);
    assert.deepEqual(
      security(allow("S-1-5-21-1-2-3-1104") + allow("DU") + allow("DU") + allow("constructor")),
      ['security filtering: only "CONTOSO\\Sales", "Domain Users", "constructor" may apply it'],
    );
    assert.deepEqual(security(`${allow("AU")}(OD;CI;CR;${apply};;DA)`), [
      'security filtering: "Domain Admins" may not apply it',
    ]);
    assert.deepEqual(security("(A;;0x100;;;AU)"), []);
    assert.deepEqual(security("(A;;0x200;;;AU)(A;CIIO;CR;;;AU)(A;;GR;;;AU)"), [
      "security filtering: nobody may apply it",
    ]);
    assert.deepEqual(conditions("<SecurityDescriptor/>"), []);
  });
});
