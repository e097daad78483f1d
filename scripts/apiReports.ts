/**
 * Writes the package's public surface to docs/development/api/, from the declarations in dist/. With
 * `--check`, only says whether the reports are up to date, and what differs.
 *
 * @module
 */
import { join } from "node:path";
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type IConfigFile,
} from "@microsoft/api-extractor";

const root = join(__dirname, "..");
const isCheck = process.argv.includes("--check");

/** The reports by name, with the declarations they are made from. */
const REPORTS = {
  "pulumi-office-configuration": "dist/provider/index.d.ts",
  emulator: "dist/emulator/index.d.ts",
  "policy-pack": "dist/policy/index.d.ts",
};

function configOf(reportFileName: string, entry: string): IConfigFile {
  const none = { logLevel: ExtractorLogLevel.None, addToApiReportFile: false };
  return {
    projectFolder: root,
    mainEntryPointFilePath: join(root, entry),
    compiler: { tsconfigFilePath: join(root, "tsconfig.build.json") },
    apiReport: {
      enabled: true,
      reportFileName,
      reportFolder: join(root, "docs/development/api"),
      reportTempFolder: join(root, "coverage/api"),
      // The outputs of resources are in interfaces that are not exported.
      includeForgottenExports: true,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      extractorMessageReporting: {
        default: { logLevel: ExtractorLogLevel.Warning },
        "ae-forgotten-export": none,
        // An export without a tag is public.
        "ae-missing-release-tag": none,
        "ae-undocumented": none,
      },
      tsdocMessageReporting: {
        default: { logLevel: ExtractorLogLevel.Warning },
        // Editors know @default; TSDoc only @defaultValue.
        "tsdoc-undefined-tag": none,
      },
    },
  };
}

const failed = Object.entries(REPORTS).filter(([name, entry]) => {
  const config = ExtractorConfig.prepare({
    configObject: configOf(name, entry),
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, "package.json"),
  });
  const { succeeded, apiReportChanged } = Extractor.invoke(config, {
    localBuild: !isCheck,
    printApiReportDiff: isCheck,
    messageCallback: (message) => {
      if (message.messageId.startsWith("console-preamble")) {
        message.logLevel = ExtractorLogLevel.None;
      }
    },
  });
  return isCheck ? apiReportChanged || !succeeded : !succeeded;
});
for (const [name] of failed) {
  process.stderr.write(`docs/development/api/${name}.api.md differs: npm run api\n`);
}
process.exitCode = failed.length > 0 ? 1 : 0;
