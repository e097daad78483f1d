import { strict as assert } from "node:assert";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { GraphHttpError, OfficeConfigurationError } from "../../provider/graph";
import { LookupError } from "../../provider/program/lookups/lookupError";
import type { LookupName, LookupRequest } from "../../provider/program/lookups/request";
import { answer } from "../../provider/program/lookups/run/ask";
import { programIntune, programSession } from "../../provider/program/lookups/run/session";
import { storePayloadInput } from "../../provider/program/payloadInput";
import { payloadProblems } from "../../provider/settings/inputs/problems";
import { programForm } from "../../provider/settings/stored";
import { payloadBytes, storePayloadBytes } from "../../provider/settings/wire";
import { fakeGraph, unexpected } from "../fakeGraph";

/** A Graph that answers every read alike, and counts them. */
function graphOf(get: (path: string) => unknown, list: unknown[] = []) {
  const { graph, sent } = fakeGraph((request) => {
    const { method, path, accepts } = request;
    if (method !== "GET") return unexpected(request);
    if (accepts === "bytes") return undefined;
    return path.split("?")[0]?.endsWith("/clientConfigurations") ? { value: list } : get(path);
  });
  return { graph, asked: () => sent.map(({ path }) => path) };
}

async function failure(
  name: LookupName,
  request: Partial<LookupRequest>,
  graph = graphOf(() => undefined).graph,
): Promise<LookupError> {
  const error: unknown = await answer(
    name,
    { args: {}, options: undefined, ...request },
    () => graph,
  )
    .then(() => undefined)
    .catch((reason: unknown) => reason);
  assert.ok(error instanceof LookupError, inspect(error));
  return error;
}

describe("arguments of lookups", () => {
  it("have every problem named at once, and nothing is asked", async () => {
    const { graph, asked } = graphOf(() => undefined);
    const args = { id: pulumi.output("x"), dispalyName: "y", kind: "z" };
    const options = { parent: {}, signal: 1 } as unknown as LookupRequest["options"];
    const { message } = await failure("getOfficeClientConfiguration", { args, options }, graph);
    const lines = message.split("\n");
    assert.equal(lines[0], 'getOfficeClientConfiguration({ dispalyName: "y", kind: "z" }):');
    for (const line of [
      "- args.id is an Output; only the Output form of the lookup takes one. It must be a text that is not empty",
      "- args.kind must be one of WindowsOfficeClientConfiguration, WindowsOfficeClientSecurityConfiguration",
      '- args.dispalyName is no known name; did you mean "displayName"? (known: id, displayName, kind)',
      "- options.signal must be an AbortSignal",
      "- options.parent is no known name (known: signal)",
    ]) {
      assert.ok(lines.includes(line), `${line} is not among:\n${message}`);
    }
    assert.equal(lines.length, 6);
    assert.deepEqual(asked(), []);
  });

  for (const [what, name, args, said] of [
    ["neither id nor name", "getOfficeClientConfiguration", {}, "has neither"],
    ["id and name", "getOfficeClientConfiguration", { id: "1", displayName: "x" }, "has both"],
    ["an empty name", "getOfficeClientConfiguration", { displayName: "" }, "not empty"],
    ["no object", "getOfficeClientConfigurations", "Baseline", "args must be an object"],
    [
      "a filter that is no text",
      "getOfficeClientConfigurations",
      { filter: 1 },
      "args.filter must",
    ],
    ["anything for the singleton", "getOfficeConfiguration", { id: "1" }, "args must be empty"],
  ] as const) {
    it(`refuse ${what}`, async () => {
      assert.ok((await failure(name, { args })).message.includes(said));
    });
  }
});

