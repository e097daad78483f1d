import { strict as assert } from "node:assert";
import { GraphClient } from "../../provider/graph";
import { answer } from "../../provider/program/lookups/run/ask";

/** A Graph that gives one answer, and the words with which it is asked. */
function graphOf(body: unknown, requestId?: string) {
  const asked: unknown[] = [];
  const graph = new GraphClient({
    origin: "https://graph.test",
    caller: () => Promise.resolve({}),
    send: ({ method, path, action, subject }) => {
      asked.push({ method, path, action, subject });
      const known = requestId === undefined ? {} : { requestId };
      return Promise.resolve({ status: 200, headers: new Headers(), body, ...known });
    },
  });
  const find = () =>
    answer("getOfficeConfiguration", { args: {}, options: undefined }, () => graph);
  return { asked, find };
}

describe("the tenant's singleton that is looked up", () => {
  it("is given with its check-in data, without what is absent", async () => {
    const tenantUserCheckinSummary = { succeededUserCount: 1, failedUserCount: 2 };
    const { asked, find } = graphOf({
      id: "o",
      tenantUserCheckinSummary: {
        "@odata.type": "#microsoft.graph.x",
        ...tenantUserCheckinSummary,
      },
      tenantCheckinStatuses: null,
    });
    assert.deepEqual(await find(), { id: "o", tenantUserCheckinSummary });
    assert.deepEqual(asked, [
      {
        method: "GET",
        path: "/officeConfiguration",
        action: "Reading",
        subject: "the tenant's officeConfiguration",
      },
    ]);
  });

  it("is none where the answer is another thing, with the id of the request", async () => {
    await assert.rejects(graphOf(["x"], "r-1").find(), {
      name: "LookupError",
      requestId: "r-1",
      message: `getOfficeConfiguration(): The answer to "Reading the tenant's officeConfiguration" is no officeConfiguration (request-id r-1).`,
    });
    await assert.rejects(graphOf(["x"]).find(), ({ message }: Error) =>
      message.endsWith("is no officeConfiguration."),
    );
  });
});
