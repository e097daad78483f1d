import { strict as assert } from "node:assert";
import { mock } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import * as office from "../../provider";
import { mocksNow } from "../pulumiMocks";

/** The methods of an Output that the SDK's types leave out. */
interface Inside {
  promise(): Promise<unknown>;
  readonly isKnown: Promise<boolean>;
}
const inside = (output: unknown) => output as Inside;

describe("the Output form of lookups", () => {
  /** Events so far: `made <name>` by the engine, `asked` of the tenant. */
  let events: string[];
  /** The resources that the engine has not made yet, and what makes them. */
  let waiting: Map<string, () => void>;
  let others: pulumi.runtime.Mocks | undefined;

  before(() => {
    others = mocksNow();
  });

  after(async () => {
    // Other tests of this process have theirs.
    if (others !== undefined) await pulumi.runtime.setMocks(others, "project", "stack", false);
  });

  beforeEach(() => setUp(false));
  afterEach(() => mock.restoreAll());

  async function setUp(isPreview: boolean): Promise<void> {
    events = [];
    waiting = new Map();
    await pulumi.runtime.setMocks(
      {
        newResource: async ({ name, inputs }) => {
          if (name.startsWith("slow")) {
            await new Promise<void>((made) => void waiting.set(name, made));
          }
          events.push(`made ${name}`);
          const id = name.startsWith("unknown") ? undefined : `id of ${name}`;
          return { id: id as unknown as string, state: inputs as object };
        },
        call: ({ inputs }) => {
          events.push("asked");
          return inputs as Record<string, unknown>;
        },
      },
      "project",
      "stack",
      isPreview,
    );
  }

  const policy = (name: string, options?: pulumi.CustomResourceOptions) =>
    new office.WindowsOfficeClientConfiguration(name, { displayName: "A" }, options);

  const find = (
    args: Parameters<typeof office.getOfficeClientConfigurationOutput>[0],
    options?: office.LookupOutputOptions,
  ) => office.getOfficeClientConfigurationOutput(args, options);

  const isMade = (name: string) => () => waiting.has(name);

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((next) => void setImmediate(next));
  }

  const NAME = { displayName: "A" };

  it("gives what the plain form gives", async () => {
    const output = find(NAME);
    assert.deepEqual(await inside(output).promise(), NAME);
    assert.equal(await pulumi.isSecret(output), false);
    const all = office.getOfficeConfigurationOutput();
    assert.deepEqual(await inside(all).promise(), {});
  });

  for (const [what, dependOn] of [
    ["a resource", (resource) => resource],
    ["a list of them", (resource) => [resource]],
    ["a promise of one", (resource) => Promise.resolve(resource)],
    ["an Output of a list", (resource) => pulumi.output([resource])],
    ["a list that holds an Output", (resource) => [pulumi.output(resource)]],
  ] as readonly (readonly [
    string,
    (resource: pulumi.Resource) => office.LookupOutputOptions["dependsOn"],
  ])[]) {
    it(`waits until what it depends on exists, be it ${what}`, async () => {
      const found = inside(find(NAME, { dependsOn: dependOn(policy("slow")) })).promise();
      await until(isMade("slow"));
      assert.deepEqual(events, []);
      waiting.get("slow")?.();
      assert.deepEqual(await found, NAME);
      assert.deepEqual(events, ["made slow", "asked"]);
    });
  }

  it("waits for the children of a component, those of components in it too", async () => {
    class Component extends pulumi.ComponentResource {
      constructor(name: string, parent?: pulumi.Resource) {
        super("t:t:Component", name, {}, { ...(parent && { parent }) });
        this.registerOutputs();
      }
    }
    const outer = new Component("outer");
    policy("slow", { parent: new Component("inner", outer) });
    const found = inside(find(NAME, { dependsOn: outer })).promise();
    await until(isMade("slow"));
    assert.ok(!events.includes("asked"));
    waiting.get("slow")?.();
    await found;
    assert.deepEqual(events.slice(-2), ["made slow", "asked"]);
  });

  it("waits for the resources that its arguments come from", async () => {
    const made = policy("slow");
    const found = inside(find({ displayName: pulumi.interpolate`A ${made.id}` })).promise();
    await until(isMade("slow"));
    waiting.get("slow")?.();
    assert.deepEqual(await found, { displayName: "A id of slow" });
    assert.deepEqual(events, ["made slow", "asked"]);
  });

  it("asks nothing in a preview in which one of them is yet to be made", async () => {
    await setUp(true);
    for (const output of [
      find(NAME, { dependsOn: policy("unknown") }),
      find(NAME, { dependsOn: [policy("known"), policy("unknown too")] }),
      find({ displayName: policy("unknown three").id }),
    ]) {
      assert.equal(await inside(output).isKnown, false);
    }
    assert.ok(!events.includes("asked"), events.join());
    assert.equal(await inside(find(NAME, { dependsOn: policy("known too") })).isKnown, true);
    assert.deepEqual(events.at(-1), "asked");
  });

  it("is secret where an argument is, and its error repeats none", async () => {
    const displayName = pulumi.secret("planted");
    const output = find({ displayName });
    assert.deepEqual(await inside(output).promise(), { displayName: "planted" });
    assert.equal(await pulumi.isSecret(output), true);
    const wrong = find({ displayName, kind: "planted" as never });
    await assert.rejects(inside(wrong).promise(), ({ message }: Error) => {
      assert.match(message, /^getOfficeClientConfiguration\(\[secret\]\):/);
      return !message.includes("planted");
    });
  });

  it("refuses to depend on what is no resource", async () => {
    for (const dependsOn of ["policy", [policy("made"), {}], null]) {
      const output = find(NAME, { dependsOn: dependsOn as never });
      await assert.rejects(inside(output).promise(), {
        name: "LookupError",
        code: "INVALID_ARGUMENTS",
        message:
          "getOfficeClientConfiguration: the option dependsOn must be a resource or a list of them.",
      });
    }
    assert.ok(!events.includes("asked"));
  });

  it("takes the options of the plain form", async () => {
    const output = find(NAME, { signal: "soon" as never });
    await assert.rejects(inside(output).promise(), /options\.signal must be an AbortSignal/);
  });

  it("keeps the program's connection to the engine open until a lookup has ended", async () => {
    let open = 0;
    mock.method(pulumi.runtime, "rpcKeepAlive", () => {
      open += 1;
      return () => {
        open -= 1;
      };
    });
    const found = office.getOfficeClientConfiguration(NAME);
    assert.equal(open, 1);
    await found;
    assert.equal(open, 0);
    await assert.rejects(office.getOfficeClientConfiguration({ displayName: "" }));
    assert.equal(open, 0);
  });
});
