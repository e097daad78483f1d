import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { cacheRoot, engineFolder } from "../../scripts/engine/cache";
import { type EngineStep, engineEnvironment, ensureEngine } from "../../scripts/engine/index";

const ALL = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

function writeEngine(folder: string, version: string, files: readonly string[] = ALL): string {
  mkdirSync(folder, { recursive: true });
  for (const file of files) {
    writeFileSync(path.join(folder, file), `#!/bin/sh\necho v${version}\n`);
    chmodSync(path.join(folder, file), 0o755);
  }
  return folder;
}

describe("engine setup", () => {
  let home: string;
  let env: NodeJS.ProcessEnv;
  let lines: string[];
  let ran: string[];
  const log = (line: string): void => {
    lines.push(line);
  };

  before(function () {
    // The stand-ins for the engine are shell scripts.
    if (process.platform === "win32") this.skip();
  });
  beforeEach(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "engine-setup-"));
    env = { OFFICE_CONFIGURATION_CACHE: path.join(home, "cache"), PATH: path.join(home, "empty") };
    lines = [];
    ran = [];
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  function step(source: EngineStep["source"], version: string, failure?: string): EngineStep {
    return {
      source,
      version,
      title: `fake ${source}`,
      provide: (staging) => {
        ran.push(source);
        const folder = path.join(staging, "bin");
        if (failure === "incomplete")
          return Promise.resolve(writeEngine(folder, version, ["pulumi"]));
        if (failure) return Promise.reject(new Error(failure));
        return Promise.resolve(writeEngine(folder, version));
      },
    };
  }
  const cacheEntries = (): string[] => readdirSync(cacheRoot(env)).sort();
  const inCache = (version: string): string => engineFolder(cacheRoot(env), version);

  describe("order of the sources", () => {
    it("takes the folder in OFFICE_CONFIGURATION_ENGINE before all others", async () => {
      const folder = writeEngine(path.join(home, "mine"), "3.200.0");
      env.OFFICE_CONFIGURATION_ENGINE = folder;
      env.PATH = writeEngine(path.join(home, "path"), "3.201.0");
      assert.deepEqual(await ensureEngine({ env, log, steps: [] }), {
        folder,
        version: "3.200.0",
        source: "explicit",
      });
    });

    it("rejects a named folder that does not work instead of passing over it", async () => {
      env.OFFICE_CONFIGURATION_ENGINE = writeEngine(path.join(home, "mine"), "3.200.0", ["pulumi"]);
      env.PATH = writeEngine(path.join(home, "path"), "3.201.0");
      await assert.rejects(
        ensureEngine({ env, log, steps: [] }),
        /ENGINE names .*mine, .*: no working pulumi-language-nodejs, pulumi-resource-pulumi-nodejs/,
      );
    });

    it("takes a recent one on PATH, and the next folder of PATH when the first is too old", async () => {
      const old = writeEngine(path.join(home, "old"), "3.149.9");
      const recent = writeEngine(path.join(home, "recent"), "3.150.0");
      env.PATH = [old, recent].join(path.delimiter);
      const engine = await ensureEngine({ env, log, steps: [step("go", "3.250.0")] });
      assert.deepEqual(engine, { folder: recent, version: "3.150.0", source: "path" });
      assert.deepEqual(ran, []);
    });

    it("passes over one on PATH that is too old or lacks the dynamic provider, and says so", async () => {
      const old = writeEngine(path.join(home, "old"), "3.68.0");
      const bare = writeEngine(path.join(home, "bare"), "3.300.0", ALL.slice(0, 2));
      env.PATH = [old, bare].join(path.delimiter);
      const engine = await ensureEngine({ env, log, steps: [step("go", "3.250.0")] });
      assert.equal(engine.source, "go");
      assert.match(lines.join("\n"), /old: version 3\.68\.0 does not fit/);
      assert.match(lines.join("\n"), /bare: no working pulumi-resource-pulumi-nodejs/);
    });

    it("takes the cache before the steps, silently", async () => {
      const folder = writeEngine(inCache("3.250.0"), "3.250.0");
      const steps = [step("installer", "3.270.0"), step("go", "3.250.0")];
      const engine = await ensureEngine({ env, log, steps });
      assert.deepEqual(engine, { folder, version: "3.250.0", source: "cache" });
      assert.deepEqual([ran, lines], [[], []]);
    });

    it("takes the first step that yields a working engine, and then the cache", async () => {
      const steps = [step("installer", "3.270.0", "incomplete"), step("go", "3.250.0")];
      const engine = await ensureEngine({ env, log, steps });
      assert.deepEqual(engine, { folder: inCache("3.250.0"), version: "3.250.0", source: "go" });
      assert.deepEqual(ran, ["installer", "go"]);
      assert.match(lines.join("\n"), /fake installer: no working pulumi-language-nodejs, /);
      assert.deepEqual(cacheEntries(), [path.basename(inCache("3.250.0"))]);
      assert.equal((await ensureEngine({ env, log, steps })).source, "cache");
      assert.equal(ran.length, 2);
    });

    it("replaces what is in the cache but does not work", async () => {
      writeEngine(inCache("3.250.0"), "3.250.0", ["pulumi"]);
      const engine = await ensureEngine({ env, log, steps: [step("go", "3.250.0")] });
      assert.equal(engine.source, "go");
      assert.deepEqual(readdirSync(engine.folder).sort(), ALL);
      assert.deepEqual(cacheEntries(), [path.basename(engine.folder)]);
    });
  });

  it("names every attempt and every way out when nothing works", async () => {
    env.PATH = writeEngine(path.join(home, "old"), "3.1.0");
    const steps = [step("installer", "3.270.0", "unreachable"), step("go", "3.250.0", "no go")];
    await assert.rejects(ensureEngine({ env, log, steps }), (error: Error) => {
      for (const part of [
        /PATH, .*old: version 3\.1\.0 does not fit/,
        /cache, .*3\.270\.0-/,
        /cache, .*3\.250\.0-/,
        /fake installer: unreachable/,
        /fake go: no go/,
        /install Pulumi 3\.150\.0 or later \(https:\/\/www\.pulumi\.com\/docs\/install\/\)/,
        /put Go 1\.26\S* or later/,
        /set OFFICE_CONFIGURATION_ENGINE to a folder with a ready engine/,
        /set OFFICE_CONFIGURATION_CACHE to a folder that can be written to/,
      ]) {
        assert.match(error.message, part);
      }
      return true;
    });
    assert.deepEqual(cacheEntries(), []);
  });

  it("says so when there is no pulumi on PATH", async () => {
    const steps = [step("go", "3.250.0", "no go")];
    await assert.rejects(ensureEngine({ env, log, steps }), /^ {2}- PATH: no pulumi on it$/m);
  });

  it("says so when the cache cannot be written to", async () => {
    writeFileSync(path.join(home, "file"), "");
    env.OFFICE_CONFIGURATION_CACHE = path.join(home, "file");
    await assert.rejects(ensureEngine({ env, log, steps: [step("go", "3.250.0")] }), /ENOTDIR/);
    assert.deepEqual(ran, []);
  });

  it("takes a command line of 3.150.0 or later with the major version 3", async () => {
    const sources = { "3.150.0": "path", "3.1000.0": "path", "3.250.0-alpha.1": "path" };
    const refused = { "3.149.9": "go", "4.0.0": "go", none: "go" };
    for (const [version, source] of Object.entries({ ...sources, ...refused })) {
      env.PATH = writeEngine(path.join(home, version), version);
      env.OFFICE_CONFIGURATION_CACHE = path.join(home, `cache of ${version}`);
      const engine = await ensureEngine({ env, log, steps: [step("go", "3.250.0")] });
      assert.equal(engine.source, source, version);
    }
  });

  it("puts the cache where the system has its caches", () => {
    const tail = path.join("pulumi-office-configuration", "engine");
    const at = (vars: NodeJS.ProcessEnv, platform: NodeJS.Platform): string =>
      cacheRoot({ HOME: "/h", ...vars }, platform);
    assert.equal(at({}, "linux"), path.join("/h/.cache", tail));
    assert.equal(at({}, "darwin"), path.join("/h/Library/Caches", tail));
    assert.equal(at({ LOCALAPPDATA: "/l" }, "win32"), path.join("/l", tail));
    assert.equal(at({ XDG_CACHE_HOME: "/x" }, "linux"), path.join("/x", tail));
    assert.equal(at({ XDG_CACHE_HOME: "x" }, "linux"), path.join("/h/.cache", tail));
    assert.equal(
      at({ OFFICE_CONFIGURATION_CACHE: "/o", XDG_CACHE_HOME: "/x" }, "linux"),
      path.join("/o", tail),
    );
  });

  it("runs the engine first on PATH and offline", () => {
    const given = { PATH: "/usr/bin", PULUMI_IGNORE_AMBIENT_PLUGINS: "true", KEPT: "yes" };
    const result = engineEnvironment("/engine", given);
    assert.equal(result.PATH, ["/engine", "/usr/bin"].join(path.delimiter));
    assert.equal(result.PULUMI_SKIP_UPDATE_CHECK, "true");
    assert.equal(result.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION, "true");
    assert.equal(result.PULUMI_IGNORE_AMBIENT_PLUGINS, undefined);
    assert.equal(result.KEPT, "yes");
    assert.equal(given.PATH, "/usr/bin");
    assert.equal(engineEnvironment("/engine", {}).PATH, "/engine");
  });
});
