import { strict as assert } from "node:assert";
import { resolveSessionConfig, SessionConfigError } from "../../provider/graph";
import { SETTING_NAMES } from "../../provider/graph/config/settingSources";
import { unknownSettings } from "../../provider/graph/config/unknownSettings";
import { stackConfigOf } from "../../provider/host/stackConfig";

const unknown = (name: string, project = "test") =>
  unknownSettings({ keys: [`officeConfiguration:${name}`], project });

describe("keys of officeConfiguration that are not settings", () => {
  for (const [written, meant] of [
    ["tenantID", "tenantId"],
    ["tenant-id", "tenantId"],
    ["tenant_id", "tenantId"],
    ["maxRetrys", "maxRetries"],
    ["clientsecret", "clientSecret"],
    ["ontenantchange", "onTenantChange"],
    ["takeover", "takeOver"],
  ] as const) {
    it(`are refused, naming what was meant: ${written}`, () => {
      assert.deepEqual(unknown(written), [
        `officeConfiguration:${written} is not a setting. Did you mean officeConfiguration:${meant}? ` +
          `Set that one, and remove this with \`pulumi config rm officeConfiguration:${written}\`.`,
      ]);
    });
  }

  it("are refused where nothing resembles them", () => {
    assert.deepEqual(unknown("favouriteColour"), [
      "officeConfiguration:favouriteColour is not a setting. Remove it with `pulumi config rm officeConfiguration:favouriteColour`.",
    ]);
  });

  it("are the program's own in a project of that name, unless they resemble a setting", () => {
    assert.deepEqual(unknown("favouriteColour", "officeConfiguration"), []);
    assert.equal(unknown("tenantID", "officeConfiguration").length, 1);
  });

  it("are no settings, and no keys of other namespaces", () => {
    assert.deepEqual(
      SETTING_NAMES.flatMap((name) => unknown(name)),
      [],
    );
    const keys = ["test:tenantID", "azuread:tenantID", "officeConfigurations:x"];
    assert.deepEqual(unknownSettings({ keys }), []);
  });

  it("are refused together with all else that is wrong, and their values are not shown", () => {
    const values: Record<string, string> = { tenantID: "hunter2", maxRetries: "many" };
    const keys = Object.keys(values).map((name) => `officeConfiguration:${name}`);
    assert.throws(
      () => resolveSessionConfig((name) => values[name], {}, { keys }),
      (error) => {
        assert.ok(SessionConfigError.isInstance(error));
        assert.equal(error.problems.length, 2);
        assert.match(error.message, /tenantID is not a setting[\s\S]*maxRetries must be/);
        assert.ok(!error.message.includes("hunter2"));
        return true;
      },
    );
  });

  it("are found in what the engine hands to a dynamic provider, and a stranger's form gives none", () => {
    const rawConfig = { "officeConfiguration:tenantID": "t", "test:x": "y" };
    const keys = Object.keys(rawConfig);
    assert.deepEqual(stackConfigOf({ rawConfig, projectName: "test" }), { keys, project: "test" });
    assert.deepEqual(stackConfigOf({ get: () => undefined }), { keys: [] });
  });
});
