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

  it("are those alone whose state is replaced, and not others of the same object", () => {
    const claims = new Claims();
    claims.hold(ID, { key: "stack.other", name: "other" });
    claims.hold(ID, { key: "stack.urn", name: "replaced" });
    claims.take("another", { key: "stack.urn", nonce: "new" });
    assert.equal(claims.otherOwner(ID, undefined)?.name, "other");
    claims.hold("third", { key: "stack.third" });
    claims.take("third", { key: "stack.third" });
    claims.take("fourth", { key: "stack.third" });
    assert.equal(claims.isTaken("third"), true);
  });

  it("are not released by a resource that nobody can tell from others", () => {
    const claims = new Claims();
    claims.hold(ID, { name: "live" });
    claims.take("another", { nonce: "new" });
    assert.equal(claims.liveOwner(ID)?.name, "live");
  });

  it("are known with the name that the program wants the policy to have", () => {
    const claims = new Claims();
    claims.hold(ID, { name: "one" }, "Baseline");
    assert.equal(claims.liveOwner(ID)?.displayName, "Baseline");
    claims.take("another", { name: "two" });
    assert.equal(claims.liveOwner("another")?.name, "two");
  });

  it("cannot be twins in the state of an older version, which has no nonce", () => {
    const claims = new Claims();
    claims.hold(ID, { name: "a" });
    assert.equal(claims.liveTwin(ID, { nonce: "two" }), undefined);
  });

  it("give an object up to whoever wants it, where its name to come is not known", () => {
    const claims = new Claims();
    assert.equal(claims.isWanted(ID), false);
    claims.want(ID.toUpperCase(), "Baseline");
    assert.equal(claims.isWanted(ID), true);
  });

  it("have the names that the program of this run gave them", () => {
    const claims = new Claims();
    claims.introduce({ key: "stack.urn", name: "a" });
    claims.introduce({ name: "keyless" });
    assert.equal(claims.nameOf("stack.urn"), "a");
    assert.equal(claims.nameOf(undefined), undefined);
    assert.equal(claims.isIntroduced("stack.urn"), true);
    assert.equal(claims.isIntroduced("stack.other"), false);
  });

  it("have a use to themselves that another has not claimed before", () => {
    const claims = new Claims();
    const [one, two] = [
      { name: "one", instance: 1 },
      { name: "two", instance: 2 },
    ];
    assert.equal(claims.claim("use", one), undefined);
    assert.equal(claims.claim("use", { ...one }), undefined);
    assert.equal(claims.claim("use", two), one);
    assert.equal(claims.claim("other use", two), undefined);
    assert.equal(claims.claimantOf("use"), one);
  });
});
