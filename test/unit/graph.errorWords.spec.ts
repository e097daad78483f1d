import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CredentialError,
  GraphAnswerError,
  GraphHttpError,
  GraphNoAnswerError,
  isAmbiguous,
  isChangedSince,
  isNotFound,
  OfficeConfigurationError,
  OperationEndedError,
  SessionConfigError,
} from "../../provider/graph";
import { CREDENTIAL_KINDS, type CredentialKind } from "../../provider/graph/config/sessionTypes";
import { diagnoseSignIn } from "../../provider/graph/errors/diagnosis";
import {
  describeIds,
  describeRequest,
  type RequestFacts,
  withoutQuery,
} from "../../provider/graph/errors/requestFacts";
import { SignInProblem } from "../../provider/graph/errors/signInProblem";

const facts = { method: "PATCH", path: "/x?secret" };
const AMBIGUOUS = "\nGraph may have carried it out all the same.";

const refused = (status: number, more: object = {}) =>
  new GraphHttpError({ ...facts, status, code: "", graphMessage: "", ...more });

describe("an error says", () => {
  it("what Graph refused, with its ids, and what may have happened", () => {
    assert.equal(refused(418).message, "PATCH /x failed: 418.");
    const more = { code: "c", graphMessage: "m", requestId: "r", clientRequestId: "q" };
    const error = refused(418, { ...more, isAmbiguous: true, retryAfterMs: 5 });
    assert.equal(error.message, `PATCH /x failed: 418 c "m" (request-id r).${AMBIGUOUS}`);
    const { status, code, method, path, requestId, clientRequestId, retryAfterMs } = error;
    assert.deepEqual(
      [status, code, method, path, requestId, clientRequestId, retryAfterMs, error.isAmbiguous],
      [418, "c", "PATCH", "/x", "r", "q", 5, true],
    );
    assert.equal(refused(418).isAmbiguous, false);
  });

  it("that no answer came, and why", () => {
    const reset = { ...facts, code: "ECONNRESET" };
    const plain = new GraphNoAnswerError("it was reset", reset);
    assert.equal(plain.message, "PATCH /x failed: it was reset.");
    const full = { ...reset, clientRequestId: "q", isAmbiguous: true };
    const error = new GraphNoAnswerError("it was reset", full);
    assert.equal(error.message, `PATCH /x failed: it was reset (client-request-id q).${AMBIGUOUS}`);
    const { method, path, code, clientRequestId } = error;
    assert.deepEqual([method, path, code, clientRequestId], ["PATCH", "/x", "ECONNRESET", "q"]);
    assert.deepEqual([plain.isAmbiguous, error.isAmbiguous], [false, true]);
  });

  it("that an answer is none", () => {
    const plain = new GraphAnswerError("is HTML", facts);
    assert.equal(plain.message, 'The answer to "PATCH /x" is HTML.');
    const full = { ...facts, status: 200, requestId: "r", clientRequestId: "q", isAmbiguous: true };
    const error = new GraphAnswerError("is HTML", full);
    assert.equal(error.message, `The answer to "PATCH /x" is HTML (request-id r).${AMBIGUOUS}`);
    const { method, path, status, requestId, clientRequestId } = error;
    assert.deepEqual(
      [method, path, status, requestId, clientRequestId],
      ["PATCH", "/x", 200, "r", "q"],
    );
    assert.deepEqual([plain.isAmbiguous, error.isAmbiguous], [false, true]);
  });

  it("that an operation ended, and by what", () => {
    const late = new OperationEndedError("Looking for it", "DEADLINE");
    assert.equal(
      late.message,
      "Looking for it: timed out. The input `timeouts` says how long an operation may take.",
    );
    const cancelled = new OperationEndedError("Looking for it", "ABORTED");
    assert.equal(cancelled.message, "Looking for it: cancelled.");
    assert.deepEqual([late, cancelled, refused(1)].map(OperationEndedError.isInstance), [
      true,
      true,
      false,
    ]);
  });

  it("all that is wrong with the settings, and where to read on", () => {
    const error = new SessionConfigError(["a is wrong.", "b is wrong."]);
    assert.equal(
      error.message,
      "The officeConfiguration settings cannot be used:\n- a is wrong.\n- b is wrong.\n" +
        "docs/configuration.md of pulumi-office-configuration has all settings and what each kind " +
        "of credential needs; officeConfiguration:credential chooses another kind.",
    );
    assert.deepEqual([error, refused(1)].map(SessionConfigError.isInstance), [true, false]);
  });

  it("its own name", () => {
    const errors = [
      new OfficeConfigurationError("m"),
      refused(1),
      new GraphNoAnswerError("m", { ...facts, code: "c" }),
      new GraphAnswerError("m", facts),
      new CredentialError("k", "m"),
      new SessionConfigError([]),
      new OperationEndedError("m", "ABORTED"),
      new SignInProblem("m"),
    ];
    const names = errors.map(({ name }) => name);
    assert.deepEqual(names, [
      "OfficeConfigurationError",
      "GraphHttpError",
      "GraphNoAnswerError",
      "GraphAnswerError",
      "CredentialError",
      "SessionConfigError",
      "OperationEndedError",
      "SignInProblem",
    ]);
    const known = errors.filter(OfficeConfigurationError.isInstance);
    assert.deepEqual(known, errors.slice(0, -1));
  });
});

