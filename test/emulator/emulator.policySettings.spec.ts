import { strict as assert } from "node:assert";
import type { EmulatorOptions } from "../../emulator";
import { documented, type Json } from "./ask";
import {
  choice,
  definitionsOf,
  errorOf,
  itemsOf,
  LIST,
  OFFICE,
  POLICY,
  PolicyTenant,
  settings,
  simple,
  TYPE,
} from "./policies";

describe("the settings of the emulator's configuration policies", () => {
  let tenant: PolicyTenant;

  afterEach(() => tenant.emulator.close());

  const start = async (options: EmulatorOptions = {}) => {
    tenant = await PolicyTenant.start(options);
    return tenant;
  };
  const kind = (options: EmulatorOptions = {}) => start({ preset: "kind", ...options });

  it("come only if they are asked for", async () => {
    await kind();
    const path = await tenant.make();
    assert.ok(!("settings" in (await tenant.ask("GET", path)).json));
    assert.ok(!("settings" in (itemsOf(await tenant.ask("GET"))[0] ?? {})));
    const { json } = await tenant.ask("GET", `${path}?$expand=settings`);
    assert.equal((json.settings as Json[]).length, 2);
    const [listed = {}] = itemsOf(await tenant.ask("GET", `${LIST}?$expand=settings`));
    assert.equal((listed.settings as Json[]).length, 2);
  });

  it("have the nulls that the service adds", async () => {
    await kind();
    const [first] = await tenant.all(`${await tenant.make()}/settings`);
    assert.deepEqual(first, {
      id: "0",
      settingInstance: {
        ...choice("05", 1),
        settingInstanceTemplateReference: null,
        auditRuleInformation: null,
        choiceSettingValue: {
          value: `${OFFICE}05_1`,
          settingValueTemplateReference: null,
          children: [],
        },
      },
    });
  });

  it("come with the definitions of the setting and its children if they are expanded", async () => {
    await kind();
    const element = `${OFFICE}02_l_part`;
    const path = await tenant.make({
      ...POLICY,
      settings: settings(choice("02", 1, [simple(element, 2)])),
    });
    assert.ok(!("settingDefinitions" in ((await tenant.all(`${path}/settings`))[0] ?? {})));
    const [found] = await tenant.all(`${path}/settings?$expand=settingDefinitions`);
    const definitions = found?.settingDefinitions as Json[];
    assert.deepEqual(
      definitions.map(({ id }) => id),
      [`${OFFICE}02`, element],
    );
  });

  const MANY = Array.from({ length: 30 }, (_, place) => {
    const id = `device_vendor_msft_policy_config_contoso_setting${place * 3 + 2}`;
    return {
      "@odata.type": `${TYPE}ChoiceSettingInstance`,
      settingDefinitionId: id,
      choiceSettingValue: { value: `${id}_0` },
    };
  });

  it("come in pages of 25, or of $top as far as the mode lets them", async () => {
    for (const [settingsPageSize, top, sizes] of [
      [1000, "", [25, 5]],
      [1000, "&$top=1000", [30]],
      [1000, "&$top=10", [10, 10, 10]],
      [25, "&$top=1000", [25, 5]],
    ] as const) {
      await kind({ mode: { settingsPageSize } });
      let path = `${await tenant.make({ ...POLICY, settings: settings(...MANY) })}/settings?$expand=settingDefinitions${top}`;
      const found: number[] = [];
      while (path !== "") {
        const answer = await tenant.ask("GET", path);
        found.push(itemsOf(answer).length);
        path = tenant.nextOf(answer);
      }
      assert.deepEqual(found, sizes, `${settingsPageSize} ${top}`);
      await tenant.emulator.close();
    }
    await kind();
  });

  it("are cut in an expanded collection, with a link to the rest", async () => {
    await start({ preset: "unkind" });
    const path = await tenant.make({ ...POLICY, settings: settings(...MANY) });
    const { json } = await tenant.ask("GET", `${path}?$expand=settings`);
    const first = json.settings as Json[];
    assert.equal(first.length, 20);
    const rest = String(json["settings@odata.nextLink"]).replace(tenant.emulator.url, "");
    const all = [...first, ...(await tenant.all(rest))];
    assert.equal(new Set(definitionsOf(all)).size, 30);
  });

  it("have ids that are their places, and change places after each write in mode `moves`", async () => {
    await kind({ mode: { settingOrder: "moves" } });
    const path = await tenant.make();
    const before = await tenant.all(`${path}/settings`);
    assert.equal((await tenant.ask("PATCH", path, { description: "Later" })).status, 200);
    const after = await tenant.all(`${path}/settings`);
    assert.deepEqual(definitionsOf(after), definitionsOf(before).reverse());
    for (const found of [before, after]) {
      assert.deepEqual(
        found.map(({ id }) => id),
        ["0", "1"],
      );
    }
  });

  it("are read one by one, and written in no such way", async () => {
    await kind();
    const path = await tenant.make();
    const one = await tenant.ask("GET", `${path}/settings/1`);
    assert.equal((one.json.settingInstance as Json).settingDefinitionId, `${OFFICE}10`);
    assert.equal((await tenant.ask("GET", `${path}/settings/2`)).status, 404);
    for (const method of ["PATCH", "PUT", "DELETE"]) {
      const refused = await tenant.ask(
        method,
        `${path}/settings/1`,
        method === "DELETE" ? undefined : {},
      );
      assert.equal(refused.status, 400);
      assert.equal(errorOf(refused).code, "No method match route template");
      assert.match(errorOf(refused).message, /^No OData route exists that match template/);
    }
  });

  for (const query of ["$top=0", "$top=many", "$skiptoken=!", "$expand=nothing"]) {
    it(`refuse ${query} with 400`, async () => {
      await kind();
      assert.equal(
        (await tenant.ask("GET", `${await tenant.make()}/settings?${query}`)).status,
        400,
      );
    });
  }

  it("shows undocumented properties deep inside in the preset `unkind`, and plain type names", async () => {
    await start({ preset: "unkind" });
    const path = await tenant.make();
    const [first = {}] = await tenant.all(`${path}/settings`);
    const instance = first.settingInstance as Json;
    for (const object of [first, instance, instance.choiceSettingValue as Json]) {
      assert.ok("undocumentedText" in object);
    }
    assert.ok(!String(instance["@odata.type"]).startsWith("#"));
    assert.ok(!JSON.stringify(documented(first)).includes("undocumented"));
    // A client may send back what it has read.
    const found = await tenant.all(`${path}/settings`);
    assert.equal((await tenant.ask("PUT", path, { ...POLICY, settings: found })).status, 204);
  });
});
