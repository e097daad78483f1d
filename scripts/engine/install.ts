import path from "node:path";
import { version as sdkVersion } from "@pulumi/pulumi/version";
import { run, withProgress } from "./process";
import type { EngineStep } from "./types";

const INSTALL_MS = 4 * 60_000;

/**
 * Pulumi's own installer, as its SDK runs it. It installs the version of the SDK, which the lock
 * file of this project pins.
 */
export function installerStep(): EngineStep {
  return {
    source: "installer",
    version: sdkVersion,
    title: "official installer",
    async provide({ staging, env, log, signal }) {
      const root = path.join(staging, "installed");
      log(`downloading Pulumi ${sdkVersion} with its official installer (about a minute)`);
      await withProgress(log, "downloading", () =>
        run(
          process.execPath,
          [
            "--require",
            require.resolve("ts-node/register/transpile-only"),
            path.join(__dirname, "official.ts"),
            root,
          ],
          {
            cwd: path.resolve(__dirname, "..", ".."),
            env: {
              ...env,
              PULUMI_HOME: path.join(staging, "home"),
              PULUMI_SKIP_UPDATE_CHECK: "true",
              // Node.js heeds HTTPS_PROXY only when told to.
              NODE_USE_ENV_PROXY: "1",
            },
            timeoutMs: INSTALL_MS,
            signal,
          },
        ),
      );
      return path.join(root, "bin");
    },
  };
}
