/** Tests with the emulator once more, on the preset that grants all that the API's pages promise. */
const base = require("./.mocharc.cjs");

/** They start no emulator, or name the preset of each, and would only repeat themselves. */
const LEFT_OUT = [
  "{catalogueFetch,cli,compareProcesses,doctor,emulator.access,emulator.apis,emulator.copilot,emulator.definitions,emulator.login,emulator.polic*,emulator.stdin,emulator.unkind,tenantTrips,terminal}",
  "graph.{client,fuzz,identity,malformed,proxy}",
];

module.exports = {
  ...base,
  require: [...base.require, "./test/kindPreset.cjs"],
  timeout: 120_000,
  spec: [
    "test/emulator/**/*.spec.ts",
    "test/unit/createOnce.spec.ts",
    "test/unit/nameOwner*.spec.ts",
  ],
  ignore: LEFT_OUT.map((names) => `test/emulator/${names}.spec.ts`),
};
