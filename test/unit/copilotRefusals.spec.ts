import { strict as assert } from "node:assert";
import { CopilotHost, IMAGES, PATH, WEB } from "../copilotHost";

const NAME = "Allow web search in Copilot";
const OFF = { setting: WEB, value: "1" };
const ON = { setting: WEB, value: "0" };

let host: CopilotHost;

beforeEach(() => {
  host = new CopilotHost();
});

afterEach(() => host.close());

describe("Graph's refusals of one of Copilot's settings", () => {
  const failed = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => "",
      (error: Error) => error.message,
    );

  it("are explained, and nothing is written: an unknown setting", async () => {
    const message = await failed(
      host.setting().up({ setting: "microsoft.copilot.pinning2", value: "1" }),
    );
    assert.match(
      message,
      /^Reading Copilot setting microsoft\.copilot\.pinning2 failed: 404 notFound \(unsupportedSetting\)/,
    );
    assert.match(
      message,
      /\nCopilot's API does not support a setting of that id\. Check its spelling/,
    );
    assert.deepEqual(host.sent(), []);
  });

  it("are explained: a policy for groups", async () => {
    host.tenant.copilot.groupScoped.add(WEB);
    const message = await failed(host.setting().up(OFF));
    assert.match(message, / failed: 422 unprocessableEntity \(groupScopedSettingNotSupported\)/);
    assert.match(message, /\nA policy for groups has this setting/);
  });

  it("are explained, and not repeated: too many policies for groups", async () => {
    host.tenant.copilot.hasTooManyGroupPolicies = true;
    const message = await failed(host.setting().up(OFF));
    assert.match(message, / failed: 502 badGateway \(tooManyGroupPolicies\)/);
    assert.match(message, /\nThe tenant has more policies for groups than Copilot's API supports/);
    assert.equal(host.tenant.count, 1);
    assert.equal(host.clock.waitedMs, 0);
  });

  it("of a PATCH are not repeated either, and leave no doubt", async () => {
    const error = { code: "badGateway", innerError: { code: "tooManyGroupPolicies" } };
    host.tenant.faults.add({
      match: `PATCH ${PATH}/*`,
      status: 502,
      body: JSON.stringify({ error }),
    });
    const web = host.setting();
    const message = await failed(web.up(OFF));
    assert.match(message, /^Setting Copilot setting \S+ failed: 502/);
    assert.doesNotMatch(message, /may have carried it out/);
    assert.equal(web.recorded, undefined);
    assert.equal(host.sent().length, 1);
  });

  it("say whether a value was to be set or cleared", async () => {
    const web = host.setting();
    await host.run(() => web.up(OFF));
    host.tenant.faults.add({ match: `PATCH ${PATH}/*`, status: 400, times: 2 });
    await host.run(() => assert.rejects(web.up(ON), /Setting Copilot setting \S+ failed: 400/));
    await host.run(() => assert.rejects(web.destroy(), /Clearing Copilot setting \S+ failed: 400/));
  });

  it("are repeated if they pass: a 502 of a gateway", async () => {
    host.tenant.faults.add({ match: `PATCH ${PATH}/*`, status: 502, times: 2 });
    await host.setting().up(OFF);
    assert.equal(host.value(), "1");
  });

  it("end a destroy well if the setting is no longer supported", async () => {
    const web = host.setting();
    await host.run(() => web.up(OFF));
    const error = { code: "notFound", innerError: { code: "unsupportedSetting" } };
    const body = JSON.stringify({ error });
    host.tenant.faults.add({ match: `GET ${PATH}/*`, status: 404, body });
    assert.deepEqual(await host.run(() => web.destroy()), [
      `${NAME}: Graph no longer supports this setting, there is nothing to put back`,
    ]);
    await host.run(() => web.up(OFF));
    host.tenant.faults.add({ match: `GET ${PATH}/*`, status: 404 });
    await host.run(() => assert.rejects(web.destroy(), /404/));
  });
});

describe("an app on its own, with one of Copilot's settings", () => {
  const WARNING = /^Copilot's settings: warning: the token is an app's, and Microsoft documents/;

  it("is warned once in a run, and gets what Graph answers", async () => {
    host.settings.accessToken = host.tenant.token("app");
    const lines = await host.run(() => assert.rejects(host.setting().up(OFF), /403/), {});
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", WARNING);
    assert.match(lines[0] ?? "", /sign in as a user: officeConfiguration:credential deviceCode$/);
  });

  it("may be let in by Graph, and is warned in previews, updates and deletions", async () => {
    host.close();
    host = new CopilotHost({ mode: { copilotCallers: "all" } });
    host.settings.accessToken = host.tenant.token("app");
    const web = host.setting();
    const other = host.setting("images");
    for (const [isPreview, work] of [
      [true, () => web.up(OFF)],
      [
        false,
        async () => {
          await web.up(OFF);
          await other.up({ setting: IMAGES, value: "1" });
        },
      ],
      [false, () => web.up(ON)],
      [false, () => web.destroy()],
    ] as const) {
      const lines = await host.run(work, { isPreview });
      assert.equal(lines.filter((line) => WARNING.test(line)).length, 1, lines.join("\n"));
    }
    assert.equal(host.value(IMAGES), "1");
  });

  it("is no user, who gets no warning", async () => {
    assert.deepEqual(await host.run(() => host.setting().up(OFF)), []);
  });
});
