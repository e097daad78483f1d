/**
 * The package as npm packs it, in a project of a test.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** Name of the package. */
export const NAME = "pulumi-office-configuration";

/** Its command. */
const COMMAND = "office-configuration";

/**
 * Puts the packed package in the place of the link to the sources.
 *
 * @param folder - The project's.
 * @param modules - Where the project has its Pulumi SDK from. Default: what this repository has.
 */
export function installPacked(folder: string, modules = join(root, "node_modules")): void {
  const target = join(folder, "node_modules");
  rmSync(target);
  mkdirSync(join(target, NAME), { recursive: true });
  for (const entry of readdirSync(join(root, "node_modules"))) {
    const from = entry === "@pulumi" ? modules : join(root, "node_modules");
    if (entry !== NAME && entry !== ".bin") symlinkSync(join(from, entry), join(target, entry));
  }
  const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  const tarball = execFileSync("npm", pack, { cwd: root, encoding: "utf8" }).trim();
  const into = ["--strip-components=1", "-C", join(target, NAME)];
  execFileSync("tar", ["-xzf", join(folder, tarball), ...into]);
  linkCommands(target);
}

/** Links the commands of all packages, and this package's own, as `npm install` does. */
function linkCommands(target: string): void {
  mkdirSync(join(target, ".bin"));
  const commands = join(root, "node_modules", ".bin");
  for (const name of readdirSync(commands).filter((each) => each !== COMMAND)) {
    symlinkSync(join(commands, name), join(target, ".bin", name));
  }
  const own = join(target, NAME, "dist", "cli", "main.js");
  chmodSync(own, 0o755);
  symlinkSync(own, join(target, ".bin", COMMAND));
}
