import assert from "node:assert/strict";
import { join } from "node:path";
import { ESLint } from "eslint";

const ROOT = join(__dirname, "..", "..");

const RULE = "import-x/no-restricted-paths";

/** An import planted in a file, and the beginning of what the linter says of it. */
const PLANTED: readonly (readonly [
  file: string,
  specifier: string,
  message: RegExp | undefined,
])[] = [
  ["provider/text/nesting.ts", "../graph", /provider\/text is below/],
  ["provider/graph/gate.ts", "../settings/json", /provider\/graph is below/],
  ["provider/settings/stored.ts", "../api/silence", /provider\/settings is below/],
  ["provider/settings/stored.ts", "../catalogue/read", /provider\/settings is below/],
  ["provider/catalogue/read.ts", "../api/silence", /provider\/catalogue is below/],
  ["provider/catalogue/read.ts", "../intune/reading", /provider\/catalogue is below/],
  ["provider/intune/reading.ts", "../api/silence", /provider\/intune is below/],
  ["provider/api/silence.ts", "../update/claims", /provider\/api is below/],
  [
    "provider/update/claims.ts",
    "../resources/clientConfiguration/bodies",
    /provider\/update is below/,
  ],
  [
    "provider/resources/clientConfiguration/bodies.ts",
    "../../host/check",
    /provider\/resources is below/,
  ],
  ["provider/host/check.ts", "../program/declared", /provider\/host is below/],
  ["provider/program/declared.ts", "../graph", /would load zod, a catalogue or the Graph/],
  ["provider/program/declared.ts", "../settings/inputs/problems", /would load zod/],
  ["provider/program/clientConfiguration/resource.ts", "../../api/silence", /would load zod/],
  ["provider/program/declared.ts", "../catalogue/read", /would load zod, a catalogue/],
  ["provider/program/declared.ts", "../intune/reading", /would load zod, a catalogue/],
  ["provider/program/lookups/types.ts", "../../api/silence", /would load zod/],
  ["cli/session.ts", "../provider/update/claims", /cli\/ uses the public surface/],
  ["policy/validate.ts", "../provider/update/claims", /policy\/ uses the public surface/],
  ["policy/validate.ts", "../provider/graph", /policy\/ uses the public surface/],
  ["policy/validate.ts", "../cli/options", /policy\/ uses the public surface/],
  ["emulator/createEmulator.ts", "../policy/validate", /shares no code/],
  ["emulator/createEmulator.ts", "../provider/settings/json", /shares no code/],
  ["emulator/graph/query.ts", "../officeConfiguration/vocabulary", /knows no API/],
  ["emulator/graph/query.ts", "../deviceManagement/vocabulary", /knows no API/],
  ["provider/program/lookups/run/ask.ts", "../../../graph", undefined],
  ["provider/host/check.ts", "../settings/json", undefined],
  ["cli/session.ts", "../provider/graph", undefined],
  ["cli/session.ts", "../provider/catalogue/read", undefined],
  ["cli/session.ts", "../provider/intune/reading", undefined],
  ["policy/validate.ts", "../provider/catalogue/read", undefined],
  ["policy/validate.ts", "../provider/graph/config/settingSources", undefined],
];

describe("the layers", () => {
  // The one rule, which needs no types of the whole project.
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) => ruleId === RULE,
  });

  for (const [file, specifier, message] of PLANTED) {
    it(`${message === undefined ? "allow" : "refuse"} an import of ${specifier} in ${file}`, async () => {
      const text = `import * as planted from "${specifier}";\nexport const used = planted;\n`;
      const [result] = await eslint.lintText(text, { filePath: join(ROOT, file) });
      const said = result?.messages
        .filter(({ ruleId }) => ruleId === RULE)
        .map(({ message }) => message);
      if (message === undefined) assert.deepEqual(said, []);
      else assert.match(said?.join("\n") ?? "", message);
    });
  }
});
