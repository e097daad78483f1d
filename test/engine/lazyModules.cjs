/**
 * Preloaded into the two processes of Node that each command of the engine starts. Nothing of the SDK is
 * replaced: two of its modules, which take half of its loading time and are used by closures and TypeScript
 * programs alone, load when they are first used. What was compiled is kept for the next process: the engine
 * ends a provider by a signal, before Node would keep it.
 */
const Module = require("node:module");

const LAZY = new Set(["@npmcli/arborist", "typescript"]);
const FLUSH_AFTER_MS = 500;

const load = Module._load;

Module._load = function loadLater(request, parent, isMain) {
  const loadNow = () => load.call(this, request, parent, isMain);
  return LAZY.has(request) ? lazy(loadNow) : loadNow();
};

setTimeout(Module.flushCompileCache, FLUSH_AFTER_MS).unref();

/** The exports of a module that loads when one of them is asked for. */
function lazy(loadNow) {
  let exported;
  const real = () => (exported ??= loadNow());
  // True, or the SDK's import helper would ask for all exports at once.
  const early = { __esModule: true };
  return new Proxy(early, {
    get: (_, key) => (key === "__esModule" ? true : real()[key]),
    has: (_, key) => key in real(),
  });
}
