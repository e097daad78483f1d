/**
 * The view of an editor on a program that uses this package.
 *
 * @module
 */
import { join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "..");
const FILE = join(root, "test", "types", "inAnEditor.ts");

/** Position of the cursor in a program. */
export const CURSOR = "▮";

/** The TypeScript language service, which every editor asks, over the sources and a program that exists only here. */
export class Editor {
  #text = "";
  #version = 0;
  readonly #service: ts.LanguageService;

  /**
   * @param imports - Beginning of the programs.
   * @param beside - Texts of files in the program's folder, which exist only here.
   */
  constructor(
    private readonly imports: string,
    beside: Readonly<Record<string, string>> = {},
  ) {
    const others = new Map(
      Object.entries(beside).map(([name, text]) => [join(FILE, "..", name), text] as const),
    );
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile) as {
      config: unknown;
    };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    this.#service = ts.createLanguageService({
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      readFile: (file) => ts.sys.readFile(file),
      directoryExists: (folder) => ts.sys.directoryExists(folder),
      getDirectories: (folder) => ts.sys.getDirectories(folder),
      getCompilationSettings: () => options,
      getScriptFileNames: () => [FILE, ...others.keys()],
      getScriptVersion: (file) => (file === FILE ? String(this.#version) : "0"),
      getScriptSnapshot: (file) => {
        const text = file === FILE ? this.#text : (others.get(file) ?? ts.sys.readFile(file));
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (file) => file === FILE || others.has(file) || ts.sys.fileExists(file),
    });
  }

  /** Opens a program. @returns the place of the cursor. */
  #open(body: string): number {
    const text = `${this.imports}\n${body}\n`;
    this.#text = text.replace(CURSOR, "");
    this.#version += 1;
    return text.indexOf(CURSOR);
  }

  /** Problems of a program, each on one line. */
  problems(body: string): string[] {
    this.#open(body);
    return this.#service
      .getSemanticDiagnostics(FILE)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
  }

  /** Names that are offered at the cursor. */
  completions(body: string): string[] {
    const place = this.#open(body);
    const found = this.#service.getCompletionsAtPosition(FILE, place, undefined);
    return (found?.entries ?? []).map(({ name }) => name);
  }

  /** The words beside one of the offers. */
  documentation(body: string, name: string): string {
    const place = this.#open(body);
    const none = undefined;
    const found = this.#service.getCompletionEntryDetails(
      FILE,
      place,
      name,
      none,
      none,
      none,
      none,
    );
    return ts.displayPartsToString(found?.documentation);
  }

  /** Text that is shown where the mouse rests: words, then tags. */
  hover(body: string): string {
    const place = this.#open(body);
    const found = this.#service.getQuickInfoAtPosition(FILE, place);
    const tags = (found?.tags ?? []).map(
      ({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`,
    );
    return [
      ts.displayPartsToString(found?.displayParts),
      ts.displayPartsToString(found?.documentation),
      ...tags,
    ].join("\n");
  }
}
