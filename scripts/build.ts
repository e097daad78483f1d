/**
 * Builds `dist/`. Tests, engines and other commands see the whole old build or the whole new one.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { replaceFolder } from "./replaceFolder";

const root = join(__dirname, "..");

/** The script and the style of the page that `report --html` writes: each one file, without imports. */
const PAGE = join("cli", "report", "page");

try {
  replaceFolder(join(root, "dist"), (folder) => {
    const argv = [require.resolve("typescript/bin/tsc"), "--project", "tsconfig.build.json"];
    const options = { cwd: root, stdio: "inherit" } as const;
    const { status } = spawnSync(process.execPath, [...argv, "--outDir", folder], options);
    if (status !== 0) throw new Error("dist/ is as it was: tsc failed.");
    buildSync({
      entryPoints: [
        { in: join(root, PAGE, "main.ts"), out: "page" },
        { in: join(root, PAGE, "page.css"), out: "page" },
      ],
      outdir: join(folder, PAGE),
      bundle: true,
      format: "iife",
      target: ["chrome120", "firefox121", "safari17.4"],
      // Readable: whoever is to trust the page may look.
      minify: false,
      charset: "utf8",
      legalComments: "none",
      logLevel: "warning",
    });
  });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
