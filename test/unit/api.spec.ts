import { strict as assert } from "node:assert";
import {
  deleteConfiguration,
  listClientConfigurations,
  mayRefuseExpanding,
} from "../../provider/api/clientConfigurations";
import {
  assignmentsBody,
  groupIdsOf,
  inlineBytes,
  kindOf,
  readConfiguration,
  scalarOf,
  shortType,
} from "../../provider/api/configurationAnswer";
import { ConfigurationReader, type SharedReads } from "../../provider/api/configurationReader";
import { paths } from "../../provider/api/paths";
import { settingDefinitionPages } from "../../provider/api/settingDefinitions";
import { expandedAssignments, isSilentInList } from "../../provider/api/silence";
import { GraphHttpError } from "../../provider/graph";
import { fakeGraph, refused } from "../fakeGraph";

const ALL = paths.clientConfigurations;
const ONE = paths.clientConfiguration("one");
const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const call = { action: "Listing", subject: "them" };
const none = { method: "GET", path: "/x" } as const;

describe("the pages of setting definitions", () => {
  it("are asked for as they are, without a filter, and again after a 500", async () => {
    const { graph, sent } = fakeGraph(() => ({ value: [{ id: "a" }, 7] }));
    const pages = settingDefinitionPages(graph);
    assert.deepEqual((await pages.next()).value, { items: [{ id: "a" }, 7] });
    assert.deepEqual(sent, [
      {
        method: "GET",
        path: "/deviceManagement/configurationSettings",
        action: "Reading",
        subject: "Intune's setting definitions",
        repeatsAfter500: true,
        joins: false,
      },
    ]);
  });

  it("go on at a link, and have the size that is asked for", async () => {
    const { graph, sent } = fakeGraph(() => ({ value: [] }));
    const link = new URL("https://graph.test/beta/next");
    await settingDefinitionPages(graph, { link, pageSize: 20 }).next();
    assert.deepEqual(
      sent.map((request) => [request.path, request.link]),
      [["/deviceManagement/configurationSettings?$top=20", link]],
    );
  });
});

describe("the list of client configurations", () => {
  const policies = { value: [{ id: "a" }, { id: "b" }, { id: 7 }] };
  const asked = async (query: Parameters<typeof listClientConfigurations>[2], refusal?: number) => {
    const { graph, sent } = fakeGraph((request) => {
      if (refusal !== undefined && request.path.includes("$expand"))
        throw refused(request, refusal);
      return policies;
    });
    const listed = await listClientConfigurations(graph, call, query).catch(
      (error: unknown) => error,
    );
    return { listed, asked: sent.map(({ path }) => path), words: sent.map(({ action }) => action) };
  };

  it("counts the objects that are no policies", async () => {
    const { listed, words } = await asked({});
    const found = listed as Awaited<ReturnType<typeof listClientConfigurations>>;
    assert.deepEqual([found.policies.map(({ id }) => id), found.unreadable], [["a", "b"], 1]);
    assert.deepEqual(words, ["Listing"]);
  });

  it("is asked for with a filter, and with groups, where they are wanted", async () => {
    const filter = "displayName eq 'A&B'";
    const encoded = "$filter=displayName%20eq%20'A%26B'";
    assert.deepEqual((await asked(undefined)).asked, [ALL]);
    assert.deepEqual((await asked({ filter })).asked, [`${ALL}?${encoded}`]);
    assert.deepEqual((await asked({ withGroups: true })).asked, [`${ALL}?$expand=assignments`]);
    const both = await asked({ filter, withGroups: true });
    assert.deepEqual(both.asked, [`${ALL}?$expand=assignments&${encoded}`]);
  });

  it("is asked for without groups where a service does not expand them in lists", async () => {
    for (const status of [400, 501]) {
      const { asked: trips, listed } = await asked({ filter: "f", withGroups: true }, status);
      assert.deepEqual(trips, [`${ALL}?$expand=assignments&$filter=f`, `${ALL}?$filter=f`]);
      assert.ok(!(listed instanceof Error));
    }
    const { asked: trips, listed } = await asked({ withGroups: true }, 403);
    assert.ok(listed instanceof GraphHttpError);
    assert.equal(trips.length, 1);
    assert.equal(mayRefuseExpanding({ status: 400 }), false);
  });
});

