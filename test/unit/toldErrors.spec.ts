import { strict as assert } from "node:assert";
import { CredentialError, GraphHttpError, SessionConfigError } from "../../provider/graph";
import { DEBUG_VARIABLE } from "../../provider/graph/errors/errorText";
import { GraphAnswerError } from "../../provider/graph/errors/graphAnswerError";
import { GraphNoAnswerError } from "../../provider/graph/errors/graphNoAnswerError";
import { shown } from "../../provider/host/shownError";
import { foreignTenant } from "../../provider/host/tenant";
import { ToldErrors } from "../../provider/host/toldErrors";
import { PartialFailure } from "../../provider/update/lifecycle";

const noSecret = () => new CredentialError("clientSecret", "Sign-in failed: no.\nSet one.");

const refused = (name: string, words: string, status = 403) =>
  new GraphHttpError({
    method: "POST",
    path: "/x",
    action: "Creating",
    subject: `client configuration "${name}"`,
    status,
    code: "Forbidden",
    graphMessage: words,
  });

/** Errors as the engine shows them, by resource. */
function told(errors: Record<string, unknown>): string[] {
  const run = new ToldErrors();
  return Object.entries(errors).map(
    ([resource, error]) => shown(error, { properties: {}, resource, told: run }).message,
  );
}

