import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { ask as askEmulator, documented } from "./ask";

const id = (index: number) => `aaaaaaaa-aaaa-4aaa-8aaa-${String(index).padStart(12, "0")}`;

describe("the emulator's groups", () => {
  let emulator: Emulator;

  afterEach(() => emulator.close());

  const groups = [
    { id: id(1), displayName: "Finance" },
    { id: id(2).toUpperCase(), displayName: null },
    { id: id(3), displayName: "Sales" },
  ];

  const start = async (options: EmulatorOptions = {}) => {
    emulator = await createEmulator({ groups, preset: "kind", ...options });
    return (query: string) =>
      askEmulator(emulator, "GET", `/beta/groups?${new URLSearchParams(query)}`);
  };
  const among = (...ids: string[]) =>
    `$filter=id in (${ids.map((each) => `'${each}'`).join(",")})&$select=id,displayName`;

  it("are found by their ids, as many as there are", async () => {
    const ask = await start();
    const { status, json } = await ask(among(id(3), id(2), id(9)));
    assert.equal(status, 200);
    assert.deepEqual(documented(json), {
      "@odata.context": `${emulator.url}/beta/$metadata#groups`,
      value: [
        { id: id(2), displayName: null },
        { id: id(3), displayName: "Sales" },
      ],
    });
  });

  it("are in pages, and their ids in the other case, with an unkind service", async () => {
    const ask = await start({ preset: "unkind", mode: { groupReads: "allowed", pageSize: 2 } });
    const { json } = await ask(among(id(1), id(2), id(3)));
    assert.deepEqual(
      (json.value as { id: string }[]).map((group) => group.id),
      [id(1).toUpperCase(), id(2).toUpperCase()],
    );
    const next = String(json["@odata.nextLink"]).replace(emulator.url, "");
    const rest = await askEmulator(emulator, "GET", next);
    assert.deepEqual(
      (rest.json.value as { displayName: string }[]).map(({ displayName }) => displayName),
      ["Sales"],
    );
  });

  it("need another permission: 403 with an unkind service", async () => {
    const ask = await start({ preset: "unkind" });
    const { status, json } = await ask("");
    assert.equal(status, 403);
    assert.equal((json.error as { code: string }).code, "Authorization_RequestDenied");
  });

  it("are asked for by fifteen ids at most", async () => {
    const ask = await start();
    const ids = Array.from({ length: 16 }, (_, index) => id(index));
    assert.equal((await ask(among(...ids.slice(1)))).status, 200);
    const { status, text } = await ask(among(...ids));
    assert.equal(status, 400);
    assert.match(text, /Too many child clauses .*: 16\. Max allowed: 15\./);
  });

  it("are not asked for by a filter that is none", async () => {
    const ask = await start();
    for (const filter of ["id in ()", "id in ('a'", "id in 'a'", "id in ('a',)", "id in (b)"]) {
      assert.equal((await ask(`$filter=${filter}`)).status, 400, filter);
    }
  });
});
