/**
 * Templates and programs as large as Office's, of apps that do not exist.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const APPS = 12;
const POLICIES_OF_APP = 200;

/** A setting that a program can name, one of its values, and the registry value that it is. */
export interface InventedSetting {
  readonly id: string;
  readonly value: string;
  readonly key: string;
  readonly valueName: string;
}

/**
 * Writes templates with 4,200 settings, of which 3,600 have a value: of four policies one is a toggle, one has a
 * list of eight values, one has a number, one has three texts.
 */
export function writeTemplates(folder: string): InventedSetting[] {
  mkdirSync(join(folder, "en-us"), { recursive: true });
  const settings: InventedSetting[] = [];
  for (let app = 0; app < APPS; app++) {
    const name = `app${String.fromCharCode(97 + app)}16`;
    const policies: string[] = [];
    const strings: string[] = [`<string id="C">Category of ${name}</string>`];
    const presentations: string[] = [];
    for (let index = 0; index < POLICIES_OF_APP; index++) {
      const policy = `L_InventedPolicyNumber${index}`;
      const made = elementsOf(index);
      const key = `software\\policies\\microsoft\\office\\16.0\\${name}\\part${index}`;
      const head = `name="${policy}" class="User" displayName="$(string.${policy})" explainText="$(string.E${index})" key="${key}"`;
      const rest = `<parentCategory ref="C" /><supportedOn ref="S" />`;
      policies.push(
        made.length === 0
          ? `<policy ${head} valueName="v${index}">${rest}<enabledValue><decimal value="1" /></enabledValue><disabledValue><decimal value="0" /></disabledValue></policy>`
          : `<policy ${head} presentation="$(presentation.${policy})">${rest}<elements>${made.map(({ xml }) => xml).join("")}</elements></policy>`,
      );
      strings.push(`<string id="${policy}">Invented policy ${index} of ${name}</string>`);
      strings.push(`<string id="E${index}">${"A sentence of help about it. ".repeat(12)}</string>`);
      const boxes = made.map(
        ({ id }) => `<textBox refId="${id}"><label>Part ${id}</label></textBox>`,
      );
      presentations.push(`<presentation id="${policy}">${boxes.join("")}</presentation>`);
      const id = `${name};${policy}`;
      if (made.length === 0) settings.push({ id, value: "1", key, valueName: `v${index}` });
      for (const { id: element, value, valueName } of made)
        settings.push({ id: `${id};${element}`, value, key, valueName });
    }
    const labels = Array.from(
      { length: 8 },
      (_, item) => `<string id="I${item}">Level ${item}</string>`,
    );
    writeFileSync(
      join(folder, `${name}.admx`),
      `<policyDefinitions revision="1.0" schemaVersion="1.0"><policyNamespaces><target prefix="${name}" namespace="${name}.Office.Contoso.Policies" /></policyNamespaces><categories><category name="C" displayName="$(string.C)" /></categories><policies>${policies.join("\n")}</policies></policyDefinitions>`,
    );
    writeFileSync(
      join(folder, "en-us", `${name}.adml`),
      `<policyDefinitionResources revision="1.0" schemaVersion="1.0"><resources><stringTable>${[...strings, ...labels].join("\n")}</stringTable><presentationTable>${presentations.join("\n")}</presentationTable></resources></policyDefinitionResources>`,
    );
  }
  return settings;
}

function elementsOf(
  index: number,
): readonly { id: string; xml: string; value: string; valueName: string }[] {
  switch (index % 4) {
    case 0:
      return [];
    case 1: {
      const items = Array.from(
        { length: 8 },
        (_, item) =>
          `<item displayName="$(string.I${item})"><value><decimal value="${item}" /></value></item>`,
      );
      return [
        {
          id: "L_Level",
          xml: `<enum id="L_Level" valueName="level">${items.join("")}</enum>`,
          value: "4",
          valueName: "level",
        },
      ];
    }
    case 2:
      return [
        {
          id: "L_Minutes",
          xml: `<decimal id="L_Minutes" valueName="minutes" minValue="1" maxValue="120" />`,
          value: "10",
          valueName: "minutes",
        },
      ];
    default:
      return ["L_Path", "L_Date", "L_About"].map((id) => ({
        id,
        xml: `<text id="${id}" valueName="${id}" maxLength="260" />`,
        value: "text",
        valueName: id,
      }));
  }
}

/**
 * A `registry.pol` of as many values: those of settings from all over the catalogue.
 *
 * @see https://learn.microsoft.com/openspecs/windows_protocols/ms-gpreg/5c092c22-bf6b-4e7f-b180-b20743d368f5
 */
export function registryPolOf(settings: readonly InventedSetting[], count: number): Buffer {
  const chosen = Array.from(
    { length: count },
    (_, index) => settings[(index * 37) % settings.length],
  );
  const values = chosen.map(({ key, valueName, value } = EMPTY) => {
    const isNumber = /^\d+$/.test(value);
    const data = isNumber ? numberBytes(Number(value)) : wide(`${value}\0`);
    const parts = [wide(`${key}\0`), wide(`${valueName}\0`)];
    parts.push(numberBytes(isNumber ? 4 : 1), numberBytes(data.length), data);
    const separated = parts.flatMap((part, place) => (place === 0 ? [part] : [wide(";"), part]));
    return Buffer.concat([wide("["), ...separated, wide("]")]);
  });
  return Buffer.concat([Buffer.from("PReg"), numberBytes(1), ...values]);
}

const EMPTY: InventedSetting = { id: "", value: "", key: "", valueName: "" };

function wide(text: string): Buffer {
  return Buffer.from(text, "utf16le");
}

function numberBytes(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}

/** Form of settings in a program. */
export type Form = "list" | "map";

/** A program of 500 settings in 25 policies, from all over the catalogue. */
export function programOf(settings: readonly InventedSetting[], form: Form): string {
  const chosen = Array.from(
    { length: 500 },
    (_, index) => settings[(index * 37) % settings.length],
  );
  const policies = Array.from({ length: 25 }, (_, policy) => {
    const lines = chosen.slice(policy * 20, policy * 20 + 20).map((setting) => {
      const [id, value] = [JSON.stringify(setting?.id), JSON.stringify(setting?.value)];
      return form === "list" ? `{ settingId: ${id}, value: ${value} },` : `${id}: ${value},`;
    });
    const [open, close] = form === "list" ? ["[", "]"] : ["{", "}"];
    return `new WindowsOfficeClientConfiguration("p${policy}", { displayName: "P${policy}", policies: ${open}\n${lines.join("\n")}\n${close} });`;
  });
  return `import { WindowsOfficeClientConfiguration } from "pulumi-office-configuration";\n${policies.join("\n")}\n`;
}
