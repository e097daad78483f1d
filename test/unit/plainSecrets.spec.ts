import { strict as assert } from "node:assert";
import { SECRET_CONFIG_KEYS } from "../../provider/engine/plainSecrets";
import { SECRET_SETTINGS } from "../../provider/graph/settings";

describe("credentials in plain text", () => {
  it("are looked for among all secret settings", () => {
    assert.deepEqual([...SECRET_CONFIG_KEYS].sort(), [...SECRET_SETTINGS].sort());
  });
});
