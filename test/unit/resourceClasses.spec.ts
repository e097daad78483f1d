import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import * as office from "../../provider";
import { otherCopy } from "../otherCopy";

const TYPE = "pulumi-nodejs:dynamic/officeConfiguration:";
const ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";
const SETTING = "microsoft.copilot.allowwebsearch";

const {
  WindowsOfficeClientConfiguration,
  WindowsOfficeClientSecurityConfiguration,
  OfficeClientConfigurationPatch,
  OfficeClientConfigurationPriorities,
  OfficeConfiguration,
  CopilotPolicySetting,
} = office;
const classes = {
  WindowsOfficeClientConfiguration,
  WindowsOfficeClientSecurityConfiguration,
  OfficeClientConfigurationPatch,
  OfficeClientConfigurationPriorities,
  OfficeConfiguration,
  CopilotPolicySetting,
};

/** Makes one resource of each class. */
const made = {
  WindowsOfficeClientConfiguration: (name: string, options?: pulumi.CustomResourceOptions) =>
    new office.WindowsOfficeClientConfiguration(name, { displayName: "A" }, options),
  WindowsOfficeClientSecurityConfiguration: (
    name: string,
    options?: pulumi.CustomResourceOptions,
  ) => new office.WindowsOfficeClientSecurityConfiguration(name, { displayName: "A" }, options),
  OfficeClientConfigurationPatch: (name: string, options?: pulumi.CustomResourceOptions) =>
    new office.OfficeClientConfigurationPatch(
      name,
      { configurationId: ID, description: "d" },
      options,
    ),
  OfficeClientConfigurationPriorities: (name: string, options?: pulumi.CustomResourceOptions) =>
    new office.OfficeClientConfigurationPriorities(name, { configurationIds: [ID] }, options),
  OfficeConfiguration: (name: string, options?: pulumi.CustomResourceOptions) =>
    new office.OfficeConfiguration(name, {}, options),
  CopilotPolicySetting: (name: string, options?: pulumi.CustomResourceOptions) =>
    new office.CopilotPolicySetting(name, { setting: SETTING, value: "1" }, options),
};

function resolved(value: pulumi.Output<string>): Promise<string> {
  return new Promise((resolve) => {
    value.apply(resolve);
  });
}

/** The names of the resources that reached the engine. */
const sent: string[] = [];

before(async () => {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => {
        sent.push(name);
        return { id: `id of ${name}`, state: inputs as object };
      },
      call: () => ({}),
    },
    "project",
    "stack",
    false,
  );
});

for (const [kind, make] of Object.entries(made)) {
  const type = classes[kind as keyof typeof made];

  describe(kind, () => {
    it("has the type by which policy packs match its resources", async () => {
      const resource = make("typed");
      assert.equal(type.__pulumiType, `${TYPE}${kind}`);
      const urn = await resolved(resource.urn);
      assert.ok(urn.includes(`::${type.__pulumiType}::`), urn);
    });

    it("knows its own resources, those of another copy of the package too, and no others", () => {
      assert.ok(type.isInstance(make("own")));
      const others = Object.entries(made).filter(([other]) => other !== kind);
      for (const [other, makeOther] of others) {
        assert.ok(!type.isInstance(makeOther(`other-${other}`)));
      }
      assert.ok(otherCopy()[kind as keyof typeof made].isInstance(make("of another copy")));
      for (const value of [undefined, null, {}, type, { __pulumiType: type.__pulumiType }]) {
        assert.ok(!type.isInstance(value));
      }
    });

    it("leaves an error of a transformation the line of its own", () => {
      const wrong = new Error("my transformation is wrong");
      const myTransformation = (): never => {
        throw new Error(wrong.message);
      };
      assert.throws(
        () => make("transformed", { transformations: [myTransformation] }),
        ({ message, stack }: Error) =>
          message === wrong.message && /at myTransformation .*resourceClasses/.test(stack ?? ""),
      );
    });

    it("leaves an error of its parent's transformation the line of its own", () => {
      const parentTransformation = (args: pulumi.ResourceTransformationArgs) => {
        if (args.type.startsWith(TYPE)) throw new Error("wrong");
        return undefined;
      };
      const parent = new pulumi.ComponentResource("t:t:Parent", `parent of ${kind}`, undefined, {
        transformations: [parentTransformation],
      });
      assert.throws(
        () => make("child", { parent }),
        ({ stack }: Error) => /at parentTransformation .*resourceClasses/.test(stack ?? ""),
      );
    });
  });
}

