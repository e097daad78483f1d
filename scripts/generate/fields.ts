/**
 * The fields of a schema, as an interface of a program's arguments and as a table of the reference.
 *
 * @module
 */
import { z } from "zod";
import type { FieldForm, GraphField } from "../../provider/settings/inputs/graphFields";

/** A field of an interface, and a row of a table. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string;
}

interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly tsType?: string;
  readonly description?: string;
  readonly items?: FieldSchema;
  readonly anyOf?: readonly FieldSchema[];
}

/** The fields of a schema, in its order. */
export function fieldsOf(schema: z.ZodObject): Field[] {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as {
    properties: Record<string, FieldSchema>;
    required?: string[];
  };
  return Object.entries(json.properties).map(([name, field]) => ({
    name,
    type: field.tsType ?? `pulumi.Input<${plainType(name, field)}>`,
    isRequired: json.required?.includes(name) ?? false,
    description: field.description ?? "",
  }));
}

function plainType(name: string, field: FieldSchema): string {
  if (field.anyOf) return field.anyOf.map((option) => plainType("", option)).join(" | ");
  const types = field.type ?? "";
  if (typeof types !== "string") return types.join(" | ");
  switch (types) {
    case "string":
    case "boolean":
    case "null":
      return types;
    case "integer":
    case "number":
      return "number";
    case "array":
      return `readonly ${plainType("", field.items ?? {})}[]`;
    default:
      throw new Error(`scripts/generate.ts has no type for the field ${name}`);
  }
}

/** An interface with a doc comment for each field. */
export function interfaceOf(
  name: string,
  comment: string,
  fields: readonly Field[],
  parent?: string,
): string {
  const lines = fields.flatMap(({ name: key, type, isRequired, description }) => [
    `  /** ${description} */`,
    `  readonly ${/^\w+$/.test(key) ? key : JSON.stringify(key)}${isRequired ? "" : "?"}: ${type}${isRequired ? "" : " | undefined"};`,
  ]);
  const head = parent === undefined ? name : `${name} extends ${parent}`;
  return [`/** ${comment} */`, `export interface ${head} {`, ...lines, "}"].join("\n");
}

/** An interface with the properties of a policy, as types by their form. */
export function propertiesOf(
  head: string,
  fields: readonly GraphField[],
  described: readonly Field[],
  typeOf: (form: FieldForm) => string,
  wrap: (type: string, isRequired: boolean) => string,
  noteOf: (form: FieldForm) => string = () => "",
): string {
  const lines = fields.flatMap(({ name, form, isRequired }) => [
    `  /** ${summary(described.find((field) => field.name === name)?.description ?? "")}${noteOf(form)} */`,
    `  readonly ${name}${wrap(typeOf(form), isRequired)};`,
  ]);
  return [`${head} {`, ...lines, "}"].join("\n");
}

/** The first clause of a description: the rest is only about a program's inputs. */
function summary(description: string): string {
  return `${description.split(/[.:] |: /)[0]?.replace(/\.$/, "")}.`;
}

/** A type for the reference: without the parts that only editors need. */
function plain(type: string): string {
  return type
    .replaceAll("pulumi.", "")
    .replaceAll(/readonly (?=[^;{}]*\[\])/g, "")
    .replaceAll("KnownOfficeSettings[keyof KnownOfficeSettings] | ", "")
    .replaceAll(/Input<[^<>]*\(string & \{\}\)>/g, "Input<string>");
}

/** A table with a row for each field. */
export function tableOf(fields: readonly Field[]): string {
  const rows = fields.map(
    ({ name, type, isRequired, description }) =>
      `| \`${name}\`${isRequired ? " (required)" : ""} | \`${plain(type).replaceAll("|", "\\|")}\` | ${description} |`,
  );
  return ["| input | type | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}
