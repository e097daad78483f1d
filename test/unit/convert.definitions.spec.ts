import assert from "node:assert/strict";
import type { DefinitionEntry } from "../../cli/sources/source";
import { choice as instanceOf } from "../intuneInstances";
import { leftOf, resolve, settingsOf } from "../registryCatalogue";

const START = "user_vendor_msft_policy_config_calc16v2~policy~l_calc~l_security";

const choice = (id: string, item: string, children: readonly unknown[] = []): DefinitionEntry => ({
  form: "definition",
  instance: instanceOf(id, item, children),
});

describe("settings of Intune's settings catalogue", () => {
  it("are settings of Cloud Policy", () => {
    const level = choice(`${START}_l_macros_l_level`, "4").instance;
    const entries = [choice(`${START}_l_block`, "0"), choice(`${START}_l_macros`, "1", [level])];
    assert.deepEqual(settingsOf(...entries), ["calc16;L_Block=0", "calc16;L_Macros;L_Level=4"]);
    assert.deepEqual(resolve(...entries).converted[0], {
      source: "Calc users",
      key: `${START}_l_block`,
      valueName: "",
      settingId: "calc16;L_Block",
      value: "0",
      payload: "policies",
    });
  });

  it("are left with the kind of their reason, and those of other products by themselves", () => {
    assert.deepEqual(
      leftOf(
        choice(`${START}_l_macros`, "0"),
        choice(`${START}_l_unheardof`, "1"),
        choice("user_vendor_msft_policy_config_edge~policy~edge_homepage", "1"),
        { form: "definition", instance: "none" },
      ).map((line) => line.split(":", 1)[0]),
      ["deletion", "unknown", "foreign", "unread"],
    );
  });

  it("are judged by the catalogue, and complete", () => {
    const below = choice(`${START}_l_place_l_below`, "1").instance;
    assert.deepEqual(leftOf(choice(`${START}_l_place`, "1", [below])), [
      'incomplete: "Trusted place 1 (Calc)" requires calc16;L_Place;L_Path "Path" too',
    ]);
  });
});
