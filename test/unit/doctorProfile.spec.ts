import { strict as assert } from "node:assert";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { tenantProfile } from "../../cli/doctor/profile";
import { readProfile } from "../../cli/emulatorFiles";
import { filled, GROUPS, profile, SETTINGS } from "../filledTenant";

describe("a tenant's profile", () => {
  /** Every text in a JSON value, names of properties excluded. */
  const textsIn = (json: unknown): string[] => {
    if (typeof json === "string") return [json];
    return typeof json === "object" && json !== null ? Object.values(json).flatMap(textsIn) : [];
  };

  it("has no text of the tenant", async () => {
    const examined = filled({ othersPolicies: true }, "unkind");
    const text = JSON.stringify(await profile(examined));
    const { tenant } = examined;
    const own = [
      tenant.tenantId,
      "Emulated tenant",
      ...GROUPS,
      ...textsIn(SETTINGS),
      ...tenant.store
        .list()
        .flatMap(({ id, displayName, assignments }) => [
          id,
          displayName ?? "Contoso",
          ...assignments.map((assignment) => assignment.id),
        ]),
    ];
    assert.ok(own.length > 40);
    for (const one of [...own, "Contoso", "contoso", "localhost"]) {
      assert.ok(!text.toLowerCase().includes(one.toLowerCase()), one);
    }
  });

  it("has no text of a tenant that puts its own where a word of Graph belongs", async () => {
    const examined = filled({});
    const object = {
      "@odata.type": "#contoso.secret",
      "@odata.etag": "contoso",
      "contoso.secret": "contoso",
      id: "c0c0c0c0-contoso",
      lastModifiedDateTime: "2026-11-30T00:00:00.contoso",
      policyPayload: "contoso secret",
      assignments: [{ contoso: "secret" }],
    };
    examined.fault("GET /officeConfiguration/clientConfigurations*", {
      status: 200,
      body: JSON.stringify({ ...object, value: [object] }),
    });
    examined.fault("POST /$batch", {
      status: 200,
      body: JSON.stringify({ responses: [{ id: "contoso" }] }),
    });
    const made = await profile(examined);
    assert.doesNotMatch(JSON.stringify(made), /contoso|secret/i);
    assert.equal(made.manners.cloudPolicy.payloadEncoding, "text");
  });

  it("has only numbers, true, false, and words that its form lists", () => {
    const schema = JSON.stringify(z.toJSONSchema(tenantProfile));
    const texts = [...schema.matchAll(/\{[^{}]*"type":"string"[^{}]*\}/g)].map(([one]) => one);
    for (const one of texts) assert.match(one, /"enum"|"const"|"pattern":"\^\\\\d/);
  });

  describe("in a file", () => {
    let folder: string;
    const file = () => join(folder, "new", "tenant-profile.json");

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "doctor-profile-"));
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    it("is written, and written again, and the emulator reads it", async () => {
      const examined = filled({ pageSize: 4 });
      for (const pageSize of [4, 4]) {
        const { said } = await examined.run({ writeProfile: file() });
        const made = tenantProfile.parse(JSON.parse(readFileSync(file(), "utf8")));
        assert.equal(made.manners.cloudPolicy.pageSize, pageSize);
        assert.equal(made.cloud, "another");
        assert.match(
          said.at(-1) ?? "",
          /has the tenant's manners, without names, ids and contents\.\nThe emulator behaves like it with\n {2}npx office-configuration emulator --profile \S+tenant-profile\.json$/,
        );
      }
      assert.equal(readProfile(file()).options.mode?.pageSize, 4);
      assert.deepEqual(readdirSync(join(folder, "new")), ["tenant-profile.json"]);
    });

    it("is not written without a sign-in", async () => {
      const examined = filled({});
      const { said } = await examined.run({ writeProfile: file(), tenantId: GROUPS[0] });
      assert.match(
        said.at(-1) ?? "",
        /tenant-profile\.json is not written: there is no sign-in\.$/,
      );
      assert.deepEqual(readdirSync(folder), []);
    });

    it("replaces nothing else, and asks nothing then", async () => {
      const examined = filled({});
      const other = join(folder, "package.json");
      writeFileSync(other, '{ "name": "contoso" }');
      for (const [given, message] of [
        [
          other,
          /--write-profile \S+ is something other than a tenant's profile: name another file$/,
        ],
        [folder, /--write-profile \S+ cannot be written: EISDIR$/],
        ["", /^--write-profile must name a file$/],
      ] as const) {
        await assert.rejects(examined.run({ writeProfile: given }), { name: "TypeError", message });
      }
      assert.deepEqual(examined.tenant.requests, []);
      assert.equal(readFileSync(other, "utf8"), '{ "name": "contoso" }');
    });
  });
});
