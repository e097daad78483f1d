import { strict as assert } from "node:assert";
import { forDisplay, forUpdate } from "../../provider/resources/clientConfiguration/freshness";

describe("a policy for a refresh or a preview", () => {
  it("may come from a list of the last minute", () => {
    assert.deepEqual(forDisplay({ displayName: "A" }), { maxAgeMs: 60_000, needs: [] });
  });

  it("needs from the list the payloads that the program gives", () => {
    const known = { displayName: "A", userPreferences: {} };
    assert.deepEqual(forDisplay(known)?.needs, ["userPreferencePayload"]);
    assert.deepEqual(forDisplay({ ...known, policies: {} })?.needs, [
      "policyPayload",
      "userPreferencePayload",
    ]);
  });

  it("needs all payloads if only its id is known", () => {
    assert.deepEqual(forDisplay({})?.needs, ["policyPayload", "userPreferencePayload"]);
  });

  it("comes from no list if check-in data is wanted", () => {
    assert.equal(forDisplay({ displayName: "A", includeCheckinData: true }), undefined);
    assert.notEqual(forDisplay({ displayName: "A", includeCheckinData: false }), undefined);
  });
});

describe("a policy for an update", () => {
  it("may come from a list of the last five seconds, with the payloads that change", () => {
    assert.deepEqual(forUpdate(["description"]), { maxAgeMs: 5_000, needs: [] });
    assert.deepEqual(forUpdate(["assignments", "userPreferences"]), {
      maxAgeMs: 5_000,
      needs: ["userPreferencePayload"],
    });
  });
});
