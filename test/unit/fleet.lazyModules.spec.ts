import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadLate } from "../../cli/fleet/lazyModules";

/** The SDK as far as these modules need it, compiled as it is, and modules that note when they load. */
const FILES = {
  "@pulumi/pulumi/index.js": `
exports.ts = require("typescript");
const automation = require("./automation");
exports.automation = automation;`,
  "@pulumi/pulumi/automation/index.js": `
globalThis.lateModules.push("automation");
exports.Stack = class {};`,
  "@pulumi/pulumi/cmd/run/tracing.js": `
const { Tracer, start } = require("@opentelemetry/sdk-trace-node");
exports.tracer = () => new Tracer("a");
exports.start = () => start("b");
exports.Tracer = Tracer;`,
  "@opentelemetry/sdk-trace-node/index.js": `
globalThis.lateModules.push("traces");
exports.Tracer = class { constructor(name) { this.name = name; } static kind = "kind"; };
exports.start = (name) => "started " + name;`,
  "typescript/index.js": `
globalThis.lateModules.push("typescript");
exports.version = "6";`,
  "other/index.js": `
module.exports = require("typescript");`,
};

interface Sdk {
  readonly ts: { readonly version: string };
  automation: { readonly Stack: object };
}

interface Tracing {
  tracer(): { readonly name: string };
  start(): string;
  readonly Tracer: { readonly kind: string };
}

describe("the modules of a stack's processes", () => {
  const global = globalThis as typeof globalThis & { lateModules?: string[] };
  let folder: string;
  let load: NodeJS.Require;
  let end: () => void;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-late-"));
    for (const [name, text] of Object.entries(FILES)) {
      const file = join(folder, "node_modules", name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    load = createRequire(join(folder, "index.js"));
    global.lateModules = [];
    end = loadLate();
  });

  afterEach(() => {
    end();
    rmSync(folder, { recursive: true });
    delete global.lateModules;
  });

  it("load late where the SDK asks for them, and are the same modules", () => {
    const sdk = load("@pulumi/pulumi") as Sdk;
    assert.deepEqual(global.lateModules, []);
    assert.equal(sdk.ts.version, "6");
    assert.deepEqual(global.lateModules, ["typescript"]);
    assert.deepEqual(Object.keys(sdk), ["ts", "automation"]);
    assert.deepEqual(global.lateModules, ["typescript"]);
    // A substitute could be listed by nobody, and the SDK would not recognise it.
    assert.equal(sdk.automation, load("@pulumi/pulumi/automation"));
    assert.deepEqual(Object.keys(sdk.automation), ["Stack"]);
    assert.deepEqual(global.lateModules, ["typescript", "automation"]);
    const mock = { Stack: {} };
    sdk.automation = mock;
    assert.equal(sdk.automation, mock);
  });

  it("can be replaced by a program before they load", () => {
    const sdk = load("@pulumi/pulumi") as Sdk;
    const mock = { Stack: {} };
    sdk.automation = mock;
    assert.equal(sdk.automation, mock);
    assert.deepEqual(global.lateModules, []);
  });

  it("are there for traces once one begins", () => {
    const tracing = load("@pulumi/pulumi/cmd/run/tracing.js") as Tracing;
    assert.deepEqual(global.lateModules, []);
    assert.equal(tracing.tracer().name, "a");
    assert.deepEqual(global.lateModules, ["traces"]);
    assert.equal(tracing.start(), "started b");
    assert.equal(tracing.Tracer.kind, "kind");
  });

  it("load at once in other modules, and everywhere in the end", () => {
    assert.deepEqual(load("other"), { version: "6" });
    assert.deepEqual(global.lateModules, ["typescript"]);
    end();
    load("@pulumi/pulumi");
    assert.deepEqual(global.lateModules, ["typescript", "automation"]);
  });
});
