import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import {
  OfficeClientConfigurationPatch,
  type OfficePayload,
  shownSettings,
  WindowsOfficeClientConfiguration,
} from "../../provider";

const KEPT_ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";

/** The state of the resources of the next program, in place of what was sent; undefined is what was sent. */
let state: ((sent: Record<string, unknown>) => object) | undefined;

/** Text of a stack output: a secret as "[secret]", at any depth. */
async function shown(value: unknown): Promise<unknown> {
  const settled = await value;
  if (pulumi.Output.isInstance(settled)) {
    if (await pulumi.isSecret(settled)) return "[secret]";
    return shown(await (settled as unknown as { promise: () => Promise<unknown> }).promise());
  }
  if (typeof settled !== "object" || settled === null) return settled;
  const entries = Object.entries(settled).map(async ([key, item]) => [key, await shown(item)]);
  return Object.fromEntries(await Promise.all(entries));
}

let count = 0;

function policy(policies: OfficePayload, options?: pulumi.CustomResourceOptions) {
  count += 1;
  const args = { displayName: "A", policies };
  return new WindowsOfficeClientConfiguration(`shown-${count}`, args, options);
}

describe("shown settings", () => {
  before(async () => {
    await pulumi.runtime.setMocks(
      {
        newResource: ({ inputs }) => ({
          id: KEPT_ID,
          state: state?.(inputs as Record<string, unknown>) ?? (inputs as object),
        }),
        call: () => ({}),
      },
      "project",
      "stack",
    );
  });

  beforeEach(() => {
    state = undefined;
  });

  it("mask the values that are secret, and no others", async () => {
    const made = policy([
      { settingId: "a16;L_A", value: "1" },
      { settingId: "b16;L_B", value: pulumi.secret("s") },
      { settingId: "c16;L_C", value: pulumi.secret("s"), type: "REG_SZ" },
      { settingId: "d16;L_D", value: pulumi.output("known later") },
      { settingId: "e16;L_E", value: { list: [1, pulumi.secret("s")], plain: true } },
    ]);
    assert.equal(await shown(made.policies), "[secret]");
    assert.deepEqual(await shown(shownSettings(made)), {
      "a16;L_A": "1",
      "b16;L_B": "[secret]",
      "c16;L_C": { type: "REG_SZ", value: "[secret]" },
      "d16;L_D": "known later",
      "e16;L_E": { value: { list: "[secret]", plain: true } },
    });
  });

  it("are the property itself where there is no secret, or nothing but one", async () => {
    const plain = policy([{ settingId: "a16;L_A", value: "1" }]);
    assert.equal(await shownSettings(plain), plain.policies);
    assert.equal(await shown(shownSettings(plain, "userPreferences")), undefined);
    const whole = policy(pulumi.secret([{ settingId: "a16;L_A", value: "1" }]));
    assert.equal(await shown(shownSettings(whole)), "[secret]");
    const json = policy({ deep: [1, pulumi.secret("s")] });
    assert.equal(await shown(shownSettings(json)), "[secret]");
  });

  it("stay masked where additionalSecretOutputs says so", async () => {
    const settings = [
      { settingId: "a16;L_A", value: "1" },
      { settingId: "b16;L_B", value: pulumi.secret("s") },
    ];
    const made = policy(settings, { additionalSecretOutputs: ["policies"] });
    assert.equal(await shown(shownSettings(made)), "[secret]");
  });

  it("mask what the program did not give, be it another value or another setting", async () => {
    state = (sent) => ({
      ...sent,
      policies: pulumi.secret({ "a16;L_A": "from elsewhere", "b16;L_B": "s", "c16;L_C": "added" }),
    });
    const made = policy([
      { settingId: "a16;L_A", value: "1" },
      { settingId: "b16;L_B", value: pulumi.secret("s") },
    ]);
    assert.deepEqual(await shown(shownSettings(made)), {
      "a16;L_A": "[secret]",
      "b16;L_B": "[secret]",
      "c16;L_C": "[secret]",
    });
  });

  it("know a list whose ids come later, and a number that is stored as a text", async () => {
    state = (sent) => ({ ...sent, policies: pulumi.secret({ "a16;L_A": "4", "b16;L_B": "1" }) });
    const made = policy([
      { settingId: pulumi.output("a16;L_A"), value: 4 },
      { settingId: "b16;L_B", value: true },
    ]);
    assert.deepEqual(await shown(shownSettings(made)), { "a16;L_A": "4", "b16;L_B": "1" });
  });

  it("are those of a patch too, and all masked of a policy that is only looked up", async () => {
    const patch = new OfficeClientConfigurationPatch("shown-patch", {
      configurationId: KEPT_ID,
      userPreferences: { "a16;L_A": "1", "b16;L_B": pulumi.secret("s") },
    });
    assert.deepEqual(await shown(shownSettings(patch, "userPreferences")), {
      "a16;L_A": "1",
      "b16;L_B": "[secret]",
    });
    state = () => ({ policies: pulumi.secret({ "a16;L_A": "1" }) });
    const found = WindowsOfficeClientConfiguration.get("shown-found", KEPT_ID);
    assert.equal(await shown(shownSettings(found)), "[secret]");
  });
});
