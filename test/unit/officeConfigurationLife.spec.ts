import { strict as assert } from "node:assert";
import type { Caller } from "../../provider/graph";
import { OfficeConfigurationLifecycle } from "../../provider/resources/officeConfiguration/lifecycle";
import { namesOf } from "../../provider/settings/differences";
import { type PlainObject, UNKNOWN } from "../../provider/settings/json";
import { testContext } from "../context";
import { linesOf } from "../differences";
import { fakeGraph, refused } from "../fakeGraph";

const SUMMARY = { succeededUserCount: 2, failedUserCount: 15 };
const OTHER = { ...SUMMARY, failedUserCount: 0 };
const STATUSES = [{ deviceName: "PC" }];
const GIVEN = { tenantUserCheckinSummary: SUMMARY };

const lifecycle = new OfficeConfigurationLifecycle();

/** A Graph that has a singleton, and answers a PATCH with a body, or with none. */
function tenant(
  singleton: unknown,
  { patched = undefined as unknown, caller = {} as Caller, refusal = "" } = {},
) {
  const said: string[] = [];
  const { graph, sent, trips } = fakeGraph((request) => {
    if (request.method === refusal) throw refused(request, 403);
    return request.method === "GET" ? singleton : patched;
  }, caller);
  const context = testContext({ graph, log: (line) => void said.push(line) });
  const written = () => sent.flatMap(({ body }) => body ?? []);
  return { context, sent, trips, written, said };
}

const create = (inputs: PlainObject, there: unknown = {}) =>
  lifecycle.create(tenant(there).context, inputs);

describe("the resource of the singleton", () => {
  it("is one in a stack", () => {
    const [use, ...others] = lifecycle.exclusiveUses();
    assert.deepEqual(others, []);
    assert.deepEqual([use?.key, use?.path], ["officeConfiguration", []]);
    assert.equal(
      use?.reason("first"),
      'A tenant has one officeConfiguration, and the resource "first" has it already: remove one of the two.',
    );
  });

  it("has a fixed id, and remembers what it wrote", async () => {
    const { id, outputs } = await create({ ...GIVEN, __secrets: ["tenantUserCheckinSummary"] });
    const { __written: written, ...others } = outputs;
    assert.equal(id, "officeConfiguration");
    assert.deepEqual(others, {
      tenantUserCheckinSummary: null,
      includeCheckinStatuses: undefined,
      __secrets: ["tenantUserCheckinSummary"],
    });
    assert.deepEqual(Object.keys(written as object), ["tenantUserCheckinSummary"]);
    assert.match(JSON.stringify(written), /:"[\w-]{43}"/);
  });

  it("has check-in statuses only if the program asks for them", async () => {
    const there = { tenantUserCheckinSummary: SUMMARY, tenantCheckinStatuses: STATUSES };
    const statuses = async (inputs: PlainObject, of: unknown = there) =>
      (await create(inputs, of)).outputs.tenantCheckinStatuses;
    assert.deepEqual(await statuses({ includeCheckinStatuses: true }), STATUSES);
    assert.deepEqual(await statuses({ includeCheckinStatuses: true }, {}), []);
    assert.equal(await statuses({ includeCheckinStatuses: false }), undefined);
    assert.equal(await statuses({}), undefined);
  });

  it("is left as it is when it is deleted, and the message says so", async () => {
    const { context, said, trips } = tenant({});
    await lifecycle.delete(context);
    assert.deepEqual(said, [
      "officeConfiguration: the tenant keeps it as it is; only the resource is gone",
    ]);
    assert.deepEqual(trips(), []);
  });
});

describe("a write of the singleton", () => {
  it("has only the properties that differ", async () => {
    const inputs = { ...GIVEN, tenantCheckinStatuses: STATUSES };
    const { context, written } = tenant({ tenantCheckinStatuses: STATUSES });
    await lifecycle.create(context, inputs);
    assert.deepEqual(written(), [
      {
        "@odata.type": "#microsoft.graph.officeConfiguration",
        tenantUserCheckinSummary: {
          ...SUMMARY,
          "@odata.type": "microsoft.graph.officeUserCheckinSummary",
        },
      },
    ]);
  });

  it("is none if nothing differs, and the singleton is read once", async () => {
    const { context, trips } = tenant(GIVEN);
    const { outputs } = await lifecycle.create(context, GIVEN);
    assert.deepEqual(trips(), ["GET officeConfiguration"]);
    await lifecycle.update(context, "", outputs, GIVEN);
    assert.deepEqual(trips(), ["GET officeConfiguration", "GET officeConfiguration"]);
  });

  it("is read again only if its answer has no singleton", async () => {
    const get = "GET officeConfiguration";
    for (const [patched, trips, summary] of [
      [{ tenantUserCheckinSummary: OTHER }, [], OTHER],
      [undefined, [get], SUMMARY],
      ["no singleton", [get], SUMMARY],
    ] as const) {
      const made = tenant({ tenantUserCheckinSummary: SUMMARY }, { patched });
      const outputs = await lifecycle.update(made.context, "", {}, GIVEN);
      assert.deepEqual(made.trips(), ["PATCH officeConfiguration", ...trips]);
      assert.deepEqual(outputs.tenantUserCheckinSummary, summary);
    }
  });

  it("is refused to an app on its own, in an update too, and the message says what to do", async () => {
    const { context, trips } = tenant({}, { caller: { kind: "app" } });
    const message =
      "officeConfiguration cannot be written by an app on its own, and the token is an app's. Nothing was sent. " +
      'PATCH /officeConfiguration takes delegated permissions only: Microsoft\'s page "Update officeConfiguration" ' +
      'has DeviceManagementConfiguration.ReadWrite.All for users, and "Not supported." for apps. Sign in as a user ' +
      "with officeConfiguration:credential deviceCode and an app registration of your own, or give a user's token " +
      "(officeConfiguration:accessToken). Or leave tenantUserCheckinSummary and " +
      "tenantCheckinStatuses out of the program: then the resource only reads, which an app may do.";
    const refusal = { name: "OfficeConfigurationError", message };
    await assert.rejects(lifecycle.create(context, GIVEN), refusal);
    await assert.rejects(lifecycle.update(context, "", {}, GIVEN), refusal);
    assert.deepEqual(trips(), []);
  });

  it("is not refused to an app if nothing is written", async () => {
    const { context, written } = tenant(GIVEN, { caller: { kind: "app" } });
    const { outputs } = await create(GIVEN);
    await lifecycle.create(context, {});
    await lifecycle.update(context, "", outputs, GIVEN);
    await lifecycle.update(context, "", outputs, {});
    assert.deepEqual(written(), []);
  });
});

