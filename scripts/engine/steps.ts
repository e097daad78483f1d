import { readFileSync } from "node:fs";
import { chmod, copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { version as sdkVersion } from "@pulumi/pulumi/version";
import { type CommandOptions, run } from "../command";
import { ENGINE_FILES } from "./locate";

/** A way to put an engine into the cache. */
export interface EngineStep {
  readonly source: "installer" | "go";
  /** The version it provides; part of the name of its folder in the cache. */
  readonly version: string;
  /** Its name in messages. */
  readonly title: string;
  /** Puts a complete engine into a folder inside `staging`, and returns that folder. */
  provide(staging: string, env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<string>;
}

const CLONE = path.resolve(__dirname, "..", "..");
const CLI_MODULE = path.join(CLONE, "engine", "cli");
const HOST_MODULE = path.join(CLONE, "engine", "language-nodejs");
const SDK_MODULE = "github.com/pulumi/pulumi/sdk/v3";
const MINUTE_MS = 60_000;

/** Pulumi's own installer, run by its SDK, in the SDK's version. */
const installer: EngineStep = {
  source: "installer",
  version: sdkVersion,
  title: "official installer",
  async provide(staging, env, log) {
    const root = path.join(staging, "installed");
    log(`downloading Pulumi ${sdkVersion} with its official installer (about a minute)`);
    const tsNode = require.resolve("ts-node/register/transpile-only");
    const script = path.join(__dirname, "official.ts");
    await run(process.execPath, ["--require", tsNode, script, root], {
      cwd: CLONE,
      env: {
        ...env,
        PULUMI_HOME: path.join(staging, "home"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // Node.js uses HTTPS_PROXY only if told to.
        NODE_USE_ENV_PROXY: "1",
      },
      timeoutMs: 4 * MINUTE_MS,
      onProgress: (seconds) => log(`still downloading, ${seconds} s so far`),
    });
    return path.join(root, "bin");
  },
};

/** The version that go.mod pins, so that it is written down only once. */
function pinned(pattern: RegExp): string {
  const version = pattern.exec(readFileSync(path.join(CLI_MODULE, "go.mod"), "utf8"))?.[1];
  if (!version) throw new Error(`${CLI_MODULE}/go.mod has nothing like ${pattern}`);
  return version;
}

const PULUMI_VERSION = pinned(/github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/);
export const GO_VERSION = pinned(/^go (\S+)/m);

/** Runs Go, which needs a module proxy: the configured one. */
function runGo(args: readonly string[], options: CommandOptions): Promise<string> {
  const env = {
    ...options.env,
    // Needs no C compiler, and the result does not depend on this machine's C libraries.
    CGO_ENABLED: "0",
    // A go.work file above the clone would replace the pinned modules.
    GOWORK: "off",
    // If set for cross-compiling, the programs would not run here.
    GOOS: undefined,
    GOARCH: undefined,
  };
  return run("go", args, { ...options, env }).catch(({ message }: Error) => {
    throw new Error(
      `${message}\nGo ${GO_VERSION} must be on PATH, or Go 1.21 or later, which fetches it unless GOTOOLCHAIN=local is set`,
    );
  });
}

/** A build of the modules that engine/cli and engine/language-nodejs pin. */
const go: EngineStep = {
  source: "go",
  version: PULUMI_VERSION,
  title: "build with Go",
  async provide(staging, given, log) {
    const bin = path.join(staging, "bin");
    await mkdir(bin);
    const env = { ...given, GOBIN: bin };
    const build = async (what: string, cwd: string, minutes: number, ldflags: string) => {
      // Follow go.mod and go.sum, and do not change them, whatever GOFLAGS says.
      const flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", `-ldflags=-s -w ${ldflags}`];
      await runGo(["install", ...flags, "tool"], {
        cwd,
        env,
        timeoutMs: minutes * MINUTE_MS,
        onProgress: (seconds) => log(`still building the ${what}, ${seconds} s so far`),
      });
    };
    const ask = (...args: string[]) =>
      runGo(args, { cwd: CLI_MODULE, env, timeoutMs: 3 * MINUTE_MS });

    log(`building Pulumi ${PULUMI_VERSION} from source with ${await ask("version")}`);
    log("step 1 of 2: the language host (the first time about a minute)");
    await build("language host", HOST_MODULE, 10, "");
    log("step 2 of 2: the command line (the first time 3 to 10 minutes, most of it compiling)");
    const stamp = `-X ${SDK_MODULE}/go/common/version.Version=v${PULUMI_VERSION}`;
    await build("command line", CLI_MODULE, 30, stamp);

    // The dynamic provider is a script in the module.
    const sdk = await ask("list", "-mod=readonly", "-m", "-f", "{{.Dir}}", SDK_MODULE);
    const script = path.join(bin, ENGINE_FILES.dynamicProvider);
    await copyFile(path.join(sdk, "nodejs", "dist", ENGINE_FILES.dynamicProvider), script);
    // The module cache is read-only, and a module's files are not executable.
    await chmod(script, 0o755);
    return bin;
  },
};

/** The ways to put an engine into the cache, in order. */
export const STEPS: readonly EngineStep[] = [installer, go];