describe("errors of lookups", () => {
  it("are this package's, and shown by the engine without a stack", async () => {
    const error = await failure("getOfficeClientConfiguration", {});
    assert.ok(OfficeConfigurationError.isInstance(error));
    assert.ok(pulumi.RunError.isInstance(error));
    assert.equal(error.code, "INVALID_ARGUMENTS");
  });

  it("repeat no argument that is secret, not even in Graph's words or in a near name", async () => {
    const { graph } = graphOf(() => undefined, [{ id: "1", displayName: "planted-name-2" }]);
    const args = { displayName: "planted-name" };
    const request = { args, isSecret: true };
    const none = await failure("getOfficeClientConfiguration", request, graph);
    assert.match(
      none.message,
      /^getOfficeClientConfiguration\(\[secret\]\): The tenant has no policy/,
    );
    assert.doesNotMatch(inspect(none), /planted/);
    const echo = graph.around(() =>
      Promise.reject(new OfficeConfigurationError('no filter "planted-name"')),
    );
    const refused = await failure(
      "getOfficeClientConfigurations",
      {
        args: { filter: "planted-name" },
        isSecret: true,
      },
      echo,
    );
    assert.equal(refused.message, 'getOfficeClientConfigurations([secret]): no filter "[secret]"');
    assert.doesNotMatch(inspect(refused), /planted/);
  });

  it("have the status, code and request id of what Graph refused, and the refusal whole unless it may be secret", async () => {
    const facts = { method: "GET", path: "/officeConfiguration", requestId: "r" };
    const refusal = new GraphHttpError({ ...facts, status: 403, code: "c", graphMessage: "no" });
    const graph = graphOf(() => undefined).graph.around(() => Promise.reject(refusal));
    for (const isSecret of [false, true]) {
      const error = await failure("getOfficeConfiguration", { isSecret }, graph);
      assert.deepEqual([error.status, error.code, error.requestId], [403, "c", "r"]);
      assert.equal(error.cause, isSecret ? undefined : refusal);
    }
  });

  it("name the doctor once a program", async () => {
    const file = require.resolve("../../provider/program/lookups/run/ask");
    const { [file]: loaded } = require.cache;
    delete require.cache[file];
    const program = require(file) as { answer: typeof answer };
    require.cache[file] = loaded;
    const named: boolean[] = [];
    for (const status of [404, 403, 403]) {
      const facts = { method: "GET", path: "/officeConfiguration", code: "c", graphMessage: "no" };
      const refusal = new GraphHttpError({ ...facts, status });
      const graph = graphOf(() => undefined).graph.around(() => Promise.reject(refusal));
      const request = { args: {}, options: undefined };
      await program
        .answer("getOfficeConfiguration", request, () => graph)
        .catch((error: Error) => {
          named.push(/\n`npx office-configuration doctor` .*$/.test(error.message));
        });
    }
    assert.deepEqual(named, [false, true, false]);
  });

  for (const [code, args] of [
    ["NOT_FOUND", { displayName: "C" }],
    ["SEVERAL_FOUND", { displayName: "B" }],
    ["OTHER_KIND", { id: "1", kind: "WindowsOfficeClientConfiguration" }],
    ["INVALID_ARGUMENTS", { id: "" }],
  ] as const) {
    it(`have the code ${code}`, async () => {
      const mac = { id: "1", displayName: "A", "@odata.type": "#microsoft.graph.macOffice" };
      const alike = ["2", "3"].map((id) => ({ id, displayName: "B" }));
      const { graph } = graphOf(() => mac, [mac, ...alike]);
      assert.equal((await failure("getOfficeClientConfiguration", { args }, graph)).code, code);
    });
  }

  it("name an answer that cannot be understood", async () => {
    const { graph } = graphOf(() => ["x"]);
    assert.match(
      (await failure("getOfficeConfiguration", {}, graph)).message,
      /^getOfficeConfiguration\(\): The answer to .* is no officeConfiguration/,
    );
  });

  it("name a type that is neither of the two", async () => {
    const { graph } = graphOf(() => ({ "@odata.type": "#microsoft.graph.macOffice", id: "1" }));
    const args = { id: "1", kind: "WindowsOfficeClientConfiguration" };
    assert.match(
      (await failure("getOfficeClientConfiguration", { args }, graph)).message,
      /is a "#microsoft\.graph\.macOffice", not a WindowsOfficeClientConfiguration/,
    );
  });
});

