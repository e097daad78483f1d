import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { createSession, type GraphClient, resolveSessionConfig } from "../../provider/graph";
import type { LookupName, LookupResult } from "../../provider/program/lookups/request";
import { answer } from "../../provider/program/lookups/run/ask";
import { documented } from "./ask";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";
const SETTINGS = [
  { settingId: "office16;L_SendFeedback", value: "0" },
  { settingId: "office16;L_SendTelemetry", value: "1", type: "REG_DWORD" },
];

const SEED: EmulatorOptions["seed"] = [
  { displayName: "Zero", priority: 4, policies: { any: ["JSON"] } },
  {
    displayName: "Baseline",
    description: "For all",
    priority: 1,
    policies: SETTINGS,
    userPreferences: [],
    groupIds: [GROUP],
  },
  { type: SECURITY, displayName: "Twin", priority: 2 },
  { displayName: "Twin", priority: 3 },
  { type: SECURITY, displayName: "Macro security", priority: 0 },
];

const STATUS = {
  userPrincipalName: "user@contoso.example",
  wasSuccessful: true,
  userId: "7",
  checkinDateTime: "2017-01-01T00:02:03+02:00",
  lastTaskName: "Apply",
};

for (const payloads of ["inline", "stream"] as const) {
  describe(`lookups (payloads ${payloads}, two policies a page)`, () => {
    let emulator: Emulator;
    let graph: GraphClient;

    before(async () => {
      emulator = await createEmulator({ mode: { payloads, pageSize: 2 }, seed: SEED });
      graph = graphOf(emulator);
    });

    beforeEach(() => emulator.reset());

    after(() => emulator.close());

    const ask = <Name extends LookupName>(name: Name, args?: unknown) =>
      answer(name, { args, options: undefined }, () => graph) as Promise<LookupResult<Name>>;

    const idOf = (name: string) =>
      emulator.store.list().find(({ displayName }) => displayName === name)?.id ?? "";

    it("give a policy by name and by id, as a program writes it", async () => {
      const id = idOf("Baseline");
      emulator.store.patch(id, {
        userCheckinSummary: { "@odata.type": "x", succeededUserCount: 3, failedUserCount: 0 },
        checkinStatuses: [{ ...STATUS, errorMessage: null }],
      });
      const expected = {
        id,
        kind: "WindowsOfficeClientConfiguration",
        displayName: "Baseline",
        description: "For all",
        priority: 1,
        policies: SETTINGS,
        userPreferences: [],
        assignments: [GROUP],
        userCheckinSummary: { succeededUserCount: 3, failedUserCount: 0 },
        checkinStatuses: [STATUS],
      };
      const [, listed] = await ask("getOfficeClientConfigurations");
      for (const found of [
        await ask("getOfficeClientConfiguration", { displayName: "Baseline" }),
        await ask("getOfficeClientConfiguration", { id }),
        listed,
      ]) {
        const { lastModifiedDateTime = "", ...rest } = documented(found) ?? {};
        assert.deepEqual(rest, expected);
        const changedAt = emulator.store.get(id)?.lastModifiedDateTime;
        assert.equal(new Date(lastModifiedDateTime).toISOString(), changedAt);
      }
      assert.deepEqual(emulator.writes(), []);
    });

    it("leave out what is absent", async () => {
      const found = await ask("getOfficeClientConfiguration", { displayName: "Macro security" });
      for (const name of ["description", "policies", "userPreferences"] as const) {
        assert.ok(!(name in found), name);
      }
      assert.deepEqual(found.assignments, []);
    });

    it("list all pages, by priority", async () => {
      const names = (await ask("getOfficeClientConfigurations")).map((found) => found.displayName);
      assert.deepEqual(names, ["Macro security", "Baseline", "Twin", "Twin", "Zero"]);
    });

    it("list what a filter of Graph and a kind leave", async () => {
      const kind = "WindowsOfficeClientSecurityConfiguration";
      const ofKind = await ask("getOfficeClientConfigurations", { kind });
      assert.deepEqual(
        ofKind.map((found) => found.priority),
        [0, 2],
      );
      const filter = "displayName eq 'Twin' or priority eq 4";
      const filtered = await ask("getOfficeClientConfigurations", { filter });
      assert.deepEqual(
        filtered.map((found) => found.priority),
        [2, 3, 4],
      );
      const [both, ...others] = await ask("getOfficeClientConfigurations", { filter, kind });
      assert.deepEqual([both?.displayName, both?.kind, others], ["Twin", kind, []]);
    });

    it("tell two policies of one name apart by their kind", async () => {
      const kind = "WindowsOfficeClientSecurityConfiguration";
      const found = await ask("getOfficeClientConfiguration", { displayName: "Twin", kind });
      assert.equal(found.priority, 2);
    });

    it("give the tenant's singleton, with the names of last tasks", async () => {
      emulator.store.singleton.tenantUserCheckinSummary = {
        succeededUserCount: 1,
        failedUserCount: 2,
      };
      emulator.store.singleton.tenantCheckinStatuses = [STATUS];
      assert.deepEqual(documented(await ask("getOfficeConfiguration")), {
        tenantUserCheckinSummary: { succeededUserCount: 1, failedUserCount: 2 },
        tenantCheckinStatuses: [STATUS],
      });
    });
  });
}

