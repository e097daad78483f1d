/**
 * Preloaded into programs in JavaScript: a language host that was built from source may not know the option
 * `typescript: false` of Pulumi.yaml, and would load the compiler.
 */
const { existsSync } = require("node:fs");

if (existsSync("index.js")) delete process.env.PULUMI_NODEJS_TYPESCRIPT;
