import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { stackError } from "../../cli/fleet/causes";
import { StackEvents } from "../../cli/fleet/changes";
import type { FleetChange, FleetCommand } from "../../cli/fleet/result";
import { type Glossary, NO_GLOSSARY } from "../../provider/settings/glossary";

const MACROS = "excel16;L_VBAWarningsPolicy;L_empty4";
const BLOCK = "word16;L_BlockMacroExecutionFromInternet";

/** Events of the real engine: of a program with two policies, of which one has a secret setting. */
const recorded = JSON.parse(
  readFileSync(join(__dirname, "..", "recordedEvents.json"), "utf8"),
) as Record<string, EngineEvent[]>;

function outcomeOf(name: string, command: FleetCommand, glossary: Glossary = NO_GLOSSARY) {
  const events = new StackEvents(command, glossary);
  for (const event of recorded[name] ?? []) events.see(event);
  return events.outcome();
}

/** A change in a few words. */
const brief = ({ op, policy, settingId, property, ...change }: FleetChange) =>
  [op, policy, settingId ?? property, change.old, change.new].map(String).join(" | ");

describe("the changes of a stack, from the engine's events", () => {
  it("are every property and setting of new policies, with secrets masked", () => {
    const { changes, settings } = outcomeOf("preview-create", "preview");
    assert.deepEqual(changes.map(brief).sort(), [
      "create | Macro security | assignments | null | 3f0c2e5a-7c1d-4a43-9b8e-6a1d2f4c5b60",
      "create | Macro security | displayName | null | Macro security",
      `create | Macro security | ${MACROS} | null | 4`,
      `create | Macro security | ${BLOCK} | null | [secret]`,
      "create | Privacy | displayName | null | Privacy",
      "create | Privacy | office16;L_SendFeedback | null | 0",
    ]);
    assert.equal(settings, 3);
    const hidden = changes.filter(({ isSecret }) => isSecret);
    assert.deepEqual(
      hidden.map(({ settingId }) => settingId),
      [BLOCK],
    );
  });

  it("are none for a stack that stays as it is, whose settings are counted", () => {
    const { changes, settings, isWhole } = outcomeOf("preview-same", "preview");
    assert.deepEqual({ changes, settings, isWhole }, { changes: [], settings: 3, isWhole: true });
  });

  it("name a setting, a secret that changes, and a policy that goes", () => {
    const { changes } = outcomeOf("preview-change", "preview");
    assert.deepEqual(changes.map(brief).sort(), [
      "delete | Privacy | displayName | Privacy | null",
      "delete | Privacy | office16;L_SendFeedback | 0 | null",
      `update | Macro security | ${MACROS} | 4 | 2`,
      `update | Macro security | ${BLOCK} | [secret] | [secret]`,
    ]);
  });

  it("have the names and labels of a catalogue", () => {
    const glossary: Glossary = (id) =>
      id === MACROS ? { name: "Macros (Excel)", labels: { "2": "Ask", "4": "Off" } } : undefined;
    const { changes } = outcomeOf("preview-change", "preview", glossary);
    const { name, oldLabel, newLabel } =
      changes.find(({ settingId }) => settingId === MACROS) ?? {};
    assert.deepEqual(
      { name, oldLabel, newLabel },
      { name: "Macros (Excel)", oldLabel: "Off", newLabel: "Ask" },
    );
  });

  it("of a drift are what the tenant has and the state has not", () => {
    assert.deepEqual(outcomeOf("drift", "drift").changes.map(brief), [
      `update | Macro security | ${MACROS} | 2 | 3`,
    ]);
    assert.deepEqual(
      outcomeOf("drift-gone", "drift").changes.map(({ op, policy }) => `${op} ${policy}`),
      [
        "delete Macro security",
        "delete Macro security",
        "delete Macro security",
        "delete Macro security",
      ],
    );
  });

  it("of a preview after a refresh are what an update would write, not what the refresh found", () => {
    assert.deepEqual(outcomeOf("preview-refresh", "preview").changes.map(brief), [
      `update | Macro security | ${MACROS} | 3 | 2`,
    ]);
  });

  it("of a failed update are only those that were made, with the resource's error", () => {
    const { changes, errors, isWhole } = outcomeOf("up-failed", "up");
    assert.deepEqual({ changes, isWhole }, { changes: [], isWhole: false });
    assert.equal(errors.filter(({ isOfResource }) => isOfResource).length, 1);
    const error = stackError({ stack: "dev", errors, output: "" });
    assert.equal(
      error.cause,
      `Listing the tenant's client configurations failed: 403 accessDenied "A fault of the emulator.".`,
    );
    assert.match(error.next ?? "", /^Grant the app the Graph permission .* then run it again\.$/);
    assert.doesNotMatch(error.message, /update failed/);
  });

  it("never hold what the engine tells for debugging, which is in plain text", () => {
    const said = JSON.stringify(Object.keys(recorded).map((name) => outcomeOf(name, "preview")));
    assert.doesNotMatch(said, /plain text/);
    assert.ok(JSON.stringify(recorded).includes("plain text"));
  });

  it("take in resources of other providers, replacements, warnings and names that were not checked", () => {
    const events = new StackEvents("up", NO_GLOSSARY);
    const state = (inputs: object) => ({
      type: "",
      urn: "",
      id: "i-1",
      parent: "",
      provider: "",
      inputs,
      outputs: {},
    });
    const step = (op: string, old: object, next: object) =>
      ({
        resOutputsEvent: {
          metadata: {
            op,
            type: "azuread:index/group:Group",
            urn: "urn:pulumi:dev::office::azuread:index/group:Group::everyone",
            old: state(old),
            new: state(next),
          },
        },
      }) as unknown as EngineEvent;
    events.see(
      step("create-replacement", { name: "a", nested: { b: 1 } }, { name: "a", nested: { b: 2 } }),
    );
    events.see(step("delete-replaced", { name: "a" }, {}));
    const say = (severity: string, message: string) =>
      events.see({
        diagnosticEvent: { severity, message, color: "never" },
      } as unknown as EngineEvent);
    say("warning", "it is deprecated\n");
    say("info", "names not checked: Listing failed: 403.\n");
    const { changes, warnings } = events.outcome();
    assert.deepEqual(changes, [
      {
        resource: "everyone",
        type: "azuread:index/group:Group",
        op: "replace",
        policy: "a",
        property: "nested",
        old: { b: 1 },
        new: { b: 2 },
      },
    ]);
    assert.deepEqual(warnings, ["it is deprecated", "names not checked: Listing failed: 403."]);
  });
});

