import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../../provider/host/check";
import { markBrokenEntries } from "../../provider/program/brokenText";
import { storePayloadInput } from "../../provider/program/payloadInput";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { brokenTexts } from "../../provider/settings/brokenText";
import { problemLine } from "../../provider/settings/inputProblem";
import { forEngine } from "../../provider/settings/json";

const HALF = "a\ud83d";
const lifecycle = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

/** Value of an Output. */
function resolved(value: object): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    pulumi.output(value).apply((known) => void resolve(known as Record<string, unknown>));
  });
}

const reasonsOf = (inputs: object) =>
  inputProblems(lifecycle, inputs as Record<string, unknown>).map(problemLine);

describe("inputs with half of a surrogate pair", () => {
  it("are refused by name, wherever they stand, and nothing else is said of them", async () => {
    const inputs = {
      displayName: HALF,
      description: pulumi.output("b\ude00"),
      assignments: ["11111111-1111-4111-8111-111111111111", Promise.resolve(HALF)],
      adopt: { displayName: HALF },
      policies: storePayloadInput([
        { settingId: "office16;L_A", value: HALF },
        { settingId: HALF, value: "1" },
      ]),
      userPreferences: storePayloadInput(pulumi.output({ deep: [{ text: HALF }] })),
    };
    const marked = await resolved(markBrokenEntries(inputs));
    // Values that survive the way to the provider.
    assert.deepEqual(forEngine(marked), marked);
    const texts =
      "is a text with half of a surrogate pair, which is not Unicode: give the whole character";
    assert.deepEqual(reasonsOf(marked).sort(), [
      `adopt.displayName ${texts}`,
      `assignments[1] ${texts}`,
      `description ${texts}`,
      `displayName ${texts}`,
      `policies["a\ufffd"] is named by ${texts.slice(3)}`,
      `policies["office16;L_A"] ${texts}`,
      `userPreferences.deep[0].text ${texts}`,
    ]);
  });

  it("are refused too where they come to the provider as they are", () => {
    assert.deepEqual(
      brokenTexts({ a: ["fine", HALF], b: { c: "\udc00" } }).map(({ path }) => path),
      [
        ["a", 1],
        ["b", "c"],
      ],
    );
  });

  it("stay secret where they were", async () => {
    const { displayName } = markBrokenEntries({ displayName: pulumi.secret(HALF) });
    assert.equal(await pulumi.isSecret(displayName as pulumi.Output<unknown>), true);
  });

  it("leave whole texts, resources and cycles alone", () => {
    const cycle: Record<string, unknown> = { text: "\u{1F600}" };
    cycle.self = cycle;
    const asset = new pulumi.asset.StringAsset("x");
    const marked = markBrokenEntries({ cycle, asset, n: 1, none: undefined, nothing: null });
    assert.equal(marked.asset, asset);
    assert.deepEqual([marked.n, marked.none, marked.nothing], [1, undefined, null]);
  });
});
