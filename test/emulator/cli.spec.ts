import { strict as assert } from "node:assert";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { type CommandProcess, outcomeOf, runCommand, startCommand } from "../commandLine";

const LIST = "/beta/officeConfiguration/clientConfigurations";

/** Output of `--json`. */
interface Ready {
  readonly url: string;
  readonly tokenUrl: string;
  readonly accessToken: string;
}

describe("the command line", () => {
  const running = new Set<CommandProcess>();
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "office-configuration-"));
  });

  afterEach(() => {
    for (const child of running) child.kill("SIGKILL");
  });

  after(() => rm(folder, { recursive: true }));

  function start(...args: string[]): CommandProcess {
    const child = startCommand(args);
    running.add(child);
    child.once("close", () => running.delete(child));
    return child;
  }

  const run = (...args: string[]) => runCommand(args);

  /** Starts an emulator and waits until it is ready; `stop` returns all that it said and its exit code. */
  async function emulate(...args: string[]) {
    const child = start("emulator", "--port", "0", "--json", ...args);
    const lines: string[] = [];
    const reader = createInterface(child.stdout).on("line", (line) => lines.push(line));
    const stderr = text(child.stderr);
    const closed = once(child, "close") as Promise<[number | null]>;
    await Promise.race([
      once(reader, "line"),
      closed.then(async () => Promise.reject(new Error(await stderr))),
    ]);
    const stop = async (signal: NodeJS.Signals) => {
      child.kill(signal);
      const [code] = await closed;
      return { code, lines, stderr: await stderr };
    };
    return { ready: JSON.parse(lines[0] ?? "") as Ready, stop };
  }

  const list = ({ url, accessToken }: Ready) =>
    fetch(`${url}${LIST}`, { headers: { authorization: `Bearer ${accessToken}` } });

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it(`prints one line when it is ready, and ends with 0 on ${signal}`, async () => {
      const { ready, stop } = await emulate();
      assert.equal((await list(ready)).status, 200);
      const { code, lines, stderr } = await stop(signal);
      assert.deepEqual([code, lines.length, stderr], [0, 1, ""]);
      await assert.rejects(list(ready));
    });
  }

  it("its token endpoint gives tokens that work", async () => {
    const { ready, stop } = await emulate();
    const form = {
      grant_type: "client_credentials",
      client_id: "a",
      client_secret: "emulator-secret",
    };
    const response = await fetch(ready.tokenUrl, {
      method: "POST",
      body: new URLSearchParams(form),
    });
    const { access_token: accessToken } = (await response.json()) as { access_token: string };
    assert.equal((await list({ ...ready, accessToken })).status, 200);
    await stop("SIGTERM");
  });

  it("holds what its files say, in the mode and for the caller that the options name", async () => {
    const [seedFile, definitionFile] = [join(folder, "seed.json"), join(folder, "intune.json")];
    const setting = "microsoft.copilot.allowwebsearch";
    const seed = {
      clientConfigurations: [
        { displayName: "Privacy", policies: [{ settingId: "a", value: "0" }] },
      ],
      configurationPolicies: [{ name: "Macros" }],
      copilotSettings: { [setting]: "2" },
    };
    await writeFile(seedFile, JSON.stringify(seed));
    await writeFile(definitionFile, JSON.stringify({ value: [{ "@odata.type": "#x", id: "a" }] }));
    const files = ["--seed", seedFile, "--definitions", definitionFile];
    const { ready, stop } = await emulate(...files, "--payloads", "stream", "--user");
    const get = async (path: string) => {
      const headers = { authorization: `Bearer ${ready.accessToken}` };
      const answer = await fetch(`${ready.url}/beta/${path}`, { headers });
      return (await answer.json()) as { value: Record<string, unknown>[] };
    };
    const [configuration = {}] = (await get("officeConfiguration/clientConfigurations")).value;
    assert.equal(configuration.displayName, "Privacy");
    assert.ok("policyPayload@odata.mediaReadLink" in configuration);
    const policies = await get("deviceManagement/configurationPolicies");
    assert.deepEqual(
      policies.value.map(({ name }) => name),
      ["Macros"],
    );
    const definitions = await get("deviceManagement/configurationSettings");
    assert.deepEqual(
      definitions.value.map(({ id }) => id),
      ["a"],
    );
    // Only a user gets it.
    assert.equal((await get(`copilot/admin/policySettings/${setting}`)).value, "2");
    await stop("SIGTERM");
  });

  it("plays a profile, and says what of it it cannot play", async () => {
    const file = join(folder, "profile.json");
    const manners = { cloudPolicy: { pageSize: 3, etags: "not seen", dateDigits: 6 } };
    const roads = { intune: { state: "closed", grant: "write" } };
    await writeFile(file, JSON.stringify({ tenantProfile: 1, caller: "user", roads, manners }));
    const policies = join(folder, "five.json");
    const seed = ["a", "b", "c", "d", "e"].map((displayName) => ({ displayName }));
    await writeFile(policies, JSON.stringify(seed));
    const { ready, stop } = await emulate("--profile", file, "--seed", policies);
    const listed = (await (await list(ready)).json()) as { value: object[] };
    assert.equal(listed.value.length, 3);
    const claims = JSON.parse(
      Buffer.from(ready.accessToken.split(".")[1] ?? "", "base64url").toString(),
    ) as { idtyp: string };
    assert.equal(claims.idtyp, "user");
    const { code, stderr } = await stop("SIGTERM");
    assert.deepEqual(
      [code, stderr],
      [0, "note: the emulator cannot play what the profile says: cloudPolicy.dateDigits 6\n"],
    );
  });

  it("is kind with --kind, whatever the environment says", async () => {
    const file = join(folder, "seven.json");
    const seed = Array.from({ length: 7 }, (_, index) => ({ displayName: `Policy ${index}` }));
    await writeFile(file, JSON.stringify(seed));
    const pageOf = async (...args: string[]) => {
      const { ready, stop } = await emulate("--seed", file, ...args);
      const { value } = (await (await list(ready)).json()) as { value: unknown[] };
      await stop("SIGTERM");
      return value.length;
    };
    const preset = process.env.OFFICE_EMULATOR_PRESET;
    process.env.OFFICE_EMULATOR_PRESET = "unkind";
    try {
      assert.deepEqual([await pageOf(), await pageOf("--kind")], [5, 7]);
    } finally {
      if (preset === undefined) delete process.env.OFFICE_EMULATOR_PRESET;
      else process.env.OFFICE_EMULATOR_PRESET = preset;
    }
  });

  it("answers 500 on each third page of setting definitions as often as --definition-errors says", async () => {
    const third = Buffer.from("3-200").toString("base64url");
    const statuses = async (...args: string[]) => {
      const { ready, stop } = await emulate(...args);
      const url = `${ready.url}/beta/deviceManagement/configurationSettings?$skiptoken=${third}`;
      const headers = { authorization: `Bearer ${ready.accessToken}` };
      const asked = [await fetch(url, { headers }), await fetch(url, { headers })];
      await stop("SIGTERM");
      return asked.map(({ status }) => status);
    };
    assert.deepEqual(await statuses("--kind"), [200, 200]);
    assert.deepEqual(await statuses("--kind", "--definition-errors", "1"), [500, 200]);
  });

  it("serves https with --tls, and prints the certificate", async () => {
    const { ready, stop } = await emulate("--tls");
    assert.match(ready.url, /^https:\/\/localhost:/);
    assert.match((ready as { certificate?: string }).certificate ?? "", /^-----BEGIN CERTIFICATE/);
    await stop("SIGTERM");
  });

  /** The first text of an emulator that is started with these options, and a policy list asked with it. */
  async function firstText(...args: string[]) {
    const child = start("emulator", ...args);
    const [chunk] = (await once(child.stdout, "data")) as [Buffer];
    const shown = String(chunk);
    const variable = (name: string) =>
      new RegExp(`^ *export OFFICE_CONFIGURATION_${name}=(\\S+)$`, "m").exec(shown)?.[1] ?? "";
    const ready = {
      url: variable("ENDPOINT"),
      tokenUrl: "",
      accessToken: variable("ACCESS_TOKEN"),
    };
    const { status } = await list(ready);
    child.kill("SIGTERM");
    await once(child, "close");
    return { shown, status, accessToken: ready.accessToken, tenantId: variable("TENANT_ID") };
  }

  it("says how to use it, with its tenant and a token that a person can copy", async () => {
    const { shown, status, accessToken, tenantId } = await firstText();
    assert.equal(status, 200);
    assert.equal(accessToken, "emulator");
    assert.match(shown, new RegExp(`^Tenant: +${tenantId}$`, "m"));
    assert.match(shown, /docs\/emulator\.md/);
    for (const line of shown.split("\n")) assert.ok(line.length <= 80, line);
  });

  it("prints nothing but exports with --env, with the tenant and the token that it is given", async () => {
    const tenant = "11111111-1111-4111-8111-111111111111";
    const given = ["--env", "--tenant-id", tenant, "--token", "mine"];
    const { shown, status, accessToken, tenantId } = await firstText(...given);
    assert.equal(status, 200);
    assert.deepEqual([accessToken, tenantId], ["mine", tenant]);
    assert.match(shown, /^(export OFFICE_CONFIGURATION_[A-Z_]+=\S+\n){3}$/);
  });

  it("takes a token that it is given with --json too", async () => {
    const { ready, stop } = await emulate("--token", "mine");
    assert.equal(ready.accessToken, "mine");
    assert.equal((await list(ready)).status, 200);
    assert.equal((await list({ ...ready, accessToken: "other" })).status, 401);
    await stop("SIGTERM");
  });

  describe("says in one line what is wrong, and ends with 2", () => {
    let broken: string;
    let misspelt: string;

    before(async () => {
      broken = join(folder, "broken.json");
      misspelt = join(folder, "misspelt.json");
      await writeFile(broken, "[{]\n");
      await writeFile(misspelt, JSON.stringify([{ displayName: "a", polices: [] }]));
    });

    const rows: [args: () => string[], message: RegExp][] = [
      [() => ["emulator", "--prot", "1"], /unknown option '--prot' \(Did you mean --port\?\)/],
      [() => ["emulator", "--port", "http"], /--port must be a whole number from 0 to 65535/],
      [() => ["emulator", "--port", "65536"], /--port must be .*, not '65536'/],
      [() => ["emulator", "--port", ""], /--port must be .*, not ''/],
      [() => ["emulator", "--port"], /'--port <number>' argument missing/],
      [() => ["emulator", "--latency-ms", "-1"], /--latency-ms must be/],
      [() => ["emulator", "--tenant-id", "contoso"], /--tenant-id must be a GUID, not 'contoso'/],
      [
        () => ["emulator", "--payloads", "zip"],
        /--payloads must be inline, stream or null, not 'zip'/,
      ],
      [() => ["emulator", "--token", "a b"], /--token must be .*, not 'a b'/],
      [() => ["emulator", "--env", "--json"], /--env and --json exclude each other/],
      [() => ["emulator", "--env", "--tls"], /--env cannot give the certificate of --tls/],
      [() => ["emulator", "extra"], /too many arguments/],
      [() => ["emulater"], /unknown command 'emulater' \(Did you mean emulator\?\)/],
      [
        () => ["emulator", "--seed", join(folder, "none.json")],
        /--seed .*none\.json cannot be read/,
      ],
      [() => ["emulator", "--seed", broken], /--seed .*broken\.json cannot be read as JSON/],
      [() => ["emulator", "--seed", misspelt], /--seed .*misspelt\.json: 0: .*"polices"/],
    ];
    for (const [args, message] of rows) {
      it(String(message), async () => {
        const { code, stdout, stderr } = await run(...args());
        assert.match(stderr, message);
        assert.match(stderr, /^error: [^\n]+\n$/);
        assert.deepEqual([code, stdout], [2, ""]);
      });
    }
  });

  for (const [args, code, output] of [
    [["--version"], 0, /^\d+\.\d+\.\d+\n$/],
    [["emulator", "--prot", "1"], 2, /^error: unknown option '--prot' .*\n$/],
    [["complete", "--", "em"], 0, /^emulator\t.*\n:4\n$/],
  ] as const) {
    it(`ends with ${code} in a process of its own: ${args.join(" ")}`, async () => {
      const end = await outcomeOf(start(...args));
      assert.equal(end.code, code);
      assert.match(end.stdout + end.stderr, output);
    });
  }

  it("goes on to its end when nobody reads what it prints", async () => {
    const command = start("--help");
    command.stdout.destroy();
    const stderr = text(command.stderr);
    const [code] = (await once(command, "exit")) as [number | null];
    assert.deepEqual({ code, stderr: await stderr }, { code: 0, stderr: "" });
  });

  it("a port that is taken: one line, and 1", async () => {
    const { ready, stop } = await emulate();
    const { code, stderr } = await run("emulator", "--port", new URL(ready.url).port);
    assert.match(stderr, /^error: [^\n]*EADDRINUSE[^\n]*\n$/);
    assert.equal(code, 1);
    await stop("SIGTERM");
  });

  for (const [args, pattern] of [
    [["--help"], /emulator \[options\].*<command> --help.*pulumi-office-configuration\/docs:/s],
    [["emulator", "--help"], /--seed <file>.*Examples:\n.*--port 4280.*docs:\n {2}emulator\.md/s],
    [["doctor", "--help"], /--timeout <seconds>.*Exit code 0.*Examples:\n.*docs:\n {2}doctor\.md/s],
    [["complete", "--help"], /bash-completion.*Examples:\n.*complete zsh.*complete fish/s],
    [["compare", "--help"], /--strict.*Exit code 0.*RIGHT_.*Examples:\n.*docs:\n {2}compare\.md/s],
    [["export", "--help"], /--out <folder>.*Examples:\n.*docs:\n {2}export\.md/s],
    [["catalogue", "build", "--help"], /--admx <folder>.*Examples:\n.*docs:\n {2}catalogue\.md/s],
    [
      ["catalogue", "fetch", "--help"],
      /--out <file>.*partial.*Examples:\n.*docs:\n {2}catalogue\.md/s,
    ],
    [["convert", "--help"], /--road <road>.*Examples:\n.*docs:\n {2}from-group-policy\.md/s],
    [["report", "--help"], /--html <file>.*Exit code 0.*Examples:\n.*docs:\n {2}report\.md/s],
    [["fleet", "--help"], /Exit code 0.*Examples:\n.*docs:\n {2}fleet\.md/s],
    [
      ["fleet", "preview", "--help"],
      /\nExit codes and examples: office-configuration fleet --help\n$/,
    ],
    [["fleet", "kubernetes", "--help"], /--repo <url>.*Example:\n/s],
    [["--version"], /^\d+\.\d+\.\d+\n$/],
  ] as const) {
    it(`${args.join(" ")} ends with 0`, async () => {
      const { code, stdout, stderr } = await run(...args);
      assert.match(stdout, pattern);
      for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
      assert.deepEqual([code, stderr], [0, ""]);
    });
  }

  for (const [typed, offered] of [
    [["em"], ["emulator"]],
    [
      ["emulator", "--t"],
      ["--tls", "--tenant-id", "--token"],
    ],
    [
      ["emulator", "--payloads", ""],
      ["inline", "stream", "null"],
    ],
    [["do"], ["doctor"]],
    [
      ["doctor", "--format", ""],
      ["table", "json"],
    ],
    [["ca"], ["catalogue"]],
    [
      ["catalogue", ""],
      ["build", "fetch", "search", "show", "diff", "help"],
    ],
    [["catalogue", "build", "--a"], ["--admx"]],
    [
      ["catalogue", "fetch", "--"],
      [
        ...["--out", "--page-size", "--tenant-id", "--client-id", "--endpoint", "--credential"],
        "--help",
      ],
    ],
    [
      ["catalogue", "fetch", "--credential", "azure"],
      ["azurePipelines", "azureCli"],
    ],
    [
      ["export", "--credential", "azure"],
      ["azurePipelines", "azureCli"],
    ],
  ] as const) {
    it(`offers a shell what may stand at the end of: ${typed.join(" ")}`, async () => {
      const { code, stdout } = await run("complete", "--", ...typed);
      const lines = stdout.trim().split("\n");
      // The last line tells the shell that no files are meant.
      assert.equal(lines.pop(), ":4");
      assert.deepEqual(
        lines.map((line) => line.split("\t")[0]),
        offered,
      );
      assert.equal(code, 0);
    });
  }

  for (const shell of ["bash", "zsh", "fish"]) {
    it(`prints the script of ${shell}, which asks this command`, async () => {
      const { code, stdout, stderr } = await run("complete", shell);
      assert.match(stdout, /office-configuration complete -- /);
      assert.deepEqual([code, stderr], [0, ""]);
    });
  }
});
