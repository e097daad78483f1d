import { strict as assert } from "node:assert";
import { once } from "node:events";
import { connect } from "node:net";
import { createEmulator, type Emulator } from "../../emulator";
import { paths } from "../../provider/api/paths";
import { createSession, resolveSessionConfig } from "../../provider/graph";
import type { StateResource } from "../engine/support";
import { planOf } from "../faults/cases";
import { placeSettings } from "../faults/copilot";
import { type Evidence, problemsOf, worldProblems } from "../faults/invariants";
import { placeLateStranger, placeStrangers, type Stranger } from "../faults/strangers";
import {
  groupOf,
  SECRET_SETTING_ID,
  SETTING_ID,
  type Subject,
  settingId,
  settingValue,
  subjectsOf,
  wantedValue,
} from "../faults/subjects";
import { WireProxy } from "../faults/wire";

const WISHES = { value: 1, group: 1 };

describe("the plan of the fault lab", () => {
  it("names each case once, and has more than 200", () => {
    const plan = planOf({ seed: 1 });
    const { chains, interruptions, series } = plan;
    const cases = chains.flatMap((chain) => chain.cases.length);
    const sum = cases.reduce((total, count) => total + count, 0);
    assert.equal(plan.count, sum + interruptions.length + series.length);
    assert.ok(plan.count >= 200);
  });

  it("picks the same cases by the same seed, and others by another", () => {
    const names = (seed: number) =>
      planOf({ seed, cases: 20 }).chains.flatMap(({ cases }) => cases.map(({ name }) => name));
    assert.deepEqual(names(1), names(1));
    assert.notDeepEqual(names(1), names(2));
  });
});

describe("the invariants of the fault lab", () => {
  let emulator: Emulator;
  let subject: Subject;
  let strangers: Stranger[];

  beforeEach(async () => {
    emulator = await createEmulator();
    const [first] = subjectsOf(1, "policy", 1);
    assert.ok(first);
    subject = first;
    strangers = [
      ...placeStrangers(emulator.store, subject, WISHES),
      placeLateStranger(emulator.store, subject, WISHES),
    ];
  });

  afterEach(() => emulator.close());

  const insert = (name = subject.name) =>
    emulator.store.insert({
      type: "#microsoft.graph.windowsOfficeClientConfiguration",
      displayName: name,
      description: wantedValue(subject, WISHES),
      policyPayload: [
        { settingId: SETTING_ID, value: wantedValue(subject, WISHES) },
        { settingId: SECRET_SETTING_ID, value: subject.secret },
      ],
      groupIds: [groupOf(subject, WISHES)],
    });

  const resource = (id: string): StateResource => ({
    type: "t",
    urn: `urn:pulumi:dev::test::t::${subject.name}`,
    id,
  });

  const breaches = (resources: StateResource[], more: Partial<Evidence> = {}): string[] => {
    const isStranger = (id: string) => strangers.some((stranger) => stranger.id === id);
    const objects = () => emulator.store.list().filter(({ id }) => !isStranger(id));
    const world = { emulator, subjects: [subject], wishes: WISHES, strangers, objects };
    const evidence = { world, resources, texts: [], isDestroyed: false, ...more };
    const found = [...problemsOf(subject, evidence), ...worldProblems(evidence)];
    return found.map(({ breach }) => breach);
  };

  it("hold where one object is as the program wants it", () => {
    assert.deepEqual(breaches([resource(insert().id)]), []);
  });

  it("see a second object of the same name: a duplicate, and an orphan", () => {
    const { id } = insert();
    insert();
    assert.deepEqual(breaches([resource(id)]), ["duplicates", "orphans"]);
  });

  it("see an object that no resource has", () => {
    const { id } = insert();
    insert("Another name");
    assert.deepEqual(breaches([resource(id)]), ["orphans"]);
  });

  it("see what is missing, and a value, a secret or a group that is another", () => {
    assert.deepEqual(breaches([]), ["lost changes"]);
    const { id } = insert();
    emulator.store.patch(id, { description: "Other", policyPayload: [], groupIds: [] });
    assert.deepEqual(breaches([resource(id)]), Array(4).fill("lost changes"));
  });

  it("see a state with another id, with an error, or with nothing", () => {
    const { id } = insert();
    assert.deepEqual(breaches([resource("other")]), ["wrong states", "orphans"]);
    assert.deepEqual(breaches([{ ...resource(id), initErrors: ["No."] }]), ["wrong states"]);
    assert.deepEqual(breaches([]), ["wrong states", "orphans"]);
  });

  it("see a secret and a token, as they are and inside of base64", () => {
    const resources = [resource(insert().id)];
    const json = JSON.stringify([{ value: subject.secret }]);
    const shown = [subject.secret, Buffer.from(json).toString("base64"), emulator.accessToken];
    for (const text of shown) assert.deepEqual(breaches(resources, { texts: [text] }), ["leaks"]);
  });

  it("see each stranger that is changed or deleted, also after it was destroyed", () => {
    const { id } = insert();
    assert.equal(strangers.length, 5);
    for (const stranger of strangers) {
      emulator.store.patch(stranger.id, { description: "Taken over" });
    }
    assert.deepEqual(breaches([resource(id)]), Array(5).fill("strangers"));
    for (const stranger of strangers) emulator.store.remove(stranger.id);
    emulator.store.remove(id);
    assert.deepEqual(breaches([], { isDestroyed: true }), Array(5).fill("strangers"));
  });

  it("see a write to a stranger that leaves it as it was", () => {
    const { id } = insert();
    const [stranger] = strangers;
    emulator.store.patch(stranger?.id ?? "", {});
    assert.deepEqual(breaches([resource(id)]), ["strangers"]);
  });

  it("see a stranger in the state, in place of an object of one's own", () => {
    const [stranger] = strangers;
    const found = breaches([resource(stranger?.id ?? "")]);
    assert.deepEqual(found, ["lost changes", "strangers"]);
  });

  it("see what is left after it was destroyed", () => {
    const { id } = insert();
    assert.deepEqual(breaches([], { isDestroyed: true }), ["orphans"]);
    emulator.store.remove(id);
    assert.deepEqual(breaches([resource(id)], { isDestroyed: true }), ["wrong states"]);
  });
});

