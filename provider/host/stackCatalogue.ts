import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { BUILD_COMMAND, CATALOGUE_FILE, DEFINE_ADVICE } from "../catalogue/catalogue";
import { CatalogueError } from "../catalogue/catalogueError";
import { KnownSettings } from "../catalogue/knownSettings";
import { MAX_CATALOGUE_LENGTH, readCatalogue } from "../catalogue/read";
import type { SessionSummary } from "../graph";
import { projectFolder } from "../graph/config/projectFolder";
import { IntuneSettings } from "../intune/intuneSettings";
import type { Glossary } from "../settings/glossary";

/**
 * The catalogue of a stack's project. Reads the file on first use, once per process: an update that neither
 * checks nor shows a setting does not read it.
 */
export class StackCatalogue {
  /** Undefined until the first use. */
  #read: { readonly known?: KnownSettings; readonly error?: CatalogueError } | undefined;
  #isRefusing = false;
  #intune: IntuneSettings | undefined;

  /**
   * @param folder - Folder of the program: Pulumi starts a dynamic provider there.
   * @param say - Shows a line to the user, once.
   */
  constructor(
    private readonly config: Pick<SessionSummary, "catalogue" | "catalogueCheck">,
    private readonly folder: string,
    private readonly say: (line: string) => void,
  ) {}

  get check(): "error" | "warn" | "off" {
    return this.config.catalogueCheck ?? "error";
  }

  /**
   * The catalogue; undefined if the project has none.
   *
   * @throws CatalogueError if it cannot be used.
   */
  get(): KnownSettings | undefined {
    this.#read ??= this.#load();
    if (this.#read.error !== undefined) throw this.#read.error;
    return this.#read.known;
  }

  /**
   * The catalogue, by Intune's definitions.
   *
   * @throws CatalogueError if there is none, if it cannot be used, or if it has no definitions.
   */
  intune(): IntuneSettings {
    const known = this.get();
    const shown = this.config.catalogue ?? CATALOGUE_FILE;
    if (known === undefined) {
      throw new CatalogueError(
        shown,
        "there is no such file, and Intune's definitions are in it",
        DEFINE_ADVICE,
      );
    }
    this.#intune ??= new IntuneSettings(known);
    if (this.#intune.hasDefinitions) return this.#intune;
    throw new CatalogueError(shown, "it has no definitions of Intune's", DEFINE_ADVICE);
  }

  /** Words of settings. If the catalogue cannot be used, says so and knows no words. */
  readonly glossary: Glossary = (id) => {
    try {
      return this.get()?.glossary(id);
    } catch (error) {
      this.sayFailure(error as CatalogueError);
      return undefined;
    }
  };

  /** True on the first call only: advice about the catalogue is given once per run. */
  isFirstRefusal(): boolean {
    const isFirst = !this.#isRefusing;
    this.#isRefusing = true;
    return isFirst;
  }

  /** Says why the catalogue cannot be used. */
  sayFailure({ message }: CatalogueError): void {
    this.say(`settings are neither named nor checked: ${message}`);
  }

  #load(): { readonly known?: KnownSettings; readonly error?: CatalogueError } {
    const { catalogue: named } = this.config;
    const shown = named ?? CATALOGUE_FILE;
    const file = resolve(projectFolder(this.folder) ?? this.folder, shown);
    if (named === undefined && !existsSync(file)) return {};
    try {
      return { known: new KnownSettings(readCatalogue(textOf(file, shown), shown)) };
    } catch (error) {
      if (!(error instanceof CatalogueError)) throw error;
      return { error };
    }
  }
}

function textOf(file: string, shown: string): string {
  try {
    const { size } = fileAt(file);
    if (size <= 4 * MAX_CATALOGUE_LENGTH) return readFileSync(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      const advice = `Build it: ${BUILD_COMMAND}. Or correct officeConfiguration:catalogue, which is relative to the folder of Pulumi.yaml.`;
      throw new CatalogueError(shown, `there is no file ${file}`, advice, { cause });
    }
    const reason = `${file} cannot be read (${code ?? String(cause)})`;
    throw new CatalogueError(shown, reason, "Make it readable for the user who runs pulumi.", {
      cause,
    });
  }
  const advice = `Build it again: ${BUILD_COMMAND}.`;
  throw new CatalogueError(shown, `${file} is too big`, advice);
}

/** Facts about a file. A folder, a pipe or a device is refused: reading one may never end. */
function fileAt(file: string): { readonly size: number } {
  const found = statSync(file);
  if (found.isFile()) return found;
  throw Object.assign(new Error("not a file"), { code: found.isDirectory() ? "EISDIR" : "EINVAL" });
}