describe("the cause of a failure", () => {
  const causeOf = (message: string, output = "") =>
    stackError({
      stack: "contoso",
      errors: message === "" ? [] : [{ message, isOfResource: true }],
      output,
    });

  it("is the same for all policies, requests and tenants", () => {
    const one = `Preview failed: Creating client configuration "Privacy" failed: 403 accessDenied "No." (request-id 1).\nGrant it.`;
    const other = `Creating client configuration "Macros" failed: 403 accessDenied "No." (request-id 2).\nGrant it.`;
    assert.equal(causeOf(one).cause, causeOf(other).cause);
    assert.equal(causeOf(one).next, "Grant it.");
  });

  it("comes with what to do where Pulumi's own words do not say it", () => {
    for (const [message, next] of [
      ["the stack is currently locked by 1 lock(s)", /pulumi cancel --stack contoso/],
      [
        "getting secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE",
        /PULUMI_CONFIG_PASSPHRASE/,
      ],
      ["Error: Cannot find module 'pulumi-office-configuration'", /npm install/],
      [
        "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
        /--parallel/,
      ],
      ["ClientSecretCredential failed: AADSTS7000222: expired", /new secret/],
      ["connect ECONNREFUSED 10.0.0.1:443", /can reach Graph/],
    ] as const) {
      assert.match(causeOf(message).next ?? "", next, message);
    }
  });

  it("is the last error of the CLI if the engine told none", () => {
    assert.equal(causeOf("", "Previewing\nerror: no such thing\n\n").cause, "no such thing");
    assert.equal(causeOf("", "").cause, "Pulumi's CLI ended without a message.");
  });

  it("is why it was ended, if it was", () => {
    const ended = { cause: "It was cancelled.", next: "Go on." };
    const error = stackError({ stack: "a", errors: [], output: "error: update canceled", ended });
    assert.deepEqual(error, { ...ended, message: "It was cancelled." });
  });

  it("holds no token", () => {
    const { cause, message } = causeOf("Error: fetch failed with Bearer abcdefghijklmnop");
    assert.doesNotMatch(cause + message, /abcdefgh/);
  });
});