describe("the deletion of a client configuration", () => {
  it("looks at it first, with its groups", async () => {
    const { graph, sent } = fakeGraph(() => ({ id: "one", displayName: "A" }));
    assert.equal((await deleteConfiguration(graph, "one", call))?.displayName, "A");
    const lookFirst = `${ONE}?$expand=assignments`;
    assert.deepEqual(sent, [{ ...call, method: "DELETE", path: ONE, lookFirst }]);
  });

  it("is done where it was gone already, and fails where it is refused", async () => {
    const refusing = (status: number) =>
      fakeGraph((request) => Promise.reject(refused(request, status))).graph;
    assert.equal(await deleteConfiguration(refusing(404), "one", call), undefined);
    await assert.rejects(deleteConfiguration(refusing(403), "one", call), { status: 403 });
  });
});

describe("a client configuration as Graph has it", () => {
  it("has its kind, whichever way the type is spelt, and none of another type", () => {
    const kind = (type?: string) => {
      const found = readConfiguration({ id: "1", "@odata.type": type });
      return found && kindOf(found);
    };
    assert.equal(kind("windowsOfficeClientConfiguration"), "WindowsOfficeClientConfiguration");
    assert.equal(
      kind("microsoft.graph.windowsOfficeClientSecurityConfiguration"),
      "WindowsOfficeClientSecurityConfiguration",
    );
    assert.equal(kind("#microsoft.graph.user"), undefined);
    assert.equal(kind(), undefined);
  });

  it("has the short name of its type", () => {
    for (const type of ["#microsoft.graph.x", "#x", "microsoft.graph.x", "x"]) {
      assert.equal(shortType(type), "x");
    }
    assert.equal(shortType("x#microsoft.graph.y"), "x#microsoft.graph.y");
  });

  it("has an id of its own, and one in value only where it has none", () => {
    assert.equal(readConfiguration({ id: "1", value: { id: "2" } })?.id, "1");
    assert.equal(readConfiguration({ value: { id: "2" } })?.id, "2");
  });

  it("has texts and numbers, and nothing else in their place", () => {
    const found = { id: "1", description: null, priority: 0, displayName: "" };
    const of = (property: string) => scalarOf(found, { property });
    assert.deepEqual(["description", "priority", "displayName", "x"].map(of), [
      undefined,
      0,
      "",
      undefined,
    ]);
  });

  it("is for groups, and what is no assignment is for none", () => {
    for (const odd of [undefined, null, "x", {}]) assert.deepEqual(groupIdsOf(odd), []);
    assert.deepEqual(groupIdsOf([7, null, { target: 1 }, ...assignmentsBody(["g"])]), ["g"]);
    assert.deepEqual(assignmentsBody(["g"]), [
      {
        "@odata.type": "#microsoft.graph.officeClientConfigurationAssignment",
        target: {
          "@odata.type": "#microsoft.graph.officeConfigurationGroupAssignmentTarget",
          groupId: "g",
        },
      },
    ]);
  });

  it("has payloads as base64, or as text where that is none", () => {
    assert.equal(inlineBytes("WzFd").toString(), "[1]");
    assert.equal(inlineBytes('[{"é":1}]').toString(), '[{"é":1}]');
  });
});

