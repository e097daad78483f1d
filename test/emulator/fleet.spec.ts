import { strict as assert } from "node:assert";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseResult } from "../../cli/fleet/result";
import { runCommand } from "../commandLine";

/** Acts of the fake CLI, by stack and command of Pulumi's. */
type Behaviour = Readonly<
  Record<
    string,
    Readonly<
      Record<
        string,
        {
          recording?: string;
          output?: string;
          code?: number;
          until?: string;
          /** Lines of the report of drift. */
          report?: readonly object[];
        }
      >
    >
  >
>;

const MACROS = "excel16;L_VBAWarningsPolicy;L_empty4";

describe("office-configuration fleet, with a CLI that tells recorded events", () => {
  let folder: string;

  before(function () {
    // The fake CLI is a script with a line that says who runs it.
    if (process.platform === "win32") this.skip();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-fleet-"));
    mkdirSync(join(folder, "bin"));
    const cli = join(folder, "bin", "pulumi");
    writeFileSync(
      cli,
      `#!${process.execPath}\nrequire(${JSON.stringify(join(__dirname, "..", "fakePulumi.cjs"))});\n`,
    );
    chmodSync(cli, 0o755);
    write("Pulumi.yaml", "name: office\nruntime: nodejs\n");
    stacks("adatum", "contoso", "fabrikam");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  const stacks = (...names: string[]) =>
    write(
      "stacks.json",
      JSON.stringify(names.map((name) => ({ name, lastUpdate: "2026-11-20T00:00:00Z" }))),
    );
  const behave = (behaviour: Behaviour) => write("fake.json", JSON.stringify(behaviour));
  const fleet = (...args: string[]) =>
    runCommand(["fleet", ...args], {
      cwd: folder,
      env: { PATH: join(folder, "bin"), TMPDIR: tmpdir() },
    });
  const log = (command: string, stack: string) =>
    readFileSync(join(folder, ".fleet", "logs", command, `${stack}.log`), "utf8");

  it("says what changes in which tenants, and why others failed", async () => {
    behave({
      adatum: {
        preview: { output: "error: the stack is currently locked by 1 lock(s)", code: 255 },
      },
      contoso: { preview: { recording: "preview-change" } },
      fabrikam: { preview: { recording: "preview-same" } },
    });
    const { stdout, stderr, code } = await fleet("preview");
    assert.equal(code, 2);
    assert.match(
      stdout,
      /\n {2}Macro security: Macro Notification Settings \(Excel\): .*\(4\) => .*\n {4}in contoso\n/s,
    );
    assert.match(stdout, /The stack is locked: .*\n {4}in adatum\n {4}Next: Wait/s);
    assert.match(
      stdout,
      /fleet preview of office: 3 tenants: 1 failed, 1 to change, 1 unchanged\.\n$/,
    );
    assert.match(stderr, /^\[1\/3\] /);
    assert.equal((stdout + stderr).includes("\u001b"), false);
  });

  it("says who made the changes of drift, and once why it does not know it", async () => {
    const author = { by: "ann@contoso.example", at: "2026-11-21T14:02:00.000Z" };
    const events = JSON.parse(
      readFileSync(join(__dirname, "..", "recordedEvents.json"), "utf8"),
    ) as Record<string, { resOutputsEvent?: { metadata: { op: string; old?: { id: string } } } }[]>;
    const id = events.drift?.find(
      ({ resOutputsEvent }) => resOutputsEvent?.metadata.op === "update",
    )?.resOutputsEvent?.metadata.old?.id;
    const recording = "drift";
    const refused = [
      { id, authors: [], note: "Who made the changes is not known: it is refused." },
    ];
    const authors = [{ path: ["policies", MACROS, "value"], ...author, through: "Cloud Policy" }];
    behave({
      adatum: { refresh: { recording, report: refused } },
      contoso: { refresh: { recording, report: [{ id, authors }] } },
      fabrikam: { refresh: { recording, report: refused, output: "error: no", code: 255 } },
    });
    const { stdout, code } = await fleet("drift", "--save", join(folder, "drift.json"));
    assert.equal(code, 2);
    assert.match(
      stdout.replaceAll(/\s+/g, " "),
      / in 3 tenants: contoso: by ann@contoso\.example in Cloud Policy, 2026-11-21 14:02 UTC adatum, fabrikam: author not known /,
    );
    assert.match(
      stdout,
      /Authors not known \(1\)\n {2}Who made .* it is refused\.\n {4}in 2 tenants: adatum, fabrikam\n/,
    );
    const saved = readFileSync(join(folder, "drift.json"), "utf8");
    const found = parseResult(saved, "drift.json").stacks.map(({ changes }) => changes[0]?.author);
    const whole = { ...author, through: "Cloud Policy", isOfThisChange: true };
    assert.deepEqual(found, [undefined, whole, undefined]);
    assert.match(readFileSync(join(folder, ".fleet", "drift.jsonl"), "utf8"), /"author":/);
  });

  it("has a form for each reader, and saves the result", async () => {
    behave({ contoso: { refresh: { recording: "drift" } } });
    const forms = {
      json: /"result": "drifted"/,
      markdown: /### Changed in the tenants \(1\)/,
      junit: /<failure message="1 change">/,
    };
    for (const [format, pattern] of Object.entries(forms)) {
      const { stdout, code } = await fleet(
        "drift",
        "contoso",
        "--format",
        format,
        "--save",
        "result.json",
      );
      assert.match(stdout, pattern);
      assert.equal(code, 1);
      const saved = readFileSync(join(folder, "result.json"), "utf8");
      assert.equal(parseResult(saved, "result.json").stacks[0]?.changes[0]?.settingId, MACROS);
    }
    // With the configuration of today, not that of the state.
    assert.match(log("drift", "contoso"), /refresh --preview-only .*--run-program=true/);
  });

  it("changes nothing before somebody has agreed", async () => {
    behave({
      contoso: { up: { recording: "preview-change" }, preview: { recording: "preview-change" } },
    });
    const refused = async (pattern: RegExp, ...args: string[]) => {
      const { stderr, code } = await fleet(...args);
      assert.match(stderr, pattern);
      assert.equal(code, 2);
      assert.equal(existsSync(join(folder, ".fleet", "logs", "up", "contoso.log")), false);
    };
    await refused(/there is no terminal to ask on: give --yes, or the preview/, "up");
    await refused(/there is no terminal to ask on: give --yes\n/, "refresh");
    await refused(/policies of 3 tenants. To agree, .*--yes-destroy "three"/, "destroy");
    await refused(
      /says two\. This deletes the policies of 3 tenants: agree with that number in words, --yes-destroy "three"\. Nothing/,
      "destroy",
      "--yes-destroy",
      "two",
    );
    await refused(/no stack of 3 is called contos\. Did you mean contoso\?/, "preview", "contos");
    await refused(/the canary zava is not among the stacks/, "up", "--yes", "--canary", "zava");
    await refused(/no record of an earlier/, "up", "--yes", "--resume");
  });

  it("refuses too many changes before the first tenant", async () => {
    behave({ contoso: { preview: { recording: "preview-change" }, up: {} } });
    const { stderr, code } = await fleet("up", "--yes", "--max-changes", "3", "contoso");
    assert.match(
      stderr,
      /there would be 4 changes, more than --max-changes 3\. Nothing was changed/,
    );
    assert.equal(code, 2);
    assert.equal((await fleet("up", "--yes", "--max-changes", "4", "contoso")).code, 0);
    assert.match(log("up", "contoso"), /^up of contoso/);
  });

  it("updates only what is as it was previewed", async () => {
    const change = { recording: "preview-change" };
    behave({ contoso: { preview: change, up: change }, fabrikam: { preview: change, up: change } });
    assert.equal((await fleet("preview", "contoso", "fabrikam", "--save", "preview.json")).code, 0);
    behave({
      contoso: { preview: change, up: change },
      fabrikam: { preview: { recording: "preview-create" }, up: change },
    });
    const { stdout, code } = await fleet("up", "--preview", "preview.json");
    assert.equal(code, 2);
    assert.match(stdout, /Its changes differ from those of the saved preview\.\n {4}in fabrikam/);
    assert.match(stdout, /It is not in the saved preview\.\n {4}in adatum/);
    assert.match(stdout, /3 tenants: 2 failed, 1 changed\./);
    assert.match(log("up", "contoso"), /up of contoso/);
    assert.doesNotMatch(log("up", "fabrikam"), /up of fabrikam/);
  });

  it("makes the stacks of fleet.yaml that do not exist, and counts those that are not in it", async () => {
    write(
      "fleet.yaml",
      "config: { everyone: all }\nstacks: { contoso: , zava: { config: { everyone: few } } }\n",
    );
    behave({});
    const { stderr, stdout } = await fleet("up", "--yes", "--parallel", "1");
    assert.match(stderr, /note: not in fleet\.yaml, and not run: 2 tenants of the project/);
    assert.match(
      stderr,
      /Made Pulumi\.contoso\.yaml, Pulumi\.zava\.yaml from fleet\.yaml: keep them/,
    );
    assert.match(stdout, /2 tenants: 2 unchanged\./);
    assert.equal(
      readFileSync(join(folder, "Pulumi.zava.yaml"), "utf8"),
      "config:\n  office:everyone: few\n",
    );
    assert.match(readFileSync(join(folder, "stacks.json"), "utf8"), /"zava"/);
  });

  it("takes those with a tag, and a shard of them", async () => {
    write(
      "stacks.json",
      JSON.stringify(
        ["a", "b", "c", "d"].map((name) => ({ name, tags: name === "b" ? [] : ["ring=pilot"] })),
      ),
    );
    behave({});
    const { stdout } = await fleet(
      "preview",
      "--tag",
      "ring=pilot",
      "--shard",
      "1/2",
      "--format",
      "json",
    );
    const { stacks: run, shard } = parseResult(stdout, "stdout");
    assert.deepEqual([run.map(({ stack }) => stack), shard], [["a", "d"], "1/2"]);
    const none = await fleet("preview", "--tag", "ring=pliot");
    assert.match(none.stderr, /^error: no stack of the project \S+ has the tag ring=pliot\. /m);
    assert.equal(none.code, 2);
  });

  it("lets running stacks finish after one Ctrl-C, and --resume does the rest", async () => {
    const until = join(folder, "go-on");
    behave({ adatum: { up: { recording: "preview-change", until } } });
    const end = fleet("up", "--yes", "--parallel", "1");
    await began("up", "adatum");
    interrupt();
    writeFileSync(until, "");
    const { stdout, stderr, code } = await end;
    assert.equal(code, 130);
    assert.match(stderr, /Stopping: stacks that run are finished/);
    assert.match(
      stdout,
      /Not run \(1\)\n {2}the run was stopped\n {4}in 2 tenants: contoso, fabrikam\n/,
    );
    assert.match(stdout, /3 tenants: 1 changed, 2 not run\./);
    const rest = await fleet("up", "--yes", "--resume");
    assert.match(rest.stderr, /Going on with the run of .* UTC: 1 tenant done, 2 tenants to run\./);
    assert.match(rest.stdout, /3 tenants: 1 changed, 2 unchanged\./);
    assert.equal(rest.code, 0);
    write("index.js", "// another program");
    assert.match((await fleet("up", "--yes", "--resume")).stderr, /the program has changed since/);
  });

  it("cancels running stacks after two, and tries again what failed", async () => {
    behave({ adatum: { up: { until: join(folder, "never") } } });
    const end = fleet("up", "--yes", "adatum");
    await began("up", "adatum");
    interrupt();
    interrupt();
    const { stdout, code } = await end;
    assert.equal(code, 130);
    assert.match(
      stdout,
      /It was cancelled\.\n {4}in adatum\n {4}Next: `fleet up --resume` goes on/,
    );
    behave({});
    const { stderr, stdout: again } = await fleet("up", "--yes", "--only", "failed");
    assert.match(stderr, /1 tenant failed in the run of/);
    assert.match(again, /1 tenant: 1 unchanged\./);
  });

  it("cancels a stack that takes longer than its time limit, and that one only", async () => {
    behave({ adatum: { preview: { until: join(folder, "never") } } });
    const { stdout, code } = await fleet("preview", "--time-limit", "1s");
    assert.equal(code, 2);
    assert.match(
      stdout,
      /It took longer than its time limit of 1 s, and was cancelled\.\n {4}in adatum/,
    );
  });

  it("says that there is no project, no stack or no CLI", async () => {
    stacks();
    assert.match(
      (await fleet("preview")).stderr,
      /the project office has no stacks in this backend/,
    );
    rmSync(join(folder, "bin", "pulumi"));
    assert.match((await fleet("preview")).stderr, /the program `pulumi` is not on the PATH/);
    rmSync(join(folder, "Pulumi.yaml"));
    assert.match((await fleet("preview")).stderr, /there is no Pulumi\.yaml here/);
  });

  /** Ctrl-C, for the command alone: the test runner listens, too. */
  function interrupt(): void {
    process.listeners("SIGINT").at(-1)?.("SIGINT");
  }

  /** Waits until the CLI of a stack runs. */
  function began(command: string, stack: string): Promise<void> {
    const logs = join(folder, ".fleet", "logs", command);
    mkdirSync(logs, { recursive: true });
    return new Promise((resolve) => {
      const watcher = watch(logs, () => check());
      const check = () => {
        if (!existsSync(join(logs, `${stack}.log`)) || !log(command, stack).includes(`of ${stack}`))
          return;
        watcher.close();
        resolve();
      };
      check();
    });
  }
});
