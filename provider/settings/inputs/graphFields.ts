import type { z } from "zod";

/**
 * Forms of a property of a policy. The form decides how a value is read, compared, merged and emptied:
 *
 * | form | absent in Graph | removed from the program | changed by somebody else during an update |
 * | --- | --- | --- | --- |
 * | `text` | `""` | emptied | the program's value is written, with a message |
 * | `number` | unknown | left as it is | the program's value is written |
 * | `settings` | no settings | emptied | settings that the program does not name are kept |
 * | `groups` | no groups | emptied | groups that the program does not name are kept |
 */
export type FieldForm = "text" | "number" | "settings" | "groups";

/** An input that sets a property of a policy in Graph. */
export interface GraphField {
  /** Name of the input. */
  readonly name: string;
  /** Name of the property in Graph's JSON. */
  readonly property: string;
  readonly form: FieldForm;
  /** Whether every policy has it. */
  readonly isRequired: boolean;
  /** Whether a patch may have it. */
  readonly isPatchable: boolean;
}

/** The property that an input sets, under `graph` of its schema's metadata. */
export interface GraphMeta {
  readonly form: FieldForm;
  /** @default the name of the input */
  readonly property?: string;
  /** @default true */
  readonly isPatchable?: boolean;
}

/** The inputs of a schema that set properties of Graph, in the schema's order. */
export function graphFieldsOf(schema: z.ZodObject): GraphField[] {
  return Object.entries(schema.shape).flatMap(([name, field]): GraphField[] => {
    const { graph } = ((field as z.ZodType).meta() ?? {}) as { readonly graph?: GraphMeta };
    if (graph === undefined) return [];
    const { form, property = name, isPatchable = true } = graph;
    return [{ name, property, form, isPatchable, isRequired: !(field as z.ZodType).isOptional() }];
  });
}
