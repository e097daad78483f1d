/**
 * Administrative templates of an app that does not exist.
 *
 * @module
 */
import type { TemplateFolder } from "../cli/catalogue/admx/folder";
import { readTemplates, type TemplateSettings } from "../cli/catalogue/admx/templates";

/** A folder in memory. Files are text, which is written as UTF-8, or bytes. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): TemplateFolder {
  const file = (name: string) => ({
    name,
    read: () => {
      const content = files[name] ?? "";
      return typeof content === "string" ? Buffer.from(content, "utf8") : content;
    },
  });
  return {
    path: "templates",
    templates: Object.keys(files)
      .filter((name) => name.endsWith(".admx"))
      .map(file),
    textFile: (template, language) => {
      const name = `${language}/${template.replace(/admx$/, "adml")}`;
      return name in files ? file(name) : undefined;
    },
  };
}

export function read(
  files: Readonly<Record<string, string | Uint8Array>>,
  language?: string,
): TemplateSettings {
  return readTemplates([folderOf(files)], language);
}

interface AdmxOptions {
  readonly prefix?: string;
  readonly namespace?: string;
  readonly using?: string;
  readonly categories?: string;
}

/** A template around policies. */
export function admx(policies: string, options: AdmxOptions = {}): string {
  const { prefix = "calc16", using = "", categories = "" } = options;
  const { namespace = `${prefix}.Office.Contoso.Policies` } = options;
  return `<?xml version="1.0" encoding="utf-8"?>
<policyDefinitions revision="1.2" schemaVersion="1.0" xmlns="http://schemas.example/PolicyDefinitions">
  <policyNamespaces><target prefix="${prefix}" namespace="${namespace}" />${using}</policyNamespaces>
  <categories>${categories}</categories>
  <policies>${policies}</policies>
</policyDefinitions>`;
}

/** Texts around strings and presentations. */
export function adml(strings: Readonly<Record<string, string>>, presentations = ""): string {
  const table = Object.entries(strings).map(
    ([id, text]) => `<string id="${id}">${escaped(text)}</string>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<policyDefinitionResources revision="1.0" schemaVersion="1.0">
  <resources><stringTable>${table.join("")}</stringTable>
  <presentationTable>${presentations}</presentationTable></resources>
</policyDefinitionResources>`;
}

export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;")
    .replaceAll("]]>", "]]&gt;");
}