describe("lookups that fail", () => {
  let emulator: Emulator;
  let graph: GraphClient;

  before(async () => {
    emulator = await createEmulator({ seed: SEED });
    graph = graphOf(emulator);
  });

  after(() => emulator.close());

  const failure = async (name: LookupName, args: unknown, signal?: AbortSignal) => {
    const options = signal && { signal };
    const error: unknown = await answer(name, { args, options }, () => graph)
      .then(() => undefined)
      .catch((reason: unknown) => reason);
    assert.ok(error instanceof Error, `${name} should have failed`);
    return error.message;
  };

  const twins = () => emulator.store.list().filter(({ displayName }) => displayName === "Twin");

  it("say what was looked for, how many policies there are, and the nearest name", async () => {
    const message = await failure("getOfficeClientConfiguration", { displayName: "baselin" });
    const [first, second, third] = message.split("\n");
    assert.equal(
      first,
      'getOfficeClientConfiguration({ displayName: "baselin" }): The tenant has no policy with the display name "baselin"; it has 5 policies.',
    );
    assert.equal(second, 'The nearest name is "Baseline"; names are compared exactly.');
    assert.match(third ?? "", /getOfficeClientConfigurationOutput and its option dependsOn/);
  });

  it("name no other policy where none is near", async () => {
    const message = await failure("getOfficeClientConfiguration", { displayName: "kubernetes" });
    assert.doesNotMatch(message, /nearest/);
  });

  it("say that an id is of none", async () => {
    const message = await failure("getOfficeClientConfiguration", { id: "13a5" });
    assert.match(message, /The tenant has no policy with the id "13a5"; it has 5 policies\./);
  });

  it("list several with their ids, kinds and priorities, and say to give the id", async () => {
    const [security, other] = twins();
    const message = await failure("getOfficeClientConfiguration", { displayName: "Twin" });
    assert.deepEqual(message.split("\n"), [
      'getOfficeClientConfiguration({ displayName: "Twin" }): 2 policies have the display name "Twin":',
      `- ${security?.id} (WindowsOfficeClientSecurityConfiguration, priority 2)`,
      `- ${other?.id} (WindowsOfficeClientConfiguration, priority 3)`,
      "Give the id of the one that is meant, in place of its name.",
    ]);
  });

  it("name both kinds where an id is of another", async () => {
    const id = twins()[0]?.id;
    const kind = "WindowsOfficeClientConfiguration";
    assert.match(
      await failure("getOfficeClientConfiguration", { id, kind }),
      /is a WindowsOfficeClientSecurityConfiguration, not a WindowsOfficeClientConfiguration/,
    );
  });

  it("say that a name is there as another kind", async () => {
    const kind = "WindowsOfficeClientConfiguration";
    assert.match(
      await failure("getOfficeClientConfiguration", { displayName: "Macro security", kind }),
      /no WindowsOfficeClientConfiguration with .*\n[\w-]+ \(WindowsOfficeClientSecurityConfiguration, priority 0\) has that name/,
    );
  });

  it("repeat what Graph said of a filter", async () => {
    assert.match(
      await failure("getOfficeClientConfigurations", { filter: "displayName eq" }),
      /^getOfficeClientConfigurations\(\{ filter: "displayName eq" \}\): Reading the tenant's client configurations failed: 400/,
    );
  });

  it("say plainly that the tenant does not serve the API, by id too", async () => {
    const message = "Resource not found for the segment 'officeConfiguration'.";
    emulator.addFault({ match: "GET *", status: 404, message, times: 2 });
    assert.match(
      await failure("getOfficeClientConfiguration", { id: "13a5" }),
      /does not serve the beta API/,
    );
  });

  it("stop when their signal says so", async () => {
    const before = emulator.requests.length;
    const message = await failure("getOfficeClientConfigurations", {}, AbortSignal.abort());
    assert.match(message, /failed: it was stopped/);
    assert.equal(emulator.requests.length, before);
  });
});

describe("lookups where a list leaves parts out", () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await createEmulator({ seed: SEED });
  });

  after(() => emulator.close());

  it("ask each policy for its groups and payloads", async () => {
    const bare = emulator.store.list().map(({ id, type, displayName }) => ({
      "@odata.type": type,
      id,
      displayName,
    }));
    const match = "GET /officeConfiguration/clientConfigurations?*";
    emulator.addFault({ match, status: 200, body: JSON.stringify({ value: bare }) });
    const request = { args: { kind: "WindowsOfficeClientConfiguration" }, options: undefined };
    const found = await answer("getOfficeClientConfigurations", request, () => graphOf(emulator));
    const baseline = found.find(({ displayName }) => displayName === "Baseline");
    assert.deepEqual(baseline?.assignments, [GROUP]);
    assert.deepEqual(baseline?.policies, SETTINGS);
    assert.deepEqual(found.find(({ displayName }) => displayName === "Zero")?.policies, {
      any: ["JSON"],
    });
  });
});

describe("the process of a program with a lookup", () => {
  it("ends by itself as soon as its work is done", async () => {
    const server = createServer((_, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ value: [] }));
    });
    // An idle connection of undici would keep the process for as long, a timer of a call for minutes.
    server.keepAliveTimeout = 600_000;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const script = `
      require("./provider").getOfficeClientConfigurations().then(({ length }) => {
        process.stdout.write(String(length));
      });`;
    const child = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", script], {
      cwd: join(__dirname, "..", ".."),
      env: {
        ...process.env,
        OFFICE_CONFIGURATION_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        OFFICE_CONFIGURATION_ACCESS_TOKEN: "any",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const ended = once(child, "exit");
      const [chunk] = (await once(child.stdout, "data")) as [Buffer];
      assert.equal(chunk.toString("utf8"), "0");
      assert.deepEqual(await ended, [0, null]);
    } finally {
      child.kill("SIGKILL");
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

/** A client of an emulator, with the emulator's own token. */
function graphOf({ url, accessToken }: Emulator): GraphClient {
  const env = {
    OFFICE_CONFIGURATION_ENDPOINT: url,
    OFFICE_CONFIGURATION_ACCESS_TOKEN: accessToken,
  };
  return createSession(resolveSessionConfig(() => undefined, env)).graph;
}