describe("the messages about requests for the singleton", () => {
  it("say which step failed", async () => {
    for (const [refusal, action] of [
      ["GET", "Reading"],
      ["PATCH", "Updating"],
    ] as const) {
      const { context, sent } = tenant({}, { refusal });
      await assert.rejects(lifecycle.create(context, GIVEN), { status: 403 });
      const { action: told, subject } = sent.at(-1) ?? {};
      assert.deepEqual([told, subject], [action, "officeConfiguration"]);
    }
  });

  it("say so if an answer is no singleton", async () => {
    await assert.rejects(create({}, "no singleton"), {
      name: "GraphAnswerError",
      message: /^The answer to "Reading officeConfiguration" is no officeConfiguration/,
    });
  });
});

describe("the differences of the singleton", () => {
  it("are none for what is not given, and not told apart by what is read", async () => {
    const { outputs } = await create(GIVEN);
    assert.deepEqual(namesOf(lifecycle.differences(outputs, GIVEN)), []);
    const asked = (includeCheckinStatuses?: unknown) => ({ ...GIVEN, includeCheckinStatuses });
    const differ = (olds: PlainObject, news: PlainObject) =>
      namesOf(lifecycle.differences({ ...outputs, ...olds }, news));
    assert.deepEqual(differ(asked(), asked(false)), []);
    assert.deepEqual(differ(asked(false), asked()), []);
    assert.deepEqual(differ(asked(true), asked(true)), []);
    assert.deepEqual(differ(asked(), asked(true)), ["includeCheckinStatuses"]);
    assert.deepEqual(differ(asked(true), asked()), ["includeCheckinStatuses"]);
  });

  it("say what is given first, given otherwise, and given no more", async () => {
    const { outputs } = await create(GIVEN);
    const line = (value: object) =>
      `officeConfiguration: tenantUserCheckinSummary => ${JSON.stringify(value)}`;
    const typed = { ...OTHER, "@odata.type": "#x", none: null };
    assert.deepEqual(linesOf(lifecycle, {}, GIVEN), [line(SUMMARY)]);
    assert.deepEqual(linesOf(lifecycle, outputs, { tenantUserCheckinSummary: typed }), [
      line(OTHER),
    ]);
    assert.deepEqual(linesOf(lifecycle, outputs, {}), [
      "officeConfiguration: tenantUserCheckinSummary is left as it is",
    ]);
    const kinds = (olds: PlainObject, news: PlainObject) =>
      lifecycle.differences(olds, news).map(({ kind }) => kind);
    assert.deepEqual(kinds({}, GIVEN), ["add"]);
    assert.deepEqual(kinds(outputs, { tenantUserCheckinSummary: OTHER }), ["update"]);
    assert.deepEqual(kinds(outputs, {}), ["remove"]);
  });

  it("mask what is a secret as a whole or in part, and nothing else", () => {
    const masked = (...__secrets: string[]) =>
      lifecycle.differences({}, { ...GIVEN, __secrets }).map(({ isSecret }) => isSecret);
    assert.deepEqual(masked("tenantUserCheckinSummary", "other"), [true]);
    assert.deepEqual(masked("tenantUserCheckinSummary/failedUserCount"), [true]);
    assert.deepEqual(masked("tenantUserCheckinSummaryToo"), [false]);
    assert.deepEqual(
      linesOf(lifecycle, {}, { ...GIVEN, __secrets: ["tenantUserCheckinSummary"] }),
      ["officeConfiguration: tenantUserCheckinSummary => [secret]"],
    );
  });

  it("may have a value that is not known yet", async () => {
    const { outputs } = await create(GIVEN);
    const unknown = { tenantUserCheckinSummary: UNKNOWN };
    assert.deepEqual(linesOf(lifecycle, outputs, unknown), [
      "officeConfiguration: tenantUserCheckinSummary => (known after apply)",
    ]);
  });
});