describe("of an error is known", () => {
  it("whether there is no such object, or another version of it", () => {
    const errors = [refused(404), refused(412), refused(403), new Error("404"), { status: 404 }];
    assert.deepEqual(errors.map(isNotFound), [true, false, false, false, false]);
    assert.deepEqual(errors.map(isChangedSince), [false, true, false, false, false]);
    const other = (status: number) => Object.assign(new Error("m"), { status });
    assert.deepEqual([isNotFound(other(404)), isChangedSince(other(412))], [false, false]);
  });

  it("whether the request may have been carried out", () => {
    const table: [unknown, boolean][] = [
      [refused(500, { isAmbiguous: true }), true],
      [refused(500), false],
      [Object.assign(new Error("m"), { isAmbiguous: true }), true],
      [Object.assign(new Error("m"), { isAmbiguous: "yes" }), false],
      [new Error("m"), false],
      [{ isAmbiguous: true }, false],
      [null, false],
    ];
    for (const [error, expected] of table) assert.equal(isAmbiguous(error), expected);
  });

  it("what was done, to what, and under which ids", () => {
    const table: [Partial<RequestFacts>, string, string][] = [
      [{}, "PATCH /x", ""],
      [{ subject: "it" }, "PATCH of it", ""],
      [{ action: "Updating", requestId: "r" }, "Updating /x", " (request-id r)"],
      [{ action: "Updating", subject: "it" }, "Updating it", ""],
      [{ clientRequestId: "q" }, "PATCH /x", " (client-request-id q)"],
      [{ clientRequestId: "q", requestId: "r" }, "PATCH /x", " (request-id r)"],
    ];
    for (const [more, request, ids] of table) {
      assert.equal(describeRequest({ ...facts, ...more }), request);
      assert.equal(describeIds({ ...facts, ...more }), ids);
    }
    assert.deepEqual(["/x?a\nb", "/x#a\nb", "/x"].map(withoutQuery), ["/x", "/x", "/x"]);
  });
});

describe("advice after a failed sign-in", () => {
  const ENTRA = readFileSync(
    join(__dirname, "..", "..", "provider", "graph", "errors", "entraCodes.ts"),
    "utf8",
  ).match(/AADSTS\d+/g);
  const adviceFor = (kind: CredentialKind) =>
    [...(ENTRA ?? []), undefined].map(
      (code) => diagnoseSignIn({ words: "no", kind, ...(code !== undefined && { code }) }).next,
    );

  it("names `az login` only to those who sign in with it", () => {
    const named = CREDENTIAL_KINDS.filter((kind) =>
      adviceFor(kind).some((next) => next.includes("az login")),
    );
    assert.deepEqual(named, ["azureCli"]);
  });

  it("tells a user who is asked for more than a password how to sign in again", () => {
    const next = (kind: CredentialKind) =>
      diagnoseSignIn({ words: "no", kind, code: "AADSTS50076" }).next;
    assert.match(next("azureCli"), /^Run `az login` again and complete it/);
    assert.match(next("deviceCode"), /^Run the command again, enter its code and complete it/);
    assert.match(next("default"), /^Sign in again and complete it/);
  });
});
