/**
 * Preloaded into the two processes of Node that each command of the engine starts. Modules of the SDK that few programs use
 * load when they are first used, as in a fleet's processes, and helpers of its error messages are left out. What was
 * compiled is kept for the next process: the engine ends a provider by a signal, before Node would keep it.
 */
const { existsSync } = require("node:fs");
const Module = require("node:module");
const { loadLate } = require("../../dist/cli/fleet/lazyModules");

const FLUSH_AFTER_MS = 500;

loadLate();

setTimeout(Module.flushCompileCache, FLUSH_AFTER_MS).unref();

const isJavaScript = existsSync("index.js");

// A language host that was built from source may not know the option `typescript: false` of Pulumi.yaml.
if (isJavaScript) delete process.env.PULUMI_NODEJS_TYPESCRIPT;

/** Helpers of messages that take a fifth of a command, and what stands for them. */
const LEFT_OUT = {
  // Messages of zod in all languages but English.
  "../locales/index.cjs": {},
  // Positions in the sources of the SDK and of this package, for stack traces. A program in JavaScript has its own anyway.
  "source-map-support/register": isJavaScript ? {} : undefined,
  // A debugger that names the file of a function which cannot be serialized. The functions themselves find it later.
  "../../runtime/closure/v8Hooks": { isInitializedAsync: () => Promise.resolve() },
};

const { _load: load } = Module;
Module._load = (request, parent, ...rest) =>
  LEFT_OUT[request] ?? load.call(Module, request, parent, ...rest);
