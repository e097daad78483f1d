import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as office from "../../provider";
import { otherCopy } from "../otherCopy";

const request = { method: "PATCH", path: "/officeConfiguration" };

/** One error of each class that a program can meet, made by a copy of the package. */
function errorsOf(copy: typeof office) {
  return {
    OfficeConfigurationError: new copy.OfficeConfigurationError("m"),
    GraphHttpError: new copy.GraphHttpError({
      ...request,
      status: 403,
      code: "accessDenied",
      graphMessage: "no",
      requestId: "r",
    }),
    GraphNoAnswerError: new copy.GraphNoAnswerError("it was reset", {
      ...request,
      code: "ECONNRESET",
    }),
    GraphAnswerError: new copy.GraphAnswerError("is no JSON", {
      ...request,
      status: 200,
      requestId: "r",
    }),
    CredentialError: new copy.CredentialError("clientSecret", "m", "AADSTS7000215"),
    SessionConfigError: new copy.SessionConfigError(["tenantId is missing"]),
    OperationEndedError: new copy.OperationEndedError("Looking", "DEADLINE"),
    LookupError: new copy.LookupError("m", { code: "NOT_FOUND" }),
  };
}

type Name = keyof ReturnType<typeof errorsOf>;

const guards: Record<Name, { isInstance(error: unknown): boolean }> = office;
const errors = errorsOf(office);
const names = Object.keys(errors) as Name[];

describe("the classes of errors", () => {
  it("are all exported", () => {
    const exported = Object.keys(office).filter((name) => name.endsWith("Error"));
    assert.deepEqual(exported.sort(), [...names].sort());
    for (const name of names) {
      assert.ok(errors[name] instanceof office.OfficeConfigurationError);
      assert.equal(errors[name].name, name);
    }
  });

  it("tell errors apart by their guards, those of another copy of the package too", () => {
    const other = otherCopy();
    assert.notEqual(other.OfficeConfigurationError, office.OfficeConfigurationError);
    const theirs = errorsOf(other);
    for (const name of names) {
      for (const error of [errors[name], theirs[name]]) {
        const known = names.filter((each) => guards[each].isInstance(error));
        assert.deepEqual(known, [...new Set(["OfficeConfigurationError", name])]);
      }
    }
  });

  it("take no error for theirs that only has the name", () => {
    for (const name of names) {
      for (const error of [
        Object.assign(new Error("m"), { name }),
        { name },
        name,
        undefined,
        null,
        0,
      ]) {
        assert.deepEqual(
          names.filter((each) => guards[each].isInstance(error)),
          [],
        );
      }
    }
  });

  it("have status, code and request id where they are known", () => {
    const facts = names.map((name) => {
      const { status, code, requestId } = errors[name] as office.OfficeConfigurationError;
      return [name, status, code, requestId];
    });
    assert.deepEqual(facts, [
      ["OfficeConfigurationError", undefined, undefined, undefined],
      ["GraphHttpError", 403, "accessDenied", "r"],
      ["GraphNoAnswerError", undefined, "ECONNRESET", undefined],
      ["GraphAnswerError", 200, undefined, "r"],
      ["CredentialError", undefined, "AADSTS7000215", undefined],
      ["SessionConfigError", undefined, undefined, undefined],
      ["OperationEndedError", undefined, "DEADLINE", undefined],
      ["LookupError", undefined, "NOT_FOUND", undefined],
    ]);
  });

  it("print no property that they do not have", () => {
    assert.doesNotMatch(inspect(errors.OfficeConfigurationError), /undefined/);
  });
});
