/** Where an engine came from. */
export type EngineSource = "explicit" | "path" | "cache" | "installer" | "go";

/** A folder that holds a working Pulumi command line, Node.js language host and dynamic provider. */
export interface Engine {
  readonly folder: string;
  /** Version of the command line, without the leading "v". */
  readonly version: string;
  readonly source: EngineSource;
}

/** One place that was tried in vain, and why. */
export interface Attempt {
  readonly what: string;
  readonly reason: string;
}

/** What a step that puts an engine into the cache gets to work with. */
export interface StepContext {
  /** An empty folder of its own, removed afterwards whatever happens. */
  readonly staging: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  /** Aborted when the user interrupts: the step ends its children and rejects. */
  readonly signal: AbortSignal;
}

/** A way to put an engine into the cache. */
export interface EngineStep {
  readonly source: "installer" | "go";
  /** The version it provides: part of the name of its folder in the cache. */
  readonly version: string;
  /** For people, in messages. */
  readonly title: string;
  /** Resolves to a folder inside `staging` that holds the complete engine. */
  provide(context: StepContext): Promise<string>;
}

/**
 * The oldest command line taken from PATH: older ones are not known to run the SDK this project
 * uses, and rebuilding or installing one is safer than a failure in the middle of an update.
 */
export const MINIMUM_VERSION = "3.150.0";

const WINDOWS = process.platform === "win32";

/** The three files an engine folder must hold, under their names on this system. */
export const ENGINE_FILES = {
  cli: WINDOWS ? "pulumi.exe" : "pulumi",
  languageHost: WINDOWS ? "pulumi-language-nodejs.exe" : "pulumi-language-nodejs",
  dynamicProvider: WINDOWS ? "pulumi-resource-pulumi-nodejs.cmd" : "pulumi-resource-pulumi-nodejs",
} as const;
