import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { type Answer, ask as askEmulator, documented, type Json } from "./ask";

const LIST = "/beta/deviceManagement/configurationSettings";
const CATEGORY = "0ca7e606-0000-4000-8000-000000000001";

describe("the emulator's setting definitions", () => {
  let emulator: Emulator;

  afterEach(() => emulator.close());

  const start = async (options: EmulatorOptions) => {
    emulator = await createEmulator(options);
    return (path = LIST) => askEmulator(emulator, "GET", path);
  };
  const kind = () => start({ preset: "kind" });

  const itemsOf = ({ json }: Answer) => json.value as Json[];
  const nextOf = ({ json }: Answer) =>
    String(json["@odata.nextLink"] ?? "").replace(emulator.url, "");

  /** All pages; a page that fails is asked for again. */
  async function pages(ask: (path?: string) => Promise<Answer>, first = LIST) {
    const answers: Answer[] = [];
    let failed = 0;
    for (let path = first; path !== ""; ) {
      const answer = await ask(path);
      if (answer.status === 500) failed += 1;
      else answers.push(answer);
      path = answer.status === 500 ? path : nextOf(answer);
    }
    return { answers, failed, items: answers.flatMap(itemsOf) };
  }

  it("come in full pages of 100 with mode `full`, each once", async () => {
    const ask = await kind();
    const { answers, failed, items } = await pages(ask);
    const sizes = answers.map((answer) => itemsOf(answer).length);
    assert.deepEqual([...new Set(sizes.slice(0, -1))], [100]);
    assert.ok(answers.length >= 5, String(answers.length));
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    assert.equal(failed, 0);
    assert.equal(
      answers[0]?.json["@odata.context"],
      `${emulator.url}/beta/$metadata#deviceManagement/configurationSettings`,
    );
  });

  it("come in fewer a page if $top asks for fewer, never in more", async () => {
    const ask = await kind();
    const all = await pages(ask);
    for (const [top, most] of [
      ["30", 30],
      ["1000", 100],
    ] as const) {
      const { answers, items } = await pages(ask, `${LIST}?$top=${top}`);
      assert.equal(Math.max(...answers.map((answer) => itemsOf(answer).length)), most);
      assert.deepEqual(items, all.items);
    }
  });

  it("are the same in mode `uneven`, with pages that are half full or empty before the end", async () => {
    const whole = await pages(await kind());
    await emulator.close();
    const mode = { definitionPages: "uneven" } as const;
    const { answers, items } = await pages(await start({ preset: "kind", mode }));
    const sizes = answers.map((answer) => itemsOf(answer).length);
    assert.deepEqual(sizes.slice(0, 5), [100, 50, 100, 0, 100]);
    assert.deepEqual(items, whole.items);
  });

  it("fail with 500 on each third page, as often as definitionErrors says, until a reset", async () => {
    const ask = await start({ preset: "kind", mode: { definitionErrors: 2 } });
    const { answers, failed } = await pages(ask);
    assert.equal(failed, 2 * Math.floor(answers.length / 3));
    assert.equal((await pages(ask)).failed, 0);
    const last = emulator.requests.find(({ status }) => status === 500);
    emulator.reset();
    const failure = await ask(`/beta${last?.path ?? ""}`);
    assert.equal(failure.status, 500);
    assert.equal((failure.json.error as Json).code, "InternalServerError");
  });

  it("make a client that repeats nothing meet a 500 in the preset `unkind`", async () => {
    const { failed } = await pages(await start({ preset: "unkind" }));
    assert.ok(failed > 0);
  });

  it("are Office's and others', policies and elements, for users and devices", async () => {
    const { items } = await pages(await kind());
    const office = items.filter(({ offsetUri }) => /^\/Config\/[a-z]+16/.test(String(offsetUri)));
    assert.ok(office.length > 200 && items.length - office.length > 200);
    for (const scope of ["User", "Device"]) {
      assert.ok(office.some(({ baseUri }) => baseUri === `./${scope}/Vendor/MSFT/Policy`));
    }
    const types = new Set(office.map((item) => String(item["@odata.type"])));
    assert.deepEqual(
      [...types]
        .map((type) => type.replace("#microsoft.graph.deviceManagementConfiguration", ""))
        .sort(),
      [
        "ChoiceSettingDefinition",
        "SettingGroupCollectionDefinition",
        "SimpleSettingCollectionDefinition",
        "SimpleSettingDefinition",
      ],
    );
  });

  it("name the elements that an option needs, and the option that an element belongs to", async () => {
    const { items } = await pages(await kind());
    const byId = new Map(items.map((item) => [item.id, item]));
    let required = 0;
    let optional = 0;
    for (const { id, options = [] } of items) {
      for (const option of options as Json[]) {
        for (const { dependedOnBy, required: isRequired } of option.dependedOnBy as Json[]) {
          const belongsTo = { dependentOn: option.itemId, parentSettingId: id };
          assert.deepEqual(byId.get(dependedOnBy)?.dependentOn, [belongsTo]);
          if (isRequired === true) required += 1;
          else optional += 1;
        }
      }
    }
    assert.ok(required > 100 && optional > 10, `${required} and ${optional}`);
  });

  it("define the names and the values of a list by themselves", async () => {
    const { items } = await pages(await kind());
    const lists = items.filter(({ childIds }) => childIds !== undefined);
    assert.ok(lists.length > 10);
    for (const { id, childIds } of lists) assert.deepEqual(childIds, [`${id}_key`, `${id}_value`]);
  });

  it("have null for texts and paths, and roots that name themselves, nothing or null", async () => {
    const { items } = await pages(await kind());
    for (const property of ["description", "offsetUri", "baseUri", "helpText"]) {
      assert.ok(
        items.some((item) => item[property] === null),
        property,
      );
    }
    const roots = items.filter(({ displayName }) => /^Invented setting/.test(String(displayName)));
    assert.ok(roots.some(({ id, rootDefinitionId }) => rootDefinitionId === id));
    for (const none of ["", null]) {
      assert.ok(roots.some(({ rootDefinitionId }) => rootDefinitionId === none));
    }
  });

  it("are filtered by category, and by nothing else", async () => {
    const ask = await kind();
    const { items } = await pages(ask, `${LIST}?$filter=categoryId eq '${CATEGORY}'`);
    assert.ok(items.length > 100);
    for (const item of items) assert.match(String(item.offsetUri), /^\/Config\/excel16v2/);
    const other = await ask(
      `${LIST}?$filter=startswith(id,'user_vendor_msft_policy_config_excel16')`,
    );
    assert.equal(other.status, 400);
  });

  it("have the selected properties; those of a derived type are refused", async () => {
    const ask = await kind();
    const [first = {}] = itemsOf(await ask(`${LIST}?$select=id,name&$top=1`));
    assert.deepEqual(Object.keys(first).sort(), ["@odata.type", "id", "name"]);
    const refused = await ask(`${LIST}?$select=id,options`);
    assert.equal(refused.status, 400);
    assert.match(refused.text, /Could not find a property named 'options'/);
  });

  for (const query of [
    "$orderby=name",
    "$search=x",
    "$count=true",
    "$skip=5",
    "$expand=options",
    "$top=0",
    "$top=many",
    "$skiptoken=AAAA",
  ]) {
    it(`refuse ${query} with 400`, async () => {
      const ask = await kind();
      assert.equal((await ask(`${LIST}?${query}`)).status, 400);
    });
  }

  it("have undocumented properties, in their options too, and plain type names in the preset `unkind`", async () => {
    const ask = await start({ preset: "unkind" });
    const answer = await ask();
    const [first = {}] = itemsOf(answer);
    assert.ok(!String(first["@odata.type"]).startsWith("#"));
    const [option = {}] = first.options as Json[];
    for (const object of [answer.json, first, option]) assert.ok("undocumentedNothing" in object);
    assert.ok(!JSON.stringify(documented(first)).includes("undocumented"));
  });

  it("are only read", async () => {
    await kind();
    const answer = await askEmulator(emulator, "POST", LIST, { body: {} });
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get("allow"), "GET");
  });
});
