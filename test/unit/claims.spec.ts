import { strict as assert } from "node:assert";
import { Claims } from "../../provider/update/claims";

const ID = "11111111-1111-4111-8111-11111111111a";

describe("the owners of a policy", () => {
  it("are other ones where the program has it under another nonce", () => {
    const claims = new Claims();
    claims.hold(ID, { nonce: "new", name: "live" });
    assert.equal(claims.otherOwner(ID, "old")?.name, "live");
    assert.equal(claims.otherOwner(ID.toUpperCase(), "old")?.name, "live");
    assert.equal(claims.otherOwner(ID, "new"), undefined);
  });

  it("are other ones where the run has made it or taken it over", () => {
    const claims = new Claims();
    claims.take(ID, { nonce: "new" });
    assert.notEqual(claims.otherOwner(ID, "old"), undefined);
    assert.equal(claims.isTaken(ID), true);
  });

  it("cannot be told apart in states of older versions: what the program has is kept", () => {
    const claims = new Claims();
    claims.hold(ID);
    assert.notEqual(claims.otherOwner(ID, undefined), undefined);
    const upgraded = new Claims();
    upgraded.hold(ID, { nonce: "new" });
    assert.notEqual(upgraded.otherOwner(ID, undefined), undefined);
  });

  it("are not those of the state of a resource that is replaced in this run", () => {
    const claims = new Claims();
    claims.hold(ID, { key: "stack.urn" });
    claims.take("another", { key: "stack.urn", nonce: "new" });
    assert.equal(claims.otherOwner(ID, undefined), undefined);
  });

  it("are two of one stack where both have the object in the state", () => {
    const claims = new Claims();
    claims.hold(ID, { nonce: "one", name: "a" });
    assert.equal(claims.liveTwin(ID, { nonce: "one" }), undefined);
    assert.equal(claims.liveTwin(ID, {}), undefined);
    assert.equal(claims.liveTwin(ID, { nonce: "two" })?.name, "a");
  });

  it("may give an object up by another name, which a new resource wants for its old one", () => {
    const claims = new Claims();
    claims.want(ID, "Baseline");
    assert.equal(claims.isWanted(ID, "Baseline"), true);
    assert.equal(claims.isWanted(ID, "Another name"), false);
    claims.want(ID);
    assert.equal(claims.isWanted(ID, "Another name"), true);
  });

  it("are not told by a refresh: a resource deletes what was only read before", () => {
    const claims = new Claims();
    claims.read(ID, { nonce: "old" });
    claims.read(ID, { nonce: "other" });
    assert.equal(claims.otherOwner(ID, "old"), undefined);
    assert.equal(claims.otherOwner(ID, undefined), undefined);
    assert.equal(claims.has(ID), true);
    assert.equal(claims.liveOwner(ID), undefined);
  });
});