describe("an error that concerns the whole stack", () => {
  it("is told once in full, and in one line for every other resource", () => {
    const [first, ...others] = told({ a: noSecret(), b: noSecret(), c: noSecret() });
    assert.equal(first, "Sign-in failed: no.\nSet one.");
    const brief = 'Sign-in failed. See the resource "a" for the reason and what to do.';
    assert.deepEqual(others, [brief, brief]);
  });

  it("names what failed with each resource", () => {
    const activity = "No right. Activity ID: 11111111-2222-4333-8444-55555555555";
    const [first, second] = told({
      a: refused("A", `${activity}0`),
      b: refused("B", `${activity}1`),
    });
    assert.match(first ?? "", /^Creating client configuration "A" failed: 403 Forbidden "No right/);
    assert.equal(
      second,
      'Creating client configuration "B" failed: 403. See the resource "a" for the reason and what to do.',
    );
  });

  it("names the doctor where it helps, once a run", () => {
    const page = {
      method: "GET",
      path: "/x",
      status: 502,
      code: "",
      graphMessage: "",
      isPage: true,
    };
    const closed = "Resource not found for the segment 'officeConfiguration'.";
    const hint = /\n`npx office-configuration doctor` shows .* \(docs\/doctor\.md\)\.$/;
    for (const error of [
      refused("A", "No right"),
      refused("A", "No right", 401),
      refused("A", closed, 400),
      refused("A", closed, 404),
      refused("A", "Request not applicable to target tenant.", 400),
      new GraphHttpError(page),
      new GraphAnswerError("is HTML", { method: "GET", path: "/x", isPage: true }),
      new GraphNoAnswerError("no name", { method: "GET", path: "/x", code: "ENOTFOUND" }),
    ]) {
      const [first, ...others] = told({
        a: error,
        b: refused("B", "No license"),
        c: refused("C", "c"),
      });
      assert.match(first ?? "", hint);
      for (const other of others) assert.doesNotMatch(other, /configuration doctor/);
    }
    for (const error of [
      noSecret(),
      refused("A", "No such policy", 404),
      refused("A", "Conflict", 409),
      refused("A", "slow down", 429),
      refused("A", "wrong", 400),
      new Error("x"),
    ]) {
      assert.doesNotMatch(told({ a: error })[0] ?? "", /configuration doctor/);
    }
  });

  it("names the doctor again to the resource that was told first", () => {
    const run = new ToldErrors();
    const twice = [1, 2].map(() => run.withHint("text", refused("A", "No right"), "a"));
    assert.equal(twice[0], twice[1]);
    assert.match(twice[0] ?? "", /^text\n`npx office-configuration doctor`/);
  });

  it("is told in full again where it differs", () => {
    for (const errors of [
      [noSecret(), new CredentialError("clientSecret", "Sign-in failed: expired.")],
      [refused("A", "No right"), refused("B", "No license")],
      [refused("A", "No right"), refused("B", "No right", 401)],
    ]) {
      assert.deepEqual(
        told({ ...errors }).map((message) => message.replace(/\n`npx .*$/, "")),
        errors.map((error) => error.message),
      );
    }
  });

  it("is told in full to each resource where it concerns that one alone", () => {
    for (const status of [400, 404, 409, 429]) {
      const errors = [refused("A", "no", status), refused("B", "no", status)];
      assert.deepEqual(
        told({ ...errors }),
        errors.map(({ message }) => message),
      );
    }
    assert.deepEqual(told({ a: new Error("x"), b: new Error("x") })[1]?.split("\n")[0], "Error: x");
  });

  it("may be one of the settings, of the tenant, or of the network", () => {
    const tenant = (label: string) => foreignTenant(label, { tenantId: "t1" }, "t2");
    const lost = () =>
      new GraphNoAnswerError("no name", { method: "GET", path: "/x", code: "ENOTFOUND" });
    for (const [first, second, brief] of [
      [
        new SessionConfigError(["a"]),
        new SessionConfigError(["a"]),
        /^The officeConfiguration settings cannot be used\. See the/,
      ],
      [tenant("A"), tenant("B"), /^B is recorded in the tenant .*\. See the resource "a"/],
      [lost(), lost(), /^GET \/x failed: ENOTFOUND\. See the/],
    ] as const) {
      assert.match(told({ a: first, b: second })[1] ?? "", brief);
    }
  });

  it("still says in its one line that a write may have been carried out", () => {
    const facts = { method: "POST", path: "/x", isAmbiguous: true };
    const page = { ...facts, status: 502, code: "", graphMessage: "", isPage: true };
    for (const make of [
      () => new GraphHttpError(page),
      () => new GraphNoAnswerError("cut", { ...facts, code: "ETIMEDOUT" }),
      () => new GraphAnswerError("is HTML", { ...facts, isPage: true }),
    ]) {
      const [, second] = told({ a: make(), b: make() });
      assert.match(second ?? "", /carried it out all the same\. See the resource "a"/);
    }
  });

  it("is told in full once more to the resource that met it first", () => {
    const run = new ToldErrors();
    for (let round = 0; round < 2; round += 1) {
      assert.equal(run.brief(noSecret(), "a"), undefined);
    }
  });

  it("still fails a resource that exists in part, with its id", () => {
    const run = new ToldErrors();
    run.brief(noSecret(), "a");
    const error = shown(new PartialFailure({ id: "made", outputs: {} }, noSecret()), {
      properties: {},
      resource: "b",
      told: run,
    }) as Error & { id: string; reasons: string[] };
    assert.equal(error.id, "made");
    assert.deepEqual(error.reasons, [error.message]);
    assert.match(error.message, /^Sign-in failed\. See the/);
  });

  it("is told in full to all where stacks and causes are asked for", () => {
    process.env[DEBUG_VARIABLE] = "1";
    try {
      for (const message of told({ a: noSecret(), b: noSecret() }))
        assert.match(message, /Set one/);
    } finally {
      delete process.env[DEBUG_VARIABLE];
    }
  });
});

describe("what the SDK prints of an error", () => {
  const { error: print } = console;
  let printed: unknown[][];

  beforeEach(() => {
    printed = [];
    console.error = (...words: unknown[]) => void printed.push(words);
  });

  afterEach(() => {
    console.error = print;
  });

  it("is nothing beside what the engine shows, and all else as before", () => {
    for (let round = 0; round < 2; round += 1) {
      const error = shown(noSecret(), { properties: {}, resource: "a", told: new ToldErrors() });
      console.error(`${error}: ${error.stack}`);
    }
    console.error("another package's", "words");
    console.error("The provider failed: see the error of the resource", 2);
    assert.deepEqual(printed, [
      ["another package's", "words"],
      ["The provider failed: see the error of the resource", 2],
    ]);
  });
});
