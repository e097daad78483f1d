/**
 * Checks the README and the docs. Every TypeScript block must compile as a program of its own. Every
 * relative link must lead to an existing file and heading; a packed page may link only to packed files; a
 * link to a test must name a test in that file. Pages named in the package's messages must be packed,
 * tarball names must have the current version, and the messages on the page of messages must exist in the
 * package.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

const root = join(__dirname, "..");

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly version: string;
};

/** A Markdown file, with its path from the root. */
interface Page {
  readonly file: string;
  readonly text: string;
}

const files = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "{docs,examples}/**/*.md",
  ".changeset/*.md",
];
const pages: Page[] = globSync(files, { cwd: root }).map((file) => ({
  file,
  text: readFileSync(join(root, file), "utf8"),
}));

/** The code blocks of the Markdown files, by file and first line. */
function blocks(): Map<string, string> {
  const found = new Map<string, string>();
  for (const { file, text } of pages) {
    for (const match of text.matchAll(/^```(?:typescript|ts)(?: file=\S+)?\n(.*?)^```$/gms)) {
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

function compileProblems(sources: Map<string, string>): string[] {
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
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const place =
      file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    const name = file === undefined ? "" : relative(root, file.fileName);
    return `${name}:${place} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

/** A relative link of a page. */
interface Link {
  readonly title: string;
  readonly target: string;
  /** The linked file, from the root. */
  readonly path: string;
  readonly anchor: string | undefined;
}

function linksOf({ file, text }: Page): Link[] {
  const prose = text.replaceAll(/^```.*?^```$/gms, "");
  // A change note moves into the changelog, with its links.
  const folder = dirname(file) === ".changeset" ? "." : dirname(file);
  const links = [...prose.matchAll(/\[((?:[^\][]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g)];
  return links.flatMap(([, title = "", target = ""]) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [name = "", anchor] = target.split("#");
    return [{ title, target, path: name === "" ? file : join(folder, name), anchor }];
  });
}

function linkProblems(page: Page): string[] {
  return linksOf(page).flatMap(({ title, target, path, anchor }) => {
    if (!existsSync(join(root, path))) return [`${page.file}: ${target} is no file`];
    const text = () => readFileSync(join(root, path), "utf8");
    if (anchor !== undefined && !anchors(text()).includes(anchor))
      return [`${page.file}: ${target} is no heading`];
    if (!path.endsWith(".spec.ts") || title.endsWith(".spec.ts")) return [];
    return hasTest(text(), title) ? [] : [`${page.file}: ${target} has no test "${title}"`];
  });
}

/** The anchors that GitHub gives to a page's headings. */
function anchors(text: string): string[] {
  return [...text.replaceAll(/^```.*?^```$/gms, "").matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** A message of this package on the page: code in the first cell of a row. */
const MESSAGE = /^\| `(.+?)` \|/gm;

/** Messages that docs/troubleshooting.md explains but no source of the package contains. */
function unknownMessages(): string[] {
  const file = "docs/troubleshooting.md";
  const page = pages.find((each) => each.file === file);
  // Messages are assembled from parts; the page shows them whole.
  const source = globSync("{provider,cli,policy}/**/*.ts", { cwd: root })
    .map((name) => readFileSync(join(root, name), "utf8").replaceAll(/["'`]\s*\+\s*["'`]/g, ""))
    .join("\n");
  return [...(page?.text.matchAll(MESSAGE) ?? [])]
    .flatMap(([, message = ""]) => message.split("…").map((part) => part.trim()))
    .filter((part) => !source.includes(part))
    .map((part) => `${file}: "${part}" is in no message of the package; give its words of today`);
}

/** The files that npm packs. */
function packedFiles(): Set<string> {
  const argv = ["pack", "--dry-run", "--json", "--silent", "--ignore-scripts"];
  const options = { cwd: root, encoding: "utf8" } as const;
  const [{ files }] = JSON.parse(execFileSync("npm", argv, options)) as [
    { readonly files: readonly { readonly path: string }[] },
  ];
  return new Set(files.map(({ path }) => path));
}

/** Pages that the package's sources name in messages and help but npm does not pack. */
function unpackedPages(packed: ReadonlySet<string>): string[] {
  return globSync("{provider,cli,emulator}/**/*.ts", { cwd: root }).flatMap((file) => {
    const named = readFileSync(join(root, file), "utf8").matchAll(/\bdocs\/[\w/-]+\.md\b/g);
    return [...named]
      .filter(([page]) => !packed.has(page))
      .map(([page]) => `${file}: ${page} is not in the package`);
  });
}

/** Links from packed pages to files that npm does not pack: dead in an installed package. */
function unpackedLinks(packed: ReadonlySet<string>): string[] {
  const isPacked = (path: string) =>
    packed.has(path) || [...packed].some((file) => file.startsWith(`${path}/`));
  return pages
    .filter(({ file }) => packed.has(file))
    .flatMap((page) =>
      linksOf(page)
        .filter(({ path }) => !isPacked(path))
        .map(({ target }) => `${page.file}: ${target} is not in the package`),
    );
}

/** Tarball names of the package with an outdated version. */
function oldTarballs({ file, text }: Page): string[] {
  const names = text.matchAll(/\bpulumi-office-configuration-(\d+\.\d+\.\d+)\.tgz/g);
  return [...names]
    .filter(([, version]) => version !== manifest.version)
    .map(([name]) => `${file}: ${name} is not the version of package.json, ${manifest.version}`);
}

/** Whether a test file has a title; `…` in the title matches text that is filled in when the tests run. */
function hasTest(source: string, title: string): boolean {
  return title.split("…").every((part) => source.includes(part.trim()));
}

const sources = blocks();
const packed = packedFiles();
const problems = [
  ...compileProblems(sources),
  ...pages.flatMap(linkProblems),
  ...pages.flatMap(oldTarballs),
  ...unpackedPages(packed),
  ...unpackedLinks(packed),
  ...unknownMessages(),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(
  `${pages.length} pages of documentation: ${sources.size} TypeScript blocks compiled, links followed\n`,
);
process.exitCode = problems.length > 0 || sources.size === 0 ? 1 : 0;
