import { strict as assert } from "node:assert";
import { ConfigurationReader } from "../../provider/api/configurationReader";
import { reconcile } from "../../provider/resources/clientConfiguration/concurrent";
import { inputsOf } from "../../provider/resources/clientConfiguration/found";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { ConfigurationWriter } from "../../provider/resources/clientConfiguration/writer";
import { tenantChangesInWords } from "../../provider/settings/words";
import { testContext } from "../context";
import { fakeGraph } from "../fakeGraph";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const OTHER = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";
const [A, B, C] = ["a", "b", "c"].map((sign) => `${sign.repeat(8)}-1111-4111-8111-111111111111`);

/** A Graph that has one policy, and writes down what is sent. */
function graphOf(body: Record<string, unknown>) {
  const { graph, sent } = fakeGraph(() => ({ id: "one", ...body }));
  const writes = () => sent.filter(({ method }) => method !== "GET");
  return { graph, writes };
}

const groups = (...ids: (string | undefined)[]) =>
  ids.map((groupId) => ({
    target: { "@odata.type": "#microsoft.graph.officeConfigurationGroupAssignmentTarget", groupId },
  }));

describe("the parts of a policy", () => {
  it("are its groups in the order and spelling that the program gave, and others after them", async () => {
    const { graph } = graphOf({});
    const reader = new ConfigurationReader(graph, { type: TYPE });
    const found = { id: "one", assignments: groups(C, B, A) };
    const known = { displayName: "", assignments: [B?.toUpperCase()] };
    const { assignments } = await inputsOf(reader, found, known);
    assert.deepEqual(assignments, [B?.toUpperCase(), A, C]);
  });

  it("are refused where the id belongs to a policy of another type", async () => {
    const { graph } = graphOf({ "@odata.type": OTHER });
    await assert.rejects(
      new ConfigurationReader(graph, { type: TYPE, label: "One" }).find("one"),
      /"One": the id one belongs to a windowsOfficeClientSecurityConfiguration, and this resource is a windowsOfficeClientConfiguration/,
    );
    const message = async (isInState: boolean): Promise<string> => {
      const read = new ConfigurationReader(graph, { type: TYPE }).find("one", undefined, isInState);
      return read.then(String, (error: Error) => error.message);
    };
    assert.match(await message(true), /class of the object, or .*pulumi state delete/);
    assert.match(await message(false), /class of the object\.$/);
    const any = new ConfigurationReader(graph);
    assert.equal((await any.find("one"))?.id, "one");
  });

  it("are sent by assign only where a POST left the groups out", async () => {
    const { graph, writes } = graphOf({});
    const writer = new ConfigurationWriter(graph, new ConfigurationReader(graph, { type: TYPE }));
    await writer.ensureGroups({ id: "one", assignments: groups(A) }, { assignments: [A] });
    assert.equal(writes().length, 0);
    await writer.ensureGroups({ id: "one", assignments: groups(B) }, { assignments: [A] });
    assert.match(writes()[0]?.path ?? "", /one.*assign$/);
  });

  it("are not said to have changed where somebody else has made the program's change", async () => {
    const { graph } = graphOf({});
    const reader = new ConfigurationReader(graph, { type: TYPE, label: "Same" });
    const lines = async (displayName: string) => {
      const [olds, news] = [{ displayName: "Old" }, { displayName: "New" }];
      const found = { id: "one", displayName };
      const change = { olds, news, changed: ["displayName"] };
      return tenantChangesInWords("Same", (await reconcile(reader, found, change)).changes);
    };
    assert.deepEqual(await lines("New"), []);
    assert.deepEqual(await lines("Old"), []);
    assert.match((await lines("Third")).join(), /"Old" => "Third"; the program's value is written/);
  });

  it("are changed on the condition that the version is the one that was looked at", async () => {
    const { graph, writes } = graphOf({ "@odata.type": TYPE, "@odata.etag": 'W/"7"' });
    const lifecycle = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");
    const [olds, news] = ["Old", "New"].map((description) => ({ displayName: "One", description }));
    await lifecycle.update(testContext({ graph }), "one", olds ?? {}, news ?? {});
    assert.deepEqual(writes()[0]?.headers, { "If-Match": 'W/"7"' });
  });
});