describe("an answer", () => {
  it("of a list is silent on a payload that it neither holds nor links to", () => {
    const silent = (more: object) => isSilentInList({ id: "1", ...more }, "policyPayload");
    assert.equal(silent({ policyPayload: "" }), false);
    assert.equal(silent({ "policyPayload@odata.mediaReadLink": "x" }), false);
    for (const more of [
      {},
      { policyPayload: null },
      { userPreferencePayload: "", "userPreferencePayload@odata.mediaReadLink": "x" },
    ]) {
      assert.equal(silent(more), true);
    }
  });

  it("holds all assignments only where it says so, and fewer than may be cut", () => {
    const items = (count: number) => assignmentsBody(Array.from({ length: count }, () => "g"));
    const of = (count: number, more: object = {}, expected?: string[]) =>
      expandedAssignments({ id: "1", assignments: items(count), ...more }, expected)?.length;
    assert.equal(expandedAssignments({ id: "1" }), undefined);
    assert.equal(expandedAssignments({ id: "1", assignments: null }), undefined);
    assert.deepEqual([of(1), of(19), of(20)], [1, 19, undefined]);
    assert.equal(of(1, { "assignments@odata.nextLink": "x" }), undefined);
    assert.equal(of(1, { "assignments@odata.nextLink": null }), 1);
    assert.deepEqual(
      [of(0), of(0, {}, []), of(0, {}, ["g"]), of(1, {}, ["g"])],
      [0, 0, undefined, 1],
    );
  });
});

