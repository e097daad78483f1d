import { strict as assert } from "node:assert";
import * as keys from "../../provider/settings/keys";

describe("the names of what this package adds to a state", () => {
  it("stay as they are in the states of all users", () => {
    assert.deepEqual(
      { ...keys },
      {
        PROVIDER_KEY: "__provider",
        TENANT_KEY: "tenantId",
        TIMEOUTS_KEY: "timeouts",
        RUN_KEY: "__run",
        OWNER_KEY: "__owner",
        SECRETS_KEY: "__secrets",
        ORIGINAL_KEY: "__original",
        WRITTEN_KEY: "__written",
        OFFICE_CONFIGURATION_ID: "officeConfiguration",
      },
    );
  });
});
