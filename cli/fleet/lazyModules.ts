/**
 * Modules of Pulumi's SDK that load when they are first used: TypeScript's compiler and npm's, by which it turns functions
 * of programs into text. They take 60 MiB in every process, and policies need neither.
 *
 * @module
 */
import Module from "node:module";

const LAZY: ReadonlySet<string> = new Set([
  "typescript",
  "@npmcli/arborist",
  "normalize-package-data",
]);

/** Files of the SDK. Other modules get theirs at once. */
const OF_SDK = /[\\/]@pulumi[\\/]pulumi[\\/]/;

/** The part of Node's loader that finds and runs a module. Not documented, and the same since Node 0.x. */
interface Loader {
  _load?: (request: string, parent?: { readonly filename?: string }, ...rest: unknown[]) => unknown;
}

/** Loads these modules late from now on. @returns what ends that. */
export function loadLate(): () => void {
  const loader = Module as unknown as Loader;
  const { _load: load } = loader;
  if (load === undefined) return () => {};
  loader._load = (request, parent, ...rest) => {
    const now = () => load.call(Module, request, parent, ...rest) as Record<PropertyKey, unknown>;
    return LAZY.has(request) && OF_SDK.test(parent?.filename ?? "") ? lazy(now) : now();
  };
  return () => {
    loader._load = load;
  };
}

/** The exports of a module that loads when one of them is asked for. */
function lazy(real: () => Record<PropertyKey, unknown>): object {
  let exported: Record<PropertyKey, unknown> | undefined;
  // True, or the SDK's import helper would ask for all exports at once.
  return new Proxy(
    { __esModule: true },
    {
      get: (_, key) => {
        if (key === "__esModule") return true;
        exported ??= real();
        return key === "default" ? (exported.default ?? exported) : exported[key];
      },
    },
  );
}
