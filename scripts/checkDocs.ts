/**
 * Compiles every TypeScript block of the README and the docs, each as a program of its own.
 *
 * @module
 */
import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

const root = join(__dirname, "..");

/** The blocks of the Markdown files, by the file and line they begin at. */
function blocks(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of ["README.md", "CONTRIBUTING.md", ...globSync("docs/**/*.md", { cwd: root })]) {
    const text = readFileSync(join(root, file), "utf8");
    for (const match of text.matchAll(/^```(?:typescript|ts)\n(.*?)^```$/gms)) {
      const line = text.slice(0, match.index).split("\n").length;
      // In the root, so that the package and its dependencies resolve as in a user's project.
      found.set(
        join(root, `${file.replaceAll(/\W/g, "_")}.line${line}.ts`),
        `${match[1]}\nexport {};\n`,
      );
    }
  }
  return found;
}

const sources = blocks();
const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile) as {
  config: { compilerOptions: object };
};
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
const host = ts.createCompilerHost(options);
const { getSourceFile, fileExists, readFile } = host;
host.getSourceFile = (name, ...rest) => {
  const text = sources.get(name);
  return text === undefined
    ? getSourceFile(name, ...rest)
    : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
};
host.fileExists = (name) => sources.has(name) || fileExists(name);
host.readFile = (name) => sources.get(name) ?? readFile(name);

const program = ts.createProgram([...sources.keys()], options, host);
const problems = ts.getPreEmitDiagnostics(program);
for (const { file, start, messageText } of problems) {
  const place =
    file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  const name = file === undefined ? "" : relative(root, file.fileName);
  process.stderr.write(`${name}:${place} ${ts.flattenDiagnosticMessageText(messageText, "\n")}\n`);
}
process.stdout.write(`${sources.size} TypeScript blocks of the docs compiled\n`);
process.exitCode = problems.length > 0 || sources.size === 0 ? 1 : 0;