describe("the session of lookups", () => {
  const before = pulumi.runtime.allConfig();

  afterEach(() => pulumi.runtime.setAllConfig(before));

  const graphFor = (accessToken: string, secretKeys?: string[]) => {
    const config = {
      "officeConfiguration:endpoint": "http://127.0.0.1:1",
      "officeConfiguration:accessToken": accessToken,
    };
    pulumi.runtime.setAllConfig(config, secretKeys);
    return programSession();
  };

  it("is one for the same settings, and another for others", () => {
    const first = graphFor("one");
    assert.notEqual(graphFor("two"), first);
    assert.equal(graphFor("one", ["officeConfiguration:accessToken"]), first);
  });

  it("has the catalogue that the stack's settings name", () => {
    graphFor("one");
    assert.throws(programIntune, /The catalogue office-settings\.json cannot be used: there is no/);
    const named = {
      ...pulumi.runtime.allConfig(),
      "officeConfiguration:catalogue": "of-test.json",
    };
    pulumi.runtime.setAllConfig(named);
    assert.throws(programIntune, /The catalogue of-test\.json cannot be used: there is no file/);
  });
});

describe("a payload that was looked up", () => {
  /** The bytes that a resource sends whose `policies` are what a lookup found. */
  async function resent(bytes: Uint8Array): Promise<{ sent: Buffer; problems: number }> {
    const given = programForm(storePayloadBytes(bytes));
    const stored = (await resolved(storePayloadInput(given))) as Record<string, unknown>;
    return { sent: payloadBytes(stored), problems: payloadProblems("policies", stored).length };
  }

  /** Whether a JSON text has a key that Pulumi loses. */
  function hasProtoKey(text: string): boolean {
    let isThere = false;
    try {
      JSON.parse(text, (key, value: unknown) => {
        isThere ||= key === "__proto__";
        return value;
      });
    } catch {
      return false;
    }
    return isThere;
  }

  function resolved(value: unknown): Promise<unknown> {
    return new Promise((resolve) => void pulumi.output(value as object).apply(resolve));
  }

  for (const [what, text] of [
    [
      "settings",
      '[{"settingId":"a","value":"1"},{"platform":"Win32","settingId":"a","value":"2"}]',
    ],
    ["no settings", "[]"],
    ["an object", '{"a":{"b":[1,null,"x"]}}'],
    ["an object that looks like a stored form", '{"$text":"x"}'],
    ["an object that looks like another", '{"$json":{"$base64":"AA=="}}'],
    ["a list of other things", "[1,2]"],
    ["a text", '"[]"'],
    ["a number", "4"],
    ["null", "null"],
    [
      "a setting that stands twice",
      '[{"settingId":"a","value":"1"},{"settingId":"a","value":"1"}]',
    ],
    ["what is no JSON", "<xml/>"],
  ] as const) {
    it(`is the same when it is given to a resource: ${what}`, async () => {
      const { sent, problems } = await resent(Buffer.from(text, "utf8"));
      assert.equal(sent.toString("utf8"), text);
      assert.equal(problems, 0);
    });
  }

  it("is the same when it is given to a resource: what is no text", async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x80]);
    assert.deepEqual(await resent(bytes), { sent: bytes, problems: 0 });
  });

  it("is the same or refused, whatever it is", async () => {
    const text = fc.oneof(
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        const bytes = Buffer.from(given, "utf8");
        const { sent, problems } = await resent(bytes);
        if (hasProtoKey(given)) return void assert.equal(problems, 1);
        assert.deepEqual(sent, payloadBytes(storePayloadBytes(bytes)));
        assert.equal(problems, 0);
      }),
      // Inputs that once failed, before the rest.
      {
        numRuns: 200,
        examples: [['{"__proto__":""}'], ['[{"a":{"__proto__":1}}]'], ["__proto__"]],
      },
    );
  });

  it("may be an Output, also inside its form", async () => {
    const settings = [{ settingId: "a", value: "1" }];
    for (const given of [
      pulumi.output(settings),
      { $json: pulumi.output(settings) },
      { $text: pulumi.output('[{"settingId":"a","value":"1"}]') },
    ]) {
      assert.deepEqual(await resolved(storePayloadInput(given)), { a: "1" });
    }
  });

  it("is refused where a program writes base64 that is none", () => {
    assert.deepEqual(payloadProblems("policies", storePayloadInput({ $base64: "a" })), [
      { path: ["policies", "$base64"], reason: "must be base64" },
    ]);
  });
});
