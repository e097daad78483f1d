import { strict as assert } from "node:assert";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { StackCatalogue } from "../../provider/host/stackCatalogue";
import { IntuneSettings } from "../../provider/intune/intuneSettings";
import { LookupError } from "../../provider/program/lookups/lookupError";
import type { LookupName } from "../../provider/program/lookups/request";
import { answer } from "../../provider/program/lookups/run/ask";
import { INTUNE_ID as ID, intuneCatalogue, TOGGLE_DEFINITION as TOGGLE } from "../intuneHost";
import { choice, definition } from "../intuneInstances";
import { gatherAtLeisure } from "../scriptedGraph";
import { TenantRuns } from "../tenantRuns";

/** The definition of another toggle. */
const OTHER = intuneCatalogue()[ID.other]?.intune?.id ?? "";
const GROUP = "11111111-1111-4111-8111-11111111111a";
const foreign = (number: number) =>
  choice(`device_vendor_msft_policy_config_contoso_setting${number}`, "0");
const target = (type: string, more: object = {}) => ({
  "@odata.type": `#microsoft.graph.${type}AssignmentTarget`,
  ...more,
});

for (const preset of ["kind", "unkind"] as const) {
  describe(`policies of Intune's that are looked up (${preset})`, () => {
    let runs: TenantRuns;

    gatherAtLeisure();

    beforeEach(() => {
      runs = new TenantRuns({ preset });
      runs.tenant.intune.clear();
    });

    afterEach(() => runs.close());

    const settings = new IntuneSettings(
      new KnownSettings({ version: 1, sources: [], settings: intuneCatalogue() }),
    );
    const add = (name: string, more: object = {}) =>
      runs.tenant.intune.insert({ name, settings: [choice(TOGGLE, "1")] as never, ...more });
    const ask = <Name extends LookupName>(name: Name, args: object, isSecret = false) =>
      answer(
        name,
        { args, options: undefined, isSecret },
        () => runs.run().graph,
        () => settings,
      );
    const find = (args: object) => ask("getIntuneOfficePolicy", args);
    const list = (args: object = {}) => ask("getIntuneOfficePolicies", args);
    const failure = async (args: object, isSecret = false): Promise<LookupError> => {
      const error: unknown = await ask("getIntuneOfficePolicy", args, isSecret).catch(
        (reason: unknown) => reason,
      );
      assert.ok(LookupError.isInstance(error));
      return error;
    };

    it("have their settings and targets as a program writes them, by id and by name", async () => {
      const targets = [
        target("group", { groupId: GROUP }),
        target("allLicensedUsers"),
        target("configurationManagerCollection", { collectionId: "c" }),
      ];
      const { id } = add("Macros", { description: "d", roleScopeTagIds: ["0"], targets });
      add("Others");
      for (const args of [{ name: "Macros" }, { id }]) {
        const { lastModifiedDateTime, ...found } = await find(args);
        assert.match(lastModifiedDateTime ?? "", /^\d{4}-/);
        assert.equal(found.id.toLowerCase(), id.toLowerCase());
        const [first, second] = found.assignments;
        assert.deepEqual(first && "groupId" in first && first.groupId.toLowerCase(), GROUP);
        assert.deepEqual(second, { all: "users" });
        assert.deepEqual(
          { ...found, id: "", assignments: [], otherAssignments: found.otherAssignments.length },
          {
            id: "",
            name: "Macros",
            description: "d",
            policies: [{ settingId: ID.toggle, value: "1" }],
            otherSettings: [],
            assignments: [],
            otherAssignments: 1,
            roleScopeTagIds: ["0"],
            platforms: "windows10",
          },
        );
      }
      assert.deepEqual(runs.tenant.writes(), []);
    });

    it("have every setting of all pages, in one of two lists", async () => {
      const many = Array.from({ length: 60 }, (_, number) => foreign(number));
      const unknown = choice(definition("excel16v2", "l_unheardof"), "1");
      const device = choice(TOGGLE.replace("user_", "device_"), "1");
      add("Many", { settings: [...many, unknown, choice(TOGGLE, "0"), device] });
      const { policies, otherSettings } = await find({ name: "Many" });
      assert.deepEqual(policies, [{ settingId: ID.toggle, value: "0" }]);
      assert.equal(otherSettings.length, 62);
      const other = (id: unknown) => otherSettings.find(({ definitionId }) => definitionId === id);
      assert.deepEqual(other("device_vendor_msft_policy_config_contoso_setting7"), {
        definitionId: "device_vendor_msft_policy_config_contoso_setting7",
        reason: "it is no setting of Office's templates",
      });
      assert.deepEqual(other(TOGGLE.replace("user_", "device_"))?.settingIds, [ID.toggle]);
      assert.match(
        other(definition("excel16v2", "l_unheardof"))?.reason ?? "",
        /the catalogue has no setting with its names/,
      );
    });

    it("name a setting that they have twice, with another value", async () => {
      const outer = choice(definition("excel16v2", "l_unheardof"), "1", [choice(TOGGLE, "0")]);
      add("Twice", { settings: [choice(TOGGLE, "1"), outer] });
      const { policies, otherSettings } = await find({ name: "Twice" });
      const reason = "the policy has the setting once more, with another value";
      assert.equal(policies.length, 1);
      assert.ok(
        otherSettings.some((each) => each.reason === reason && each.settingIds?.[0] === ID.toggle),
      );
    });

    it("are refused by a name that two have, with both ids", async () => {
      const ids = [add("Macros"), add("Macros")].map(({ id }) => id);
      add("Macros", { platforms: "macOS" });
      const { message, code } = await failure({ name: "Macros" });
      assert.equal(code, "SEVERAL_FOUND");
      for (const id of ids) assert.ok(message.toLowerCase().includes(`\n- ${id}`), message);
      assert.match(message, /: 2 policies have the name "Macros":\n/);
      assert.match(message, /Give the id of the one that is meant, in place of its name\.$/);
    });

    it("are none by a name or an id that no policy has", async () => {
      add("Macros");
      const byName = await failure({ name: "Macro" });
      assert.equal(byName.code, "NOT_FOUND");
      assert.match(
        byName.message,
        /^getIntuneOfficePolicy\(\{ name: "Macro" \}\): The tenant has no Intune policy with the name "Macro"; it has 1 policy for Windows\.\nThe nearest name is "Macros"/,
      );
      const secret = await failure({ name: "Macro" }, true);
      assert.doesNotMatch(secret.message, /Macro|nearest/);
      const byId = await failure({ id: GROUP });
      assert.match(byId.message, /no Intune policy with the id "11111111-\S+; it has 1 policy/);
    });

    it("are listed if they have a setting of Office, by name and then by id", async () => {
      for (const name of ["B", "A", "A"]) add(name);
      add("Foreign", { settings: [foreign(1)] });
      add("Empty", { settings: [] });
      add("Mac", { platforms: "macOS" });
      add("Broken", { settings: [{ settingDefinitionId: TOGGLE }] });
      add("Unknown", { settings: [choice(definition("excel16v2", "l_unheardof"), "1")] });
      const found = await list();
      assert.deepEqual(
        found.map(({ name }) => name),
        ["A", "A", "B", "Broken", "Unknown"],
      );
      const [first, second] = found.map(({ id }) => id);
      assert.ok((first ?? "") < (second ?? ""));
      assert.deepEqual(
        (await list({ settingId: ID.toggle.toUpperCase() })).map(({ name }) => name),
        ["A", "A", "B", "Broken"],
      );
      assert.deepEqual(await list({ settingId: ID.level }), []);
    });

    it("have their settings by id, and the template that they were made from", async () => {
      const templateReference = { templateId: "t_1", templateDisplayName: "Contoso baseline" };
      const later = choice(definition("word16v2", "l_unheardof"), "1");
      const earlier = choice(definition("access16v2", "l_unheardof"), "1");
      const settings = [later, choice(OTHER, "1"), choice(TOGGLE, "1"), earlier];
      add("Made", { settings, templateReference });
      const { policies, otherSettings, template } = await find({ name: "Made" });
      assert.equal(template, "Contoso baseline");
      assert.deepEqual(
        policies.map(({ settingId }) => settingId),
        [ID.toggle, ID.other].sort(),
      );
      const ids = otherSettings.map(({ definitionId }) => definitionId);
      assert.deepEqual(ids, [...ids].sort());
      assert.equal(ids.length, 2);
    });

    it("are listed once, though a page repeats one, and never without what is none", async () => {
      const { id } = add("Macros");
      const page = (...value: unknown[]) => ({
        match: "GET /deviceManagement/configurationPolicies",
        status: 200,
        body: JSON.stringify({ value }),
      });
      const listed = { id, name: "Macros", platforms: "windows10", settingCount: 1 };
      runs.tenant.faults.add(page(listed, listed));
      assert.equal((await list()).length, 1);
      runs.tenant.faults.add(page(listed, listed));
      assert.equal((await find({ name: "Macros" })).name, "Macros");
      runs.tenant.faults.add(page(listed, { name: "no id" }));
      await assert.rejects(list(), /holds something that is no policy: it has no id/);
    });

    it("are none where the tenant does not serve the API, and that is said", async () => {
      runs.tenant.faults.add({
        match: "GET /deviceManagement/configurationPolicies",
        status: 404,
        message: "Resource not found for the segment 'configurationPolicies'.",
        times: 9,
      });
      const { message } = await failure({ id: GROUP });
      assert.match(message, /This tenant's Graph does not serve/);
      runs.tenant.faults.clear();
      runs.tenant.faults.add({
        match: "GET /deviceManagement/configurationPolicies",
        status: 403,
        times: 9,
      });
      assert.match(
        (await failure({ id: GROUP })).message,
        /The tenant has no Intune policy with the id "11111111-\S+\.\nA policy that this/,
      );
    });

    it("are listed by a filter of Graph, which is sent unchanged", async () => {
      for (const name of ["B", "A"]) add(name);
      const found = await list({ filter: "name eq 'B'" });
      assert.deepEqual(
        found.map(({ name }) => name),
        ["B"],
      );
      assert.ok(runs.tenant.requests.some(({ path }) => path.endsWith("?$filter=name eq 'B'")));
    });

    it("ask nothing without a catalogue, and say which commands make one", async () => {
      const { count } = runs.tenant;
      const folder = mkdtempSync(join(tmpdir(), "no-catalogue-"));
      const catalogue = new StackCatalogue({}, folder, () => {});
      const graph = () => runs.run().graph;
      for (const name of ["getIntuneOfficePolicies", "getIntuneOfficePolicy"] as const) {
        const args = name === "getIntuneOfficePolicy" ? { name: "A" } : {};
        const request = { args, options: undefined };
        await assert.rejects(
          answer(name, request, graph, () => catalogue.intune()),
          (error: unknown) => {
            assert.ok(LookupError.isInstance(error));
            assert.match(
              error.message,
              /: The catalogue office-settings\.json cannot be used: there is no such file, .*office-configuration catalogue fetch\), and build the catalogue with them: .*catalogue build .*--intune/,
            );
            return true;
          },
        );
      }
      rmdirSync(folder);
      assert.equal(runs.tenant.count, count);
    });

    it("take exactly one of id and name", async () => {
      assert.match((await failure({})).message, /must have one of id and name, and has neither$/);
      assert.match((await failure({ id: "1", name: "A" })).message, /and has both$/);
      assert.match(
        (await failure({ displayName: "A" })).message,
        /args\.displayName is no known name/,
      );
    });
  });
}