describe("a path of a client configuration", () => {
  it("has its id encoded", () => {
    assert.equal(paths.assign("a/b c"), `${ALL}/a%2Fb%20c/assign`);
  });

  it("is none where the id would lead elsewhere, or cannot be encoded", () => {
    for (const id of ["", ".", ".."]) {
      assert.throws(() => paths.clientConfiguration(id), {
        message: `"${id}" cannot be the id of a client configuration.`,
      });
    }
    assert.throws(() => paths.assignments("a\ud800"), /A text that is no Unicode/);
    for (const [path, kind] of [
      [paths.configurationPolicySettings, /^"\." cannot be the id of a policy of Intune's\.$/],
      [paths.copilotPolicySetting, /^"\." cannot be the id of a setting of Copilot's\.$/],
    ] as const) {
      assert.throws(() => path("."), { message: kind });
    }
  });
});

describe("a reader of a client configuration", () => {
  const found = { id: "one", "@odata.type": TYPE, displayName: "A" };
  const shared = (answer?: typeof found): SharedReads & { readonly seen: unknown[] } => {
    const seen: unknown[] = [];
    return {
      seen,
      find: (_, wanted, words) => {
        seen.push(wanted, words);
        return Promise.resolve(answer);
      },
      creationsGathered: () => Promise.resolve(void seen.push("gathered")),
    };
  };
  const freshness = { maxAgeMs: 5, needs: ["policyPayload"] } as const;

  it("names it in messages", async () => {
    const { graph, sent } = fakeGraph(({ accepts }) =>
      accepts ? undefined : { ...found, value: [] },
    );
    const reader = new ConfigurationReader(graph, { label: "A" });
    assert.equal(new ConfigurationReader(graph).subject, 'client configuration "(unnamed)"');
    await reader.find("one");
    await reader.payload(found, "policies");
    await reader.groups(found);
    const subject = 'client configuration "A"';
    const words = sent.map(({ action, path, subject: named }) => {
      assert.equal(named, subject);
      return `${action} ${path.replace(ONE, "")}`;
    });
    assert.deepEqual(words, [
      "Reading ?$expand=assignments",
      "Reading policies of /policyPayload",
      "Reading policies of /policyPayload/$value",
      "Reading the groups of /assignments",
    ]);
  });

  it("takes it from what others read as well, where that says enough", async () => {
    const { graph, sent } = fakeGraph(() => ({ ...found, displayName: "alone" }));
    const reads = shared(found);
    const reader = new ConfigurationReader(graph, { reads });
    assert.equal((await reader.find("one", freshness))?.displayName, "A");
    const subject = 'client configuration "(unnamed)"';
    assert.deepEqual(reads.seen, [
      { id: "one", ...freshness },
      { action: "Reading", subject },
    ]);
    assert.equal((await reader.find("one"))?.displayName, "alone");
    const silent = new ConfigurationReader(graph, { reads: shared() });
    assert.equal((await silent.find("one", freshness))?.displayName, "alone");
    assert.equal(
      (await new ConfigurationReader(graph).find("one", freshness))?.displayName,
      "alone",
    );
    assert.equal(sent.length, 3);
    await reader.withOtherCreations();
    assert.equal(reads.seen.at(-1), "gathered");
    await new ConfigurationReader(graph).withOtherCreations();
  });

  it("finds none where it is gone, and fails where it is refused or not understood", async () => {
    const reading = (reply: Parameters<typeof fakeGraph>[0], type = TYPE) =>
      new ConfigurationReader(fakeGraph(reply).graph, { type }).find("one");
    assert.equal(await reading((request) => Promise.reject(refused(request, 404))), undefined);
    await assert.rejects(
      reading((request) => Promise.reject(refused(request, 403))),
      { status: 403 },
    );
    await assert.rejects(
      reading(() => ({ displayName: "no id" })),
      {
        name: "GraphAnswerError",
        message:
          /^The answer to "Reading client configuration .* is no client configuration: it has no id/,
        method: "GET",
        path: ONE,
      },
    );
    assert.equal((await reading(() => ({ id: "one" })))?.id, "one");
    assert.equal((await reading(() => ({ ...found, "@odata.type": null })))?.id, "one");
  });

  it("advises to leave the state only where a resource of the state has it", async () => {
    const { graph } = fakeGraph(() => ({ ...found, "@odata.type": "#microsoft.graph.other" }));
    const reader = new ConfigurationReader(graph, { type: TYPE });
    await assert.rejects(reader.find("one"), /belongs to a other.*pulumi state delete/);
    await assert.rejects(
      reader.find("one", undefined, false),
      /Give the resource the class of the object\.$/,
    );
  });

  it("asks for a listed policy itself only where the list is silent on what is wanted", async () => {
    const { graph, sent } = fakeGraph(() => ({ ...found, displayName: "alone" }));
    const reader = new ConfigurationReader(graph);
    const listed = { ...found, policyPayload: "W10=" };
    assert.equal((await reader.outOfList(listed, ["policies"]))?.displayName, "A");
    assert.equal((await reader.outOfList(listed, []))?.displayName, "A");
    assert.equal(sent.length, 0);
    const both = await reader.outOfList(listed, ["policies", "userPreferences"]);
    assert.equal(both?.displayName, "alone");
  });

  it("finds no payload where its stream is empty or not there, under either address", async () => {
    const streams: Record<string, unknown> = {};
    const { graph } = fakeGraph(({ path }) => streams[path]);
    const reader = new ConfigurationReader(graph);
    assert.equal(await reader.payload(found, "policies"), undefined);
    streams[`${ONE}/policyPayload`] = new Uint8Array();
    assert.equal(await reader.payload(found, "policies"), undefined);
    delete streams[`${ONE}/policyPayload`];
    streams[`${ONE}/policyPayload/$value`] = Buffer.from("[]");
    assert.deepEqual(await reader.payload(found, "policies"), {});
    const inline = { ...found, policyPayload: "WzFd" };
    assert.deepEqual(await reader.payload(inline, "policies"), { $json: [1] });
  });

  it("says of an answer that is no policy which request it was, and whether it may have been carried out", () => {
    const reader = new ConfigurationReader(fakeGraph(() => none).graph, { label: "A" });
    const error = reader.notUnderstood("Creating", "POST", ALL, {
      requestId: "r",
      isAmbiguous: true,
    });
    const { method, path, requestId, isAmbiguous } = error;
    assert.deepEqual([method, path, requestId, isAmbiguous], ["POST", ALL, "r", true]);
    assert.match(error.message, /^The answer to "Creating client configuration "A""/);
    assert.equal(reader.notUnderstood("Creating", "POST", ALL).requestId, undefined);
  });
});
