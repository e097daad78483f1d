import { readFileSync } from "node:fs";
import { chmod, copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { reasonOf } from "./errors";
import { findOnPath } from "./locate";
import { run, withProgress } from "./process";
import { ENGINE_FILES, type EngineStep, type StepContext } from "./types";

const MODULES = path.resolve(__dirname, "..", "..", "engine");
const CLI_MODULE = path.join(MODULES, "cli");
const HOST_MODULE = path.join(MODULES, "language-nodejs");

const CLI_MS = 30 * 60_000;
const HOST_MS = 10 * 60_000;
const QUESTION_MS = 3 * 60_000;

interface Pinned {
  /** Version of the command line. */
  readonly version: string;
  /** Version of Go that the modules ask for. */
  readonly go: string;
}

/** What go.mod pins, so that no version is written down twice. */
export function pinnedByGoModules(): Pinned {
  const text = readFileSync(path.join(CLI_MODULE, "go.mod"), "utf8");
  const version = /^\s*github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m.exec(text)?.[1];
  const go = /^go (\S+)/m.exec(text)?.[1];
  if (!version || !go) throw new Error(`${CLI_MODULE}/go.mod names no version of Pulumi or of Go`);
  return { version, go };
}

function goEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const result: NodeJS.ProcessEnv = {
    ...env,
    // Needs no C compiler, and the result depends on no C library of this machine.
    CGO_ENABLED: "0",
    // A go.work file above the clone would replace the pinned modules.
    GOWORK: "off",
  };
  // Set for cross-compiling, they would yield programs that do not run here.
  delete result.GOOS;
  delete result.GOARCH;
  return result;
}

async function goVersion(go: string, context: StepContext): Promise<string> {
  const options = { env: context.env, timeoutMs: QUESTION_MS, signal: context.signal };
  return (await run(go, ["version"], options)).trim().replace(/^go version /, "");
}

async function build(context: StepContext, pinned: Pinned): Promise<string> {
  const { log, signal } = context;
  const go = await findOnPath("go", context.env);
  if (!go) throw new Error(`no go on PATH (${pinned.go} or later is needed)`);
  const found = await goVersion(go, context);
  log(`building Pulumi ${pinned.version} from source with ${found} in ${path.dirname(go)}`);

  const bin = path.join(context.staging, "bin");
  await mkdir(bin);
  const env = { ...goEnvironment(context.env), GOBIN: bin };
  const inModule = (cwd: string, args: readonly string[], timeoutMs: number): Promise<string> =>
    run(go, args, { cwd, env, timeoutMs, signal }).catch((error: unknown) => {
      if (signal.aborted) throw error;
      throw new Error(
        `"go ${args[0]}" with ${found}: ${reasonOf(error)}\n` +
          `Go ${pinned.go} or later is needed; Go 1.21 or later fetches it by itself unless GOTOOLCHAIN=local is set`,
      );
    });
  // Whatever GOFLAGS says, go.mod and go.sum are to be followed and not to be changed.
  const install = (ldflags: string): string[] => [
    "install",
    "-mod=readonly",
    "-trimpath",
    "-buildvcs=false",
    `-ldflags=${ldflags}`,
    "tool",
  ];

  log("step 1 of 2: the language host (the first time about a minute)");
  await withProgress(log, "building the language host", () =>
    inModule(HOST_MODULE, install("-s -w"), HOST_MS),
  );
  log("step 2 of 2: the command line (the first time 3 to 10 minutes, most of it compiling)");
  const stamp = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinned.version}`;
  await withProgress(log, "building the command line", () =>
    inModule(CLI_MODULE, install(`-s -w ${stamp}`), CLI_MS),
  );

  // The dynamic provider is a script that comes with the module.
  const sdk = await inModule(
    CLI_MODULE,
    ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"],
    QUESTION_MS,
  );
  const script = path.join(bin, ENGINE_FILES.dynamicProvider);
  await copyFile(path.join(sdk.trim(), "nodejs", "dist", ENGINE_FILES.dynamicProvider), script);
  // The module cache is read-only, and a module's files are not executable.
  await chmod(script, 0o755);
  return bin;
}

/**
 * Builds the engine with Go from the modules that engine/cli and engine/language-nodejs pin. Needs
 * Go and a module proxy, whichever Go is configured for.
 */
export function goStep(): EngineStep {
  const pinned = pinnedByGoModules();
  return {
    source: "go",
    version: pinned.version,
    title: "build with Go",
    provide: (context) => build(context, pinned),
  };
}
