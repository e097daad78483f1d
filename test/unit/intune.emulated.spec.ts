import assert from "node:assert/strict";
import { buildCatalogue } from "../../cli/catalogue/build";
import { readIntuneAnswer } from "../../cli/catalogue/intune";
import { inventedDefinitions } from "../../emulator/deviceManagement/definitions";
import { SettingCheck } from "../../emulator/deviceManagement/settingCheck";
import { settingsBody } from "../../emulator/deviceManagement/settingInstances";
import type { CatalogueSetting } from "../../provider/catalogue/catalogue";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { IntuneSettings } from "../../provider/intune/intuneSettings";
import { readInstances } from "../../provider/intune/reading";
import { writeSettings } from "../../provider/intune/writing";

/** A catalogue of the emulator's definitions alone. */
const { settings: found } = readIntuneAnswer(inventedDefinitions());
const CATALOGUE = buildCatalogue({ sources: [], settings: new Map() }, [
  { kind: "intune", file: "definitions.json", settings: found },
]);
const SETTINGS = new IntuneSettings(new KnownSettings(CATALOGUE));
const CHECK = new SettingCheck(inventedDefinitions());

function valueFor({ kind, values, min }: CatalogueSetting): string | undefined {
  if (kind === "enum") return Object.keys(values ?? {}).at(-1);
  if (kind === "decimal") return String(min ?? 0);
  return kind === "text" ? "A text" : undefined;
}

/** A value for each setting for users that has one without a template. */
const given = new Map(
  Object.entries(CATALOGUE.settings).flatMap(([id, setting]) => {
    const value = setting.scope === "user" ? valueFor(setting) : undefined;
    return value === undefined ? [] : [[id, value] as const];
  }),
);

describe("settings written by the emulator's definitions", () => {
  const { instances, left } = writeSettings(given, SETTINGS);

  it("are all that have a value, and are taken by its check", () => {
    assert.deepEqual(left, []);
    assert.ok(instances.length > 40, String(instances.length));
    const body = settingsBody.parse(instances.map((settingInstance) => ({ settingInstance })));
    CHECK.refuseWrong(
      body.map(({ settingInstance }) => settingInstance),
      false,
    );
  });

  it("are the same when they are read", () => {
    const read = readInstances(instances, SETTINGS).map((line) =>
      "value" in line ? [line.settingId, line.value] : [line.kind, line.definitionId],
    );
    assert.deepEqual(new Map(read as [string, string][]), new Map(given));
  });

  it("are those of the later of two versions of a template", () => {
    const [renewed] = instances
      .map(({ settingDefinitionId }) => settingDefinitionId)
      .filter((id) => id.includes("updates"));
    assert.match(renewed ?? "", /excel16v2\.updates\.2~.*_l_invented01$/);
    assert.equal(
      instances.filter(({ settingDefinitionId }) =>
        /excel.*_l_invented01$/.test(settingDefinitionId),
      ).length,
      1,
    );
  });
});
