/**
 * Preloaded into the two processes of Node that each command of the engine starts. Nothing of the SDK is replaced: modules
 * that few programs use load when they are first used, as in a fleet's processes. What was compiled is kept for the next
 * process: the engine ends a provider by a signal, before Node would keep it.
 */
const { existsSync } = require("node:fs");
const Module = require("node:module");
const { loadLate } = require("../../dist/cli/fleet/lazyModules");

const FLUSH_AFTER_MS = 500;

loadLate();

setTimeout(Module.flushCompileCache, FLUSH_AFTER_MS).unref();

// A language host that was built from source may not know the option `typescript: false` of Pulumi.yaml.
if (existsSync("index.js")) delete process.env.PULUMI_NODEJS_TYPESCRIPT;
