/**
 * Modules of Pulumi's SDK that load when they are first used. They take 70 MiB in every process, and policies need none:
 * TypeScript's compiler and npm's modules, by which the SDK turns functions of programs into text; its Automation API; and
 * traces.
 *
 * @module
 */
import Module from "node:module";

type Exports = Record<PropertyKey, unknown>;

/** Part of Node's loader that finds and runs a module. Not documented, and the same since Node 0.x. */
interface Loader {
  _load?: (request: string, parent?: Parent, ...rest: unknown[]) => unknown;
}

/** Module that asks for another one. */
interface Parent {
  readonly filename?: string;
  readonly exports: object;
}

/** Stands for a module until something of it is used. */
type Substitute = (real: () => Exports, parent: Parent) => object;

/** Files of the SDK. Other modules get theirs at once. */
const OF_SDK = /[\\/]@pulumi[\\/]pulumi[\\/]/;

const LATE: ReadonlyMap<string, Substitute> = new Map<string, Substitute>([
  ["typescript", whole],
  ["@npmcli/arborist", whole],
  ["normalize-package-data", whole],
  ["./automation", exported],
  ["@opentelemetry/exporter-zipkin", parts],
  ["@opentelemetry/instrumentation", parts],
  ["@opentelemetry/instrumentation-grpc", parts],
  ["@opentelemetry/resources", parts],
  ["@opentelemetry/sdk-trace-base", parts],
  ["@opentelemetry/sdk-trace-node", parts],
]);

/** Loads these modules late from now on. @returns what ends that. */
export function loadLate(): () => void {
  const loader = Module as unknown as Loader;
  const { _load: load } = loader;
  if (load === undefined) return () => {};
  loader._load = (request, parent, ...rest) => {
    let real: Exports | undefined;
    const now = () => (real ??= load.call(Module, request, parent, ...rest) as Exports);
    const substitute = OF_SDK.test(parent?.filename ?? "") ? LATE.get(request) : undefined;
    return substitute === undefined || parent === undefined ? now() : substitute(now, parent);
  };
  return () => {
    loader._load = load;
  };
}

/** Exports of a module that loads when one of them is asked for. */
function whole(real: () => Exports): object {
  // True, or the SDK's import helper would ask for all exports at once.
  return new Proxy(
    { __esModule: true },
    {
      get: (_, key) => {
        if (key === "__esModule") return true;
        return key === "default" ? (real().default ?? real()) : real()[key];
      },
    },
  );
}

/** Functions and classes that the SDK takes out of a module at once; it loads when one of them is called. */
function parts(real: () => Exports): object {
  const part = (key: PropertyKey) => {
    const now = () => real()[key] as new (...args: unknown[]) => object;
    return new Proxy(function late() {}, {
      apply: (_, self, args) => Reflect.apply(now(), self, args) as unknown,
      construct: (_, args) => Reflect.construct(now(), args),
      get: (_, name) => Reflect.get(now(), name) as unknown,
    });
  };
  return new Proxy({}, { get: (_, key) => (key === "__esModule" ? true : part(key)) });
}

/**
 * A module that the SDK's index exports to programs. They get the module itself, whose exports can be listed, and which the
 * SDK recognises in functions that it turns into text.
 */
function exported(real: () => Exports, { exports }: Parent): object {
  const substitute = whole(real);
  const define = (property: PropertyDescriptor) =>
    Object.defineProperty(exports, "automation", {
      ...property,
      enumerable: true,
      configurable: true,
    });
  const settle = (value: unknown) => define({ value, writable: true });
  define({
    get: () => {
      settle(real());
      return real();
    },
    set: (value) => {
      if (value !== substitute) settle(value);
    },
  });
  return substitute;
}
