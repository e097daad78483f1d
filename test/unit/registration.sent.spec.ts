import { strict as assert } from "node:assert";
import { mock } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import * as office from "../../provider";
import { mocksNow } from "../pulumiMocks";

const ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";

interface Sent {
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  readonly id: string | undefined;
}

describe("what the engine gets of a resource", () => {
  const sent = new Map<string, Sent>();
  let others: pulumi.runtime.Mocks | undefined;

  before(async () => {
    others = mocksNow();
    await pulumi.runtime.setMocks(
      {
        newResource: ({ name, type, inputs, id }) => {
          sent.set(name, { type, inputs: inputs as Record<string, unknown>, id });
          return { id: `id of ${name}`, state: inputs as object };
        },
        call: () => ({}),
      },
      "project",
      "stack",
      false,
      "organization",
    );
  });

  after(async () => {
    // Other tests of this process have theirs.
    if (others !== undefined) await pulumi.runtime.setMocks(others, "project", "stack");
  });

  async function sentOf(resource: pulumi.CustomResource): Promise<Sent> {
    const urn = await new Promise<string>((resolve) => {
      resource.urn.apply(resolve);
    });
    return sent.get(urn.split("::").at(-1) ?? "") ?? assert.fail();
  }

  const policy = (
    name: string,
    args: Partial<office.OfficeClientConfigurationArgs> = {},
    options?: pulumi.CustomResourceOptions,
  ) => new office.WindowsOfficeClientConfiguration(name, { displayName: "A", ...args }, options);

  it("is the type, the constant text of its provider, and the inputs as they are stored", async () => {
    const { type, inputs } = await sentOf(
      policy("sent", {
        policies: [{ settingId: "office16;L_A", value: 1 }],
        assignments: [{ groupId: ID }],
        userPreferences: undefined,
      }),
    );
    assert.equal(
      type,
      "pulumi-nodejs:dynamic/officeConfiguration:WindowsOfficeClientConfiguration",
    );
    const { __run: run, ...rest } = inputs;
    assert.ok(run);
    assert.deepEqual(rest, {
      displayName: "A",
      policies: { "office16;L_A": 1 },
      assignments: [ID],
      __provider:
        'exports.handler = () => require("pulumi-office-configuration/runtime").WindowsOfficeClientConfiguration;',
    });
  });

  interface Run {
    readonly isPreview: boolean;
    readonly name: string;
    readonly instance: number;
    readonly owner: string;
  }
  const runOf = async (resource: pulumi.CustomResource) =>
    (await sentOf(resource)).inputs.__run as Run;

  it("tells the run: whether it is a preview, the name, and a number of its own", async () => {
    const [one, two] = [policy("run-1"), policy("run-2")];
    const [first, second] = [await runOf(one), await runOf(two)];
    assert.deepEqual([first.isPreview, first.name, second.name], [false, "run-1", "run-2"]);
    assert.equal(second.instance, first.instance + 1);
  });

  it("stands for stack and URN, the same in every run, without their names", async () => {
    const first = await runOf(policy("owner"));
    const again = await runOf(policy("owner"));
    assert.equal(again.owner, first.owner);
    assert.match(first.owner, /^[\w-]{11}\.[\w-]{11}$/);
    const other = await runOf(policy("other owner"));
    assert.equal(other.owner.split(".")[0], first.owner.split(".")[0]);
    assert.notEqual(other.owner, first.owner);
    const parent = new pulumi.ComponentResource("t:t:Parent", "parent of owner");
    const child = await runOf(policy("owner", {}, { parent }));
    assert.notEqual(child.owner, first.owner);
    const stack = mock.method(pulumi, "getStack", () => "another");
    try {
      const elsewhere = await runOf(policy("owner"));
      assert.notEqual(elsewhere.owner.split(".")[0], first.owner.split(".")[0]);
    } finally {
      stack.mock.restore();
    }
  });

  it("names what is secret", async () => {
    const { inputs } = await sentOf(
      policy("secrets", {
        description: pulumi.secret("d"),
        policies: [
          { settingId: "office16;L_B", value: pulumi.secret("1") },
          { settingId: "office16;L_A", value: "1" },
        ],
        userPreferences: pulumi.secret([{ settingId: "office16;L_C", value: "1" }]),
      }),
    );
    assert.deepEqual(inputs.__secrets, ["description", "policies/office16;L_B", "userPreferences"]);
  });

  it("is no run for a policy that is only read, whose properties are outputs all the same", async () => {
    const found = office.WindowsOfficeClientSecurityConfiguration.get("read", ID);
    const { inputs, id } = await sentOf(found);
    assert.equal("__run" in inputs, false);
    assert.equal(id, ID);
    for (const property of [
      "displayName",
      "description",
      "priority",
      "policies",
      "userPreferences",
      "assignments",
      "lastModifiedDateTime",
      "userCheckinSummary",
      "checkinStatuses",
      "tenantId",
    ] as const) {
      assert.ok(pulumi.Output.isInstance(found[property]), property);
    }
    const singleton = office.OfficeConfiguration.get("read singleton");
    assert.equal((await sentOf(singleton)).id, "officeConfiguration");
    assert.ok(pulumi.Output.isInstance(singleton.tenantCheckinStatuses));
    assert.ok(pulumi.Output.isInstance(singleton.includeCheckinStatuses));
    assert.ok(pulumi.Output.isInstance(singleton.configurationId));
  });

  it("has outputs of each property of the others", () => {
    const patch = new office.OfficeClientConfigurationPatch("outputs of a patch", {
      configurationId: ID,
      description: "d",
    });
    for (const property of ["configurationId", "kind", "policies", "userPreferences"] as const) {
      assert.ok(pulumi.Output.isInstance(patch[property]), property);
    }
    const order = new office.OfficeClientConfigurationPriorities("outputs of an order", {
      configurationIds: [ID],
    });
    assert.ok(pulumi.Output.isInstance(order.configurations));
  });

  it("cannot be a resource whose name is not known", () => {
    const name = pulumi.interpolate`policy ${ID}`;
    assert.throws(() => policy(`${name}`), {
      name: "OfficeConfigurationError",
      message:
        "WindowsOfficeClientConfiguration: the name of a resource must be known, and this one holds an Output or a promise.",
    });
  });
});
