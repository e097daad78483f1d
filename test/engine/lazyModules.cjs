/**
 * Preloaded into the two processes of Node that each command of the engine starts. Nothing of the SDK is
 * replaced: modules that take most of its loading time, and that few programs use, load when they are first used:
 * those for closures, TypeScript, traces and Pulumi's Automation API. What was compiled is kept for the next process:
 * the engine ends a provider by a signal, before Node would keep it.
 */
const { existsSync } = require("node:fs");
const Module = require("node:module");

/** Modules that are asked for as a whole. `./automation` is the SDK's own. */
const LAZY = new Set(["@npmcli/arborist", "normalize-package-data", "typescript", "./automation"]);
/** Modules whose functions and classes are taken out at once. */
const LAZY_PARTS = new Set([
  "@opentelemetry/exporter-zipkin",
  "@opentelemetry/instrumentation",
  "@opentelemetry/instrumentation-grpc",
  "@opentelemetry/resources",
  "@opentelemetry/sdk-trace-base",
  "@opentelemetry/sdk-trace-node",
]);
const SDK = /[\\/]@pulumi[\\/]pulumi[\\/]/;
const FLUSH_AFTER_MS = 500;

const load = Module._load;

Module._load = function loadLater(request, parent, isMain) {
  const loadNow = () => load.call(this, request, parent, isMain);
  const isSdk = SDK.test(parent?.filename ?? "");
  if (isSdk && LAZY_PARTS.has(request)) return lazy(loadNow, lazyPart);
  return LAZY.has(request) && (isSdk || !request.startsWith(".")) ? lazy(loadNow) : loadNow();
};

setTimeout(Module.flushCompileCache, FLUSH_AFTER_MS).unref();

// A language host that was built from source may not know the option `typescript: false` of Pulumi.yaml.
if (existsSync("index.js")) delete process.env.PULUMI_NODEJS_TYPESCRIPT;

/** The exports of a module that loads when one of them is asked for, or, with `part`, when one of them is used. */
function lazy(loadNow, part = (real, key) => real()[key]) {
  let exported;
  const real = () => (exported ??= loadNow());
  // True, or the SDK's import helper would ask for all exports at once.
  const early = { __esModule: true };
  return new Proxy(early, {
    get: (_, key) => (key === "__esModule" ? true : part(real, key)),
    has: (_, key) => key in real(),
  });
}

/** A function or a class of a module that loads when it is called. */
function lazyPart(real, key) {
  return new Proxy(function later() {}, {
    apply: (_, self, args) => Reflect.apply(real()[key], self, args),
    construct: (_, args) => Reflect.construct(real()[key], args),
    get: (_, name) => real()[key][name],
  });
}
