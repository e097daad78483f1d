import { strict as assert } from "node:assert";
import fc from "fast-check";
import { createEmulator, type Emulator } from "../../emulator";

const LIST = "/officeConfiguration/clientConfigurations";
const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";

interface Page {
  readonly value?: Record<string, unknown>[];
  readonly "@odata.nextLink"?: string;
  readonly "@odata.count"?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

describe("the emulator's query options", () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await createEmulator({
      preset: "kind",
      clock: () => new Date(Date.UTC(2024, 0, 1)),
      mode: { pageSize: 3 },
      seed: [
        { displayName: "Office's baseline", description: "all", priority: 4, groupIds: ["g1"] },
        { displayName: "Macros", type: SECURITY, priority: 0, policies: [] },
        { displayName: "macros, strict", type: SECURITY, priority: 2 },
        { displayName: "Privacy (a and b)", description: "", priority: 7 },
      ],
    });
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.close());

  async function fetchPage(url: string): Promise<{ status: number; page: Page }> {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${emulator.accessToken}` },
    });
    return { status: response.status, page: (await response.json()) as Page };
  }

  const query = (options: Record<string, string>, path = LIST) =>
    fetchPage(`${emulator.url}/beta${path}?${new URLSearchParams(options).toString()}`);

  const prioritiesOf = ({ value = [] }: Page) => value.map(({ priority }) => priority);

  describe("$filter", () => {
    const rows: [filter: string, priorities: number[]][] = [
      ["displayName eq 'Macros'", [0]],
      ["displayName eq 'Office''s baseline'", [4]],
      ["displayName ne 'Macros'", [4, 2, 7]],
      ["displayName eq 'Privacy (a and b)'", [7]],
      ["priority eq 2", [2]],
      ["priority gt 2", [4, 7]],
      ["priority ge 2 and priority le 4", [4, 2]],
      ["priority lt 1 or priority eq 7", [0, 7]],
      ["priority eq 0 or priority eq 4 and displayName eq 'nobody'", [0]],
      ["(priority eq 0 or priority eq 4) and description eq 'all'", [4]],
      ["not (priority eq 0)", [4, 2, 7]],
      ["not startswith(displayName,'mac')", [4, 7]],
      ["startswith(displayName, 'Mac')", [0, 2]],
      ["endswith(displayName,'strict')", [2]],
      ["contains(displayName,'''s')", [4]],
      ["description eq null", [0, 2]],
      ["isof('microsoft.graph.windowsOfficeClientSecurityConfiguration')", [0, 2]],
      ["isof(microsoft.graph.windowsOfficeClientConfiguration)", [4, 7]],
      ["isof('microsoft.graph.officeClientConfiguration') and priority gt 4", [7]],
      [`@odata.type eq '${SECURITY}'`, [0, 2]],
      ["lastModifiedDateTime ge 2024-01-01T00:00:00Z and priority eq 0", [0]],
      ["lastModifiedDateTime gt 2030-01-01T00:00:00+01:00", []],
      ["priority eq '2'", []],
    ];
    for (const [filter, priorities] of rows) {
      it(filter, async () => {
        const { status, page } = await query({ $filter: filter });
        assert.equal(status, 200, page.error?.message);
        assert.deepEqual(prioritiesOf(page), priorities.slice(0, 3));
      });
    }

    for (const filter of [
      "",
      "displayName",
      "displayName eq",
      "displayName eq 'open",
      "displayName is 'x'",
      "displayName eq 'x' and",
      "(priority eq 0",
      "priority eq 0)",
      "unknownProperty eq 1",
      "near(displayName,'x')",
      "priority eq 0; drop",
      `${"(".repeat(5000)}priority eq 0`,
    ]) {
      it(`400 for: ${filter.slice(0, 40)}`, async () => {
        const { status, page } = await query({ $filter: filter });
        assert.equal(status, 400);
        assert.equal(page.error?.code, "BadRequest");
      });
    }

    it("finds any name, however it is quoted", async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: "binary", minLength: 1 }), async (displayName) => {
          const { id } = emulator.store.insert({ type: SECURITY, displayName });
          const { page } = await query({
            $filter: `displayName eq '${displayName.replaceAll("'", "''")}' and priority eq 1`,
          });
          emulator.store.remove(id);
          assert.deepEqual(
            page.value?.map((item) => item.id),
            [id],
          );
        }),
        { numRuns: 50 },
      );
    });

    it("counts what it lets through", async () => {
      const path = `${LIST}/$count`;
      const filter = new URLSearchParams({ $filter: "priority gt 0" }).toString();
      const response = await fetch(`${emulator.url}/beta${path}?${filter}`, {
        headers: { authorization: `Bearer ${emulator.accessToken}` },
      });
      assert.equal(await response.text(), "3");
    });
  });

  it("options are known without their dollar sign", async () => {
    const { page } = await query({ filter: "priority gt 0", orderby: "priority", top: "1" });
    assert.deepEqual(prioritiesOf(page), [2]);
  });

  it("$orderby orders by several properties, up and down", async () => {
    const { page } = await query({ $orderby: "description desc,priority desc" });
    assert.deepEqual(prioritiesOf(page), [4, 7, 2]);
  });

  it("$select keeps what it names, and the type", async () => {
    const { page } = await query({ $select: "id,priority", $top: "1" });
    assert.deepEqual(Object.keys(page.value?.[0] ?? {}), ["@odata.type", "id", "priority"]);
  });

  it("$select of one object", async () => {
    const [first] = emulator.store.list();
    const { page } = await query({ $select: "displayName" }, `${LIST}/${first?.id}`);
    const { "@odata.context": _, ...object } = page as Record<string, unknown>;
    assert.deepEqual(Object.keys(object), ["@odata.type", "displayName"]);
  });

  it("$expand adds the groups, which are not there otherwise", async () => {
    const plain = await query({ $filter: "priority eq 4" });
    assert.equal(plain.page.value?.[0]?.assignments, undefined);
    const { page } = await query({ $filter: "priority eq 4", $expand: "assignments" });
    const groups = page.value?.[0]?.assignments as { target: { groupId: string } }[] | undefined;
    assert.deepEqual(
      groups?.map(({ target }) => target.groupId),
      ["g1"],
    );
  });

  it("$expand keeps the groups beside a $select", async () => {
    const { page } = await query({ $select: "id", $expand: "assignments($select=id)", $top: "1" });
    assert.deepEqual(Object.keys(page.value?.[0] ?? {}), ["@odata.type", "id", "assignments"]);
  });

  it("$count=true tells the number of all, not of the page", async () => {
    const { page } = await query({ $count: "true", $top: "1" });
    assert.equal(page["@odata.count"], 4);
  });

  it("$top=0 is an empty page without a next one", async () => {
    const { page } = await query({ $top: "0" });
    assert.deepEqual(page.value, []);
    assert.equal(page["@odata.nextLink"], undefined);
  });

  for (const [name, value] of [
    ["$top", "-1"],
    ["$top", "x"],
    ["$skip", "1.5"],
    ["$orderby", "unknownProperty"],
    ["$orderby", "priority sideways"],
    ["$select", "unknownProperty"],
    ["$expand", "unknownProperty"],
    ["$skiptoken", "?"],
  ] as const) {
    it(`400 for ${name}=${value}`, async () => {
      const { status, page } = await query({ [name]: value });
      assert.equal(status, 400);
      assert.equal(page.error?.code, "BadRequest");
    });
  }

  it("a page of a cast leads to the next page of the cast", async () => {
    for (let added = 0; added < 4; added++) emulator.store.insert({ type: SECURITY });
    const path = `${LIST}/microsoft.graph.windowsOfficeClientSecurityConfiguration`;
    const { page } = await query({ $select: "id" }, path);
    const next = page["@odata.nextLink"] ?? "";
    assert.equal(new URL(next).pathname, `/beta${path}`);
    const second = await fetchPage(next);
    const types = second.page.value?.map((item) => item["@odata.type"]);
    assert.deepEqual(types, [SECURITY, SECURITY, SECURITY]);
  });

  it("the pages join to what was asked for, whatever their size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          size: fc.nat(12),
          skip: fc.option(fc.nat(14), { nil: undefined }),
          top: fc.option(fc.nat(14), { nil: undefined }),
          isDescending: fc.boolean(),
          isPlain: fc.boolean(),
        }),
        async ({ size, skip, top, isDescending, isPlain }) => {
          for (const { id } of emulator.store.list()) emulator.store.remove(id);
          for (let priority = 0; priority < size; priority++) {
            emulator.store.insert({ type: SECURITY, displayName: `p${priority}`, priority });
          }
          const dollar = isPlain ? "" : "$";
          const options = {
            [`${dollar}orderby`]: `priority ${isDescending ? "desc" : "asc"}`,
            [`${dollar}filter`]: "priority ge 1",
            ...(skip !== undefined && { [`${dollar}skip`]: String(skip) }),
            ...(top !== undefined && { [`${dollar}top`]: String(top) }),
          };
          const joined: unknown[] = [];
          let { page } = await query(options);
          joined.push(...prioritiesOf(page));
          while (page["@odata.nextLink"] !== undefined) {
            ({ page } = await fetchPage(page["@odata.nextLink"]));
            assert.ok((page.value?.length ?? 0) <= 3);
            joined.push(...prioritiesOf(page));
          }
          const all = Array.from({ length: Math.max(size - 1, 0) }, (_, index) => index + 1);
          if (isDescending) all.reverse();
          const from = skip ?? 0;
          assert.deepEqual(joined, all.slice(from, from + (top ?? all.length)));
        },
      ),
      { numRuns: 60 },
    );
  });
});
