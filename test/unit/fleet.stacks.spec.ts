import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFleetFile, readFleetProject } from "../../cli/fleet/fleetFile";
import { programHash } from "../../cli/fleet/programFiles";
import {
  doneStacks,
  failedStacks,
  type RunIdentity,
  RunRecord,
  readRecord,
} from "../../cli/fleet/record";
import { emptyResult, resultJson, type StackResult } from "../../cli/fleet/result";
import { prepareStackFile, withOverrides } from "../../cli/fleet/stackFiles";
import { fleetStacks, selected } from "../../cli/fleet/stacks";
import { change, failedStack, stackNames, stackResult } from "../fleetResults";

/** A folder for one test. */
function inFolder(test: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "office-configuration-fleet-"));
  try {
    test(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the stacks of a fleet", () => {
  const listed = ["fabrikam", "contoso", "acme/contoso-test"].map((name) => ({ name }));
  const names = (...patterns: string[]) =>
    selected(fleetStacks(listed, undefined), { patterns }).map(({ name }) => name);

  it("are all of the project, or those that a pattern means", () => {
    assert.deepEqual(names(), ["acme/contoso-test", "contoso", "fabrikam"]);
    assert.deepEqual(names("*contoso*"), ["acme/contoso-test", "contoso"]);
    assert.deepEqual(names("f?brikam"), ["fabrikam"]);
    assert.throws(() => names("contos"), /no stack of 3 is called contos\. Did you mean contoso\?/);
    assert.throws(() => names("[a-z]+"), /no stack of 3/);
  });

  it("are in exactly one of the shards", () => {
    const all = fleetStacks(
      stackNames(11).map((name) => ({ name })),
      undefined,
    );
    const shards = [1, 2, 3].map((index) =>
      selected(all, { patterns: [], shard: { index, of: 3 } }),
    );
    assert.deepEqual(
      shards.map(({ length }) => length),
      [4, 4, 3],
    );
    assert.deepEqual(
      shards
        .flat()
        .map(({ name }) => name)
        .sort(),
      stackNames(11),
    );
  });

  it("are those of fleet.yaml if there is one, with what all have and what each has", () => {
    inFolder((folder) => {
      writeFileSync(
        join(folder, "Pulumi.yaml"),
        "name: office\nruntime: nodejs\nstackConfigDir: stacks\n",
      );
      writeFileSync(
        join(folder, "fleet.yaml"),
        "config: { everyone: all, officeConfiguration:clientId: app }\nstacks:\n  contoso:\n    config: { everyone: few }\n  zava:\n",
      );
      const project = readFleetProject(folder);
      assert.equal(project.configFolder, join(folder, "stacks"));
      const stacks = fleetStacks(listed, readFleetFile(project));
      assert.deepEqual(stacks, [
        {
          name: "contoso",
          isNew: false,
          overrides: {
            config: { "office:everyone": "few", "officeConfiguration:clientId": "app" },
          },
        },
        {
          name: "zava",
          isNew: true,
          overrides: {
            config: { "office:everyone": "all", "officeConfiguration:clientId": "app" },
          },
        },
      ]);
    });
  });

  it("get no secret from fleet.yaml that is not encrypted", () => {
    inFolder((folder) => {
      writeFileSync(join(folder, "Pulumi.yaml"), "name: office\n");
      const read = (config: string) => {
        writeFileSync(join(folder, "fleet.yaml"), `stacks: { a: { config: { ${config} } } }\n`);
        return readFleetFile(readFleetProject(folder));
      };
      assert.throws(
        () => read("officeConfiguration:clientSecret: hunter2"),
        (error: Error) => {
          assert.match(error.message, /clientSecret is a secret.*pulumi config set --secret/);
          assert.doesNotMatch(error.message, /hunter2/);
          return true;
        },
      );
      assert.ok(read("officeConfiguration:clientSecret: { secure: v1:abc }"));
      assert.throws(
        () => read("x: 1 }, others: { y: 1"),
        /fleet\.yaml: stacks\.a: Unrecognized key/,
      );
      assert.throws(
        () => readFleetFile(readFleetProject(folder), join(folder, "no.yaml")),
        /cannot be read/,
      );
    });
  });

  it("get a new configuration from fleet.yaml; one that is there is never written", () => {
    inFolder((folder) => {
      const copies = join(folder, "copies");
      mkdirSync(copies);
      const own = join(folder, "Pulumi.contoso.yaml");
      const overrides = { config: { "office:everyone": "few" } };
      const prepare = () =>
        prepareStackFile({ name: "acme/contoso", overrides }, { configFolder: folder, copies });
      assert.deepEqual(prepare(), { made: own });
      assert.equal(readFileSync(own, "utf8"), "config:\n  office:everyone: few\n");
      assert.deepEqual(prepare(), {});
      const text = "encryptionsalt: v1:salt\nconfig:\n  office:everyone: all # for now\n";
      writeFileSync(own, text);
      const { configFile = "" } = prepare();
      assert.equal(readFileSync(own, "utf8"), text);
      assert.equal(readFileSync(configFile, "utf8"), withOverrides(text, overrides));
      assert.match(readFileSync(configFile, "utf8"), /salt\nconfig:\n {2}office:everyone: few/);
    });
  });
});

