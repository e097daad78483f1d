module.exports = {
  require: ["ts-node/register/transpile-only", "./test/ownEnvironment.ts", "./test/properties.ts"],
  "forbid-only": true,
  // For a file that is run alone, of whatever kind; the scripts of package.json are stricter where they can be.
  timeout: 300_000,
};