describe("the invariants of Copilot's settings in the fault lab", () => {
  let emulator: Emulator;
  let subject: Subject;
  let id: string;

  beforeEach(async () => {
    emulator = await createEmulator({ copilotSettings: {} });
    const [first] = subjectsOf(1, "setting", 1);
    assert.ok(first);
    subject = first;
    id = settingId(subject);
    placeSettings(emulator, [subject]);
  });

  afterEach(() => emulator.close());

  const breaches = (ids: readonly string[], more: Partial<Evidence> = {}): string[] => {
    const urn = `urn:pulumi:dev::test::t::${subject.name}`;
    const resources = ids.map((each) => ({ type: "t", urn, id: each }));
    const objects = () => emulator.store.list();
    const world = { emulator, subjects: [subject], wishes: WISHES, strangers: [], objects };
    const evidence = { world, resources, texts: [], isDestroyed: false, ...more };
    const found = [...problemsOf(subject, evidence), ...worldProblems(evidence)];
    return found.map(({ breach }) => breach);
  };

  it("hold where a setting has the value that the program wants, and that it was found with in the end", () => {
    assert.deepEqual(breaches([], { isDestroyed: true }), []);
    emulator.copilot.set(id, settingValue(subject, WISHES));
    assert.deepEqual(breaches([id]), []);
  });

  it("see another value, also after it was destroyed", () => {
    assert.deepEqual(breaches([id]), ["lost changes"]);
    emulator.copilot.set(id, null);
    assert.deepEqual(breaches([], { isDestroyed: true }), ["lost changes"]);
  });

  it("see a state with another id, with nothing, or with something in the end", () => {
    emulator.copilot.set(id, settingValue(subject, WISHES));
    for (const ids of [["other"], [], [id, id]]) assert.ok(breaches(ids).includes("wrong states"));
    assert.ok(breaches([id], { isDestroyed: true }).includes("wrong states"));
  });

  it("see the policy of somebody else that is changed", () => {
    emulator.copilot.set(id, settingValue(subject, WISHES));
    emulator.copilot.policies[1]?.values.delete(id);
    assert.deepEqual(breaches([id]), ["strangers"]);
  });

  it("see a secret value", () => {
    emulator.copilot.set(id, settingValue(subject, WISHES));
    assert.deepEqual(breaches([id], { texts: [settingValue(subject, WISHES)] }), ["leaks"]);
  });
});

describe("the proxy of the fault lab", () => {
  it("lets the links of a list lead to itself", async () => {
    const emulator = await createEmulator({ mode: { pageSize: 5 } });
    const proxy = await WireProxy.start(Number(new URL(emulator.url).port));
    const type = "#microsoft.graph.windowsOfficeClientConfiguration";
    for (let count = 0; count < 12; count += 1) emulator.store.insert({ type });
    const config = { endpoint: proxy.url, accessToken: emulator.accessToken };
    const session = createSession(
      resolveSessionConfig((key) => new Map(Object.entries(config)).get(key), {}),
    );
    try {
      assert.equal((await session.graph.list(paths.clientConfigurations)).length, 12);
      assert.equal(emulator.requests.length, 3);
    } finally {
      await session.dispose();
      await proxy.close();
      await emulator.close();
    }
  });

  it("keeps a request on a connection that it has cut from the server", async () => {
    const emulator = await createEmulator();
    const proxy = await WireProxy.start(Number(new URL(emulator.url).port));
    const { port } = new URL(proxy.url);
    const client = connect({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true });
    const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
    try {
      proxy.add({ wire: "cut", bytes: 9 }, { method: "GET", texts: ["/beta/first"] }, 1);
      client.write(request("/beta/first"));
      const [answer] = (await once(client, "data")) as [Buffer];
      assert.equal(answer.toString(), "HTTP/1.1 ");
      client.write(request("/beta/second"));
      await fetch(`${proxy.url}/beta/third`);
      const reached = emulator.requests.map(({ path }) => path);
      assert.deepEqual(reached, ["/first", "/third"]);
    } finally {
      client.destroy();
      await proxy.close();
      await emulator.close();
    }
  });
});
