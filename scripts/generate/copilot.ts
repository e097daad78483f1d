/**
 * Types of the arguments of Copilot's settings: the known ones with their values, for editors to offer, and any other.
 *
 * @module
 */
import { COPILOT_SETTINGS } from "../../provider/settings/copilotSettings";
import { copilotPolicySettingSchema } from "../../provider/settings/inputs/copilotPolicySetting";
import { type Field, fieldsOf, interfaceOf } from "./fields";

const ANY_TEXT = "(string & {})";

/** The module with these types. */
export function copilotArgs(source: string): string {
  const fields = fieldsOf(copilotPolicySettingSchema);
  const [own, others] = [true, false].map((isOwn) =>
    fields.filter(({ name }) => ["setting", "value"].includes(name) === isOwn),
  ) as [Field[], Field[]];
  const [setting, value] = own.map(({ description }) => description);
  const known = Object.entries(COPILOT_SETTINGS).map(([id, { name, values }]) => {
    const meanings = Object.entries(values).map(([each, meaning]) => `\`"${each}"\` ${meaning}`);
    const texts = [...Object.keys(values).map((each) => JSON.stringify(each)), ANY_TEXT];
    return `  | {
      /** ${name}. */
      readonly setting: ${JSON.stringify(id)};
      /** ${name}: ${meanings.join(", ")}. */
      readonly value: pulumi.Input<${texts.join(" | ")}>;
    }`;
  });
  // The ids of the known settings once more: editors offer these before a value says which member is meant.
  const ids = [...Object.keys(COPILOT_SETTINGS).map((id) => JSON.stringify(id)), ANY_TEXT];
  return `// ${source}
import type * as pulumi from "@pulumi/pulumi";

${interfaceOf("CopilotSettingOptions", "Properties of a setting besides its id and value.", others)}

/** One of Copilot's settings, and its value. The known ones are there for editors to offer; any other id is as good. */
export type CopilotPolicySettingArgs = CopilotSettingOptions & (
${known.join("\n")}
  | {
      /** ${setting} */
      readonly setting: pulumi.Input<${ids.join(" | ")}>;
      /** ${value} */
      readonly value: pulumi.Input<${ANY_TEXT}>;
    }
);
`;
}
