import { strict as assert } from "node:assert";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import providerRpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import provider from "@pulumi/pulumi/proto/provider_pb";
import status from "@pulumi/pulumi/proto/status_pb";
import { createEmulator, type Emulator } from "../../emulator";
import { providerText } from "../../provider/program/providerText";
import { hostileTexts } from "../hostileTexts";

/** The SDK's own copies. */
const requireOfSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const { credentials } = requireOfSdk("@grpc/grpc-js") as {
  credentials: { createInsecure(): never };
};
const { Struct } = requireOfSdk("google-protobuf/google/protobuf/struct_pb") as {
  Struct: { fromJavaScript(value: object): never };
};

/** An error as the client of a gRPC service gets it. */
interface ServiceError extends Error {
  readonly metadata: { get(key: string): (string | Buffer)[] };
}

const ROOT = join(__dirname, "..", "..");
const KIND = "WindowsOfficeClientConfiguration";
const GROUP = "11111111-1111-4111-8111-111111111111";
const TEXTS = 1_000;

/** Number of calls under way at once, as with `pulumi up --parallel 16`. */
const PARALLEL = 16;

/** The part of a creation that the engine keeps when a later step fails. */
interface Kept {
  readonly id: string;
  readonly reasons: string[];
  readonly properties: Record<string, unknown>;
}

// The SDK's own server, as the engine starts it: what it cannot send, the engine waits for.
describe("the SDK's provider server", () => {
  let emulator: Emulator;
  let server: ChildProcess;
  let client: InstanceType<typeof providerRpc.ResourceProviderClient>;

  before(async () => {
    emulator = await createEmulator({ mode: { assignmentsInPost: "ignored" } });
    const main = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    server = spawn(process.execPath, [main, "127.0.0.1:1"], {
      cwd: ROOT,
      env: {
        ...process.env,
        OFFICE_CONFIGURATION_ENDPOINT: emulator.url,
        OFFICE_CONFIGURATION_ACCESS_TOKEN: emulator.accessToken,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    server.stderr?.pipe(process.stderr);
    assert.ok(server.stdout);
    const [port] = (await once(server.stdout, "data")) as [Buffer];
    server.stdout.resume();
    client = new providerRpc.ResourceProviderClient(
      `127.0.0.1:${port.toString("utf8").trim()}`,
      credentials.createInsecure(),
    );
    const request = new provider.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript({}));
    await new Promise<void>((resolve, reject) => {
      client.configure(request, (error: Error | null) => (error ? reject(error) : resolve()));
    });
  });

  after(async () => {
    client.close();
    server.kill("SIGKILL");
    await emulator.close();
  });

  /** Creates a policy whose groups are refused. */
  function create(displayName: string): Promise<Kept> {
    const request = new provider.CreateRequest();
    const policies = { "office16;L_A": "1" };
    const inputs = { displayName, policies, assignments: [GROUP], __provider: providerText(KIND) };
    request.setProperties(Struct.fromJavaScript(inputs));
    return new Promise((resolve, reject) => {
      client.create(request, (error: ServiceError | null) => {
        try {
          assert.ok(error, `${displayName} was created`);
          resolve(keptIn(error));
        } catch (problem) {
          reject(problem as Error);
        }
      });
    });
  }

  it("answers whatever Graph's words are, and keeps the id of what was made", async () => {
    const words = hostileTexts(TEXTS);
    for (const message of words) emulator.addFault({ match: "POST *assign", status: 400, message });
    const names = words.map((_, index) => `Policy ${index}`);
    const kept: Kept[] = [];
    const left = [...names];
    const work = async () => {
      for (let name = left.pop(); name !== undefined; name = left.pop())
        kept.push(await create(name));
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    const made = emulator.store.list().map(({ id }) => id);
    assert.equal(made.length, TEXTS);
    assert.deepEqual(kept.map(({ id }) => id).sort(), made.sort());
    for (const { reasons, properties } of kept) {
      const [reason = ""] = reasons;
      assert.match(reason, /^Assigning groups to client configuration "Policy \d+" failed: 400/);
      assert.ok(reason.isWellFormed());
      assert.doesNotMatch(reason.replaceAll("\n", ""), /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      assert.equal(properties.__provider, providerText(KIND));
    }
  });

  it("ends once nobody reads what it prints, as when the engine was killed", async () => {
    const ended = once(server, "exit");
    server.stdout?.destroy();
    server.stderr?.destroy();
    const request = new provider.DiffRequest();
    const inputs = { displayName: "Policy", __provider: providerText(KIND) };
    request.setId("75b453d9-53d9-75b4-d953-b475d953b475");
    request.setOlds(Struct.fromJavaScript({ ...inputs, policies: { "office16;L_A": "1" } }));
    request.setNews(Struct.fromJavaScript({ ...inputs, policies: { "office16;L_A": "2" } }));
    const lost = new Promise((resolve) => client.diff(request, resolve));
    assert.deepEqual(await ended, [1, null]);
    assert.ok(await lost);
  });
});

/** Details of an error, as the engine reads them. */
function keptIn({ message, metadata }: ServiceError): Kept {
  const [bytes] = metadata.get("grpc-status-details-bin");
  assert.ok(bytes instanceof Buffer, message);
  const [details] = status.Status.deserializeBinary(bytes).getDetailsList();
  assert.ok(details, message);
  const failed = provider.ErrorResourceInitFailed.deserializeBinary(details.getValue_asU8());
  return {
    id: failed.getId(),
    reasons: failed.getReasonsList(),
    properties: failed.getProperties()?.toJavaScript() ?? {},
  };
}