describe("the id of a policy", () => {
  for (const kind of [
    "WindowsOfficeClientConfiguration",
    "WindowsOfficeClientSecurityConfiguration",
  ] as const) {
    it(`is its configurationId, which a preview knows: ${kind}`, async () => {
      const policy = made[kind]("a") as office.WindowsOfficeClientConfiguration;
      assert.equal(policy.configurationId, policy.id);
      assert.equal(await resolved(policy.configurationId), "id of a");
      const found = classes[kind].get("found", ID);
      assert.equal(await resolved(found.configurationId), ID);
    });
  }
});

describe("one of Copilot's settings", () => {
  it("is read by its id without being managed", async () => {
    const found = office.CopilotPolicySetting.get("found setting", SETTING);
    assert.equal(await resolved(found.id), SETTING);
  });
});

describe("a policy of the same program", () => {
  const policy = (name: string, priority?: number) =>
    new office.WindowsOfficeClientConfiguration(name, {
      displayName: name,
      ...(priority !== undefined && { priority }),
    });
  const order = (
    configurationIds: office.OfficeClientConfigurationPrioritiesArgs["configurationIds"],
  ) => new office.OfficeClientConfigurationPriorities("order", { configurationIds });

  it("with a priority of its own is refused in an order, before anything is sent", () => {
    const [plain, own] = [policy("plain"), policy("own", 0)];
    for (const ids of [
      [plain.configurationId, own.configurationId],
      [own.id],
      pulumi.all([plain.id, own.id]),
      pulumi.output([own.configurationId]),
    ]) {
      assert.throws(
        () => order(ids),
        /^OfficeConfigurationError: OfficeClientConfigurationPriorities "order": configurationIds has the policy "own", which has a priority of its own in the program.* Remove priority from "own"/,
      );
    }
  });

  it("that is refused is not sent, nor is what the program declared beside it; the next is", async () => {
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => failures.push(error);
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", onFailure);
    try {
      policy("beside");
      const own = policy("refused", 0);
      assert.throws(() => order([own.id]));
      const next = policy("next");
      assert.equal(await resolved(next.id), "id of next");
      assert.ok(sent.includes("next"));
      assert.ok(!sent.includes("beside") && !sent.includes("refused"), sent.join());
      // Pulumi shows one error once, however many resources it ends.
      assert.equal(new Set(failures).size, 1);
    } finally {
      process.removeAllListeners("unhandledRejection");
      for (const other of others) process.on("unhandledRejection", other);
    }
  });

  it("is taken in an order without a priority of its own, as are those that others manage", () => {
    const found = office.WindowsOfficeClientConfiguration.get("found again", ID);
    order([policy("plain too").configurationId, found.configurationId, ID]);
    order(pulumi.all([policy("plain three").id, found.id]));
  });

  it("is refused in a patch, before anything is sent; one that others manage is not", () => {
    const patch = (configurationId: pulumi.Input<string>) =>
      new office.OfficeClientConfigurationPatch("patch", { configurationId, description: "d" });
    assert.throws(
      () => patch(policy("mine").configurationId),
      /^OfficeConfigurationError: OfficeClientConfigurationPatch "patch": the policy "mine" is a resource of this program/,
    );
    patch(office.WindowsOfficeClientConfiguration.get("theirs", ID).configurationId);
  });
});