describe("the record of a fleet's run", () => {
  const identity: RunIdentity = {
    command: "up",
    project: "office",
    backend: "b",
    program: "p",
    refreshed: false,
    policyPacks: "",
  };
  const START = "2026-11-21T14:00:00.000Z";
  const line = (result: StackResult) => ({
    result,
    lastUpdate: "2026-11-20T00:00:00.000Z",
    from: START,
    to: "2026-11-21T14:01:00.000Z",
    config: "c",
  });
  const made = (folder: string) => {
    const file = join(folder, ".fleet", "up.jsonl");
    const record = RunRecord.begin(file, identity, START);
    record.add(line(stackResult("a", { changes: [change()] })));
    record.add(line(failedStack("b", "It fails.")));
    return { file, record };
  };
  const done = (file: string, lastUpdate: string, configOf = () => "c", run = identity) => [
    ...doneStacks(
      readRecord(file, run),
      run,
      [{ name: "a", lastUpdate }, { name: "b" }],
      configOf,
    ).keys(),
  ];

  it("says what failed, also after the run was killed in the middle of a line", () => {
    inFolder((folder) => {
      const { file } = made(folder);
      writeFileSync(file, '{"result":{"stack":"a', { flag: "a" });
      assert.deepEqual(failedStacks(readRecord(file, identity)), ["b"]);
      RunRecord.goOn(file).add(line(stackResult("b")));
      assert.deepEqual(failedStacks(readRecord(file, identity)), []);
    });
  });

  it("counts a stack as done only if nobody has changed its state or configuration since", () => {
    inFolder((folder) => {
      const { file } = made(folder);
      assert.deepEqual(done(file, "2026-11-21T14:00:30.000Z"), ["a"]);
      assert.deepEqual(done(file, "2026-11-20T00:00:00.000Z"), ["a"]);
      assert.deepEqual(done(file, "2026-11-21T15:00:00.000Z"), []);
      assert.deepEqual(
        done(file, "2026-11-21T14:00:30.000Z", () => "other"),
        [],
      );
    });
  });

  it("is refused if it is of another program, project, backend or command, or not there", () => {
    inFolder((folder) => {
      const { file } = made(folder);
      const at = "2026-11-21T14:00:30.000Z";
      const with_ = (parts: Partial<RunIdentity>) => () =>
        done(file, at, undefined, { ...identity, ...parts });
      assert.throws(
        with_({ program: "q" }),
        /the program has changed since the run of 2026-11-21 14:00 UTC/,
      );
      assert.throws(with_({ refreshed: true }), /--refresh was given differently/);
      assert.throws(with_({ policyPacks: "x" }), /--policy-pack was given differently in the run/);
      assert.throws(with_({ project: "other" }), /of another project: office, and this is other/);
      assert.throws(with_({ backend: "c" }), /stacks in another backend/);
      assert.throws(with_({ command: "destroy" }), /of another command: up, and this is destroy/);
      assert.throws(
        () => readRecord(join(folder, "no.jsonl"), identity),
        /no record .* another machine/,
      );
      writeFileSync(file, "{}\n");
      assert.throws(with_({}), /no record of a fleet's run/);
    });
  });

  it("tells another program by its files, but not by configuration of stacks", () => {
    inFolder((folder) => {
      writeFileSync(join(folder, "index.ts"), "1");
      const first = programHash(folder);
      mkdirSync(join(folder, "node_modules"));
      writeFileSync(join(folder, "node_modules", "x.js"), "1");
      writeFileSync(join(folder, "Pulumi.contoso.yaml"), "config: {}");
      assert.equal(programHash(folder), first);
      writeFileSync(join(folder, "index.ts"), "2");
      assert.notEqual(programHash(folder), first);
    });
  });

  it("takes no saved result for a part of the program", () => {
    inFolder((folder) => {
      writeFileSync(join(folder, "baseline.json"), "{}");
      const first = programHash(folder);
      const run = {
        command: "preview",
        project: "office",
        startedAt: "",
        refreshed: false,
      } as const;
      const result = emptyResult({ ...run, shard: null });
      writeFileSync(join(folder, "preview.json"), resultJson(result));
      assert.equal(programHash(folder), first);
      writeFileSync(join(folder, "baseline.json"), '{ "form": 1 }');
      assert.notEqual(programHash(folder), first);
    });
  });
});
