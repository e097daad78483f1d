/**
 * Tests with the real engine. Each worker of mocha takes the next file: one that takes a minute must not be the last,
 * with all other workers idle. Files that are not named here take less, and follow in alphabetical order.
 */
const { readdirSync } = require("node:fs");
const { join } = require("node:path");
const base = require("./.mocharc.cjs");

const FOLDER = "test/engine";
const SUFFIX = ".spec.ts";

/** Files that take longest, by the summed time of their tests. */
const FIRST = [
  "ciRecipes",
  "patch.modes",
  "faults",
  "fleet",
  "state",
  "patch",
  "lifecycle",
  "stacksPerTenant",
  "export",
  "fleetPolicyPack",
  "lookups",
  "officeConfiguration",
  "priorities",
  "adopt",
  "ownership",
];

const names = readdirSync(join(__dirname, FOLDER))
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length))
  .sort();

module.exports = {
  ...base,
  parallel: true,
  jobs: 5,
  spec: [...new Set([...FIRST, ...names])].map((name) => `${FOLDER}/${name}${SUFFIX}`),
};
