import type { BenchProject } from "../project";

const GROUP = "11111111-1111-4111-8111-11111111111a";

/** Writes a program of so many policies, each with two settings and a group. */
export function writeProgram(project: BenchProject, policies: number, value: string): void {
  project.write(
    "index.js",
    `const office = require("pulumi-office-configuration");
for (let index = 0; index < ${policies}; index++) {
  new office.WindowsOfficeClientConfiguration(\`policy-\${index}\`, {
    displayName: \`Policy \${index}\`,
    policies: [
      { settingId: "office16;L_SendFeedback", value: ${JSON.stringify(value)} },
      { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "2" },
    ],
    assignments: [${JSON.stringify(GROUP)}],
  });
}
`,
  );
}
