/** Secrets that change, as a fleet's result finds them in the provider's lines. */
import { strict as assert } from "node:assert";
import type { HiddenSecret } from "../../cli/fleet/resources";
import { secretChanges } from "../../cli/fleet/secretChanges";
import { payloadDifferences } from "../../provider/settings/differences";
import { driftInWords, inWords } from "../../provider/settings/words";

const BLOCK = "word16;L_BlockMacroExecutionFromInternet";
const policy = "Macro security";

const whole = (path: string): HiddenSecret => ({ path, property: path, settingId: undefined });
const setting = (settingId: string): HiddenSecret => ({
  ...{ path: `policies/${settingId}`, property: "policies", settingId },
});

/** The provider's own lines for two secret payloads. */
function linesOf(property: string, old: unknown, next: unknown, words = inWords): string[] {
  return words(
    policy,
    payloadDifferences(property, old, next, () => true),
  );
}

function changed(secrets: readonly HiddenSecret[], lines: readonly string[]): string[] {
  return secretChanges({ policy, secrets }, lines).map(
    ({ property, settingId, old, new: next }) =>
      `${property} ${settingId ?? "as a whole"} ${old} => ${next}`,
  );
}

describe("the changed secrets of a fleet's stack", () => {
  for (const [what, old, next] of [
    ["a setting has another value", { [BLOCK]: "1" }, { [BLOCK]: "0" }],
    ["a setting is new", {}, { [BLOCK]: "1" }],
    ["a setting is gone", { [BLOCK]: "1" }, {}],
    ["it is another text", "one", "two"],
  ] as const) {
    for (const words of [inWords, driftInWords]) {
      it(`are a secret payload as a whole where ${what}, by ${words.name}`, () => {
        const secrets = [whole("policies"), whole("userPreferences")];
        for (const name of ["policies", "userPreferences"]) {
          const lines = linesOf(name, old, next, words);
          assert.deepEqual(changed(secrets, lines), [`${name} as a whole [secret] => [secret]`]);
        }
      });
    }
  }

  it("are one setting, and not its payload or a setting whose id begins alike", () => {
    const secrets = [setting(BLOCK), setting(`${BLOCK}2`), whole("userPreferences")];
    assert.deepEqual(
      changed(secrets, linesOf("policies", { [`${BLOCK}2`]: "1" }, { [`${BLOCK}2`]: "0" })),
      [`policies ${BLOCK}2 [secret] => [secret]`],
    );
  });

  it("are one setting where a line shows its name, and its id at the end", () => {
    const line = `${policy}: Block macros (Word): [secret] => [secret] (changed) [${BLOCK}]`;
    assert.deepEqual(changed([setting(BLOCK), setting("word16;L_Other")], [line]), [
      `policies ${BLOCK} [secret] => [secret]`,
    ]);
  });

  it("are groups and other properties, and no payload beside them", () => {
    const secrets = [whole("assignments"), whole("description"), whole("policies")];
    const lines = [`${policy}: assignments [secret]`];
    assert.deepEqual(changed(secrets, lines), ["assignments as a whole [secret] => [secret]"]);
  });

  it("are none of another policy", () => {
    assert.deepEqual(changed([whole("policies")], [`Other: - ${BLOCK} [secret]`]), []);
  });
});
