/**
 * Builds `dist/`. Tests, engines and other commands see the whole old build or the whole new one.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { replaceFolder } from "./replaceFolder";

const root = join(__dirname, "..");

try {
  replaceFolder(join(root, "dist"), (folder) => {
    const argv = [require.resolve("typescript/bin/tsc"), "--project", "tsconfig.build.json"];
    const options = { cwd: root, stdio: "inherit" } as const;
    const { status } = spawnSync(process.execPath, [...argv, "--outDir", folder], options);
    if (status !== 0) throw new Error("dist/ is as it was: tsc failed.");
  });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
