import { strict as assert } from "node:assert";
import type { EmulatorOptions } from "../../emulator";
import type { Json } from "./ask";
import {
  choice,
  definitionsOf,
  errorOf,
  GROUP,
  group,
  itemsOf,
  LIST,
  OFFICE,
  POLICY,
  PolicyTenant,
  settings,
  TYPE,
  wordsOf,
} from "./policies";

describe("the emulator's configuration policies", () => {
  let tenant: PolicyTenant;

  afterEach(() => tenant.emulator.close());

  const start = async (options: EmulatorOptions = {}) => {
    tenant = await PolicyTenant.start(options);
    return tenant;
  };
  const kind = (options: EmulatorOptions = {}) => start({ preset: "kind", ...options });

  describe("a creation", () => {
    it("answers 201 with the policy, without its settings", async () => {
      await kind();
      const { status, json, headers } = await tenant.ask("POST", LIST, POLICY);
      assert.equal(status, 201);
      const { id, createdDateTime, lastModifiedDateTime, ...rest } = json;
      assert.equal(headers.get("location"), `${tenant.emulator.url}${LIST}('${String(id)}')`);
      assert.ok(createdDateTime === lastModifiedDateTime);
      assert.deepEqual(rest, {
        "@odata.context": `${tenant.emulator.url}/beta/$metadata#deviceManagement/configurationPolicies/$entity`,
        "@odata.type": `${TYPE}Policy`,
        name: "Macros",
        description: "For all",
        platforms: "windows10",
        technologies: "mdm",
        roleScopeTagIds: ["0"],
        templateReference: {
          templateId: "",
          templateFamily: "none",
          templateDisplayName: null,
          templateDisplayVersion: null,
        },
        creationSource: null,
        settingCount: 2,
        isAssigned: false,
        disableEntraGroupPolicyAssignment: false,
        priorityMetaData: null,
      });
    });

    it("takes a name as often as it comes", async () => {
      await kind();
      await tenant.make();
      await tenant.make();
      const { json } = await tenant.ask("GET", `${LIST}?$filter=name eq 'Macros'`);
      assert.equal((json.value as Json[]).length, 2);
    });

    it("is not visible at once if the mode says so", async () => {
      await kind({ mode: { visibleAfterReads: 1 } });
      const path = await tenant.make();
      assert.equal((await tenant.ask("GET", path)).status, 404);
      assert.equal((await tenant.ask("GET", path)).status, 200);
    });

    for (const [what, body] of [
      ["without a name", { ...POLICY, name: " " }],
      ["with an unknown property", { ...POLICY, displayName: "Macros" }],
    ] as const) {
      it(`is refused ${what}, and leaves nothing behind`, async () => {
        await kind();
        assert.equal((await tenant.ask("POST", LIST, body)).status, 400);
        assert.deepEqual(tenant.emulator.configurationPolicies.list(), []);
      });
    }
  });

  describe("a change", () => {
    it("by PATCH is one of name, description and scope tags", async () => {
      await kind();
      const path = await tenant.make();
      const body = { name: "Macros 2", description: null, roleScopeTagIds: ["0", "3"] };
      const { status, json } = await tenant.ask("PATCH", path, { ...body, platforms: "linux" });
      assert.equal(status, 200);
      const { name, description, roleScopeTagIds, platforms, settingCount } = json;
      assert.deepEqual({ name, description, roleScopeTagIds }, body);
      assert.deepEqual([platforms, settingCount], ["windows10", 2]);
    });

    it("by PATCH answers 204 in mode `odata`", async () => {
      await kind({ mode: { successCodes: "odata" } });
      assert.equal((await tenant.ask("PATCH", await tenant.make(), { name: "Other" })).status, 204);
    });

    for (const name of ["settings", "assignments"]) {
      it(`by PATCH is refused with ${name}, and changes nothing`, async () => {
        await kind();
        const path = await tenant.make();
        const refused = await tenant.ask("PATCH", path, { name: "Other", [name]: [] });
        assert.equal(refused.status, 400);
        assert.equal(errorOf(refused).code, "ModelValidationFailure");
        assert.match(
          errorOf(refused).message,
          new RegExp(`^Cannot apply PATCH to navigation property '${name}' on entity type`),
        );
        assert.equal(tenant.emulator.configurationPolicies.list()[0]?.name, "Macros");
      });
    }

    it("by PUT replaces the whole, and keeps nothing that the body lacks but the groups", async () => {
      await kind();
      const path = await tenant.make();
      await tenant.ask("POST", `${path}/assign`, { assignments: [{ target: group(GROUP) }] });
      const body = { name: "Other", settings: settings(choice("15", 1)) };
      const { status, text } = await tenant.ask("PUT", path, body);
      assert.deepEqual([status, text], [204, ""]);
      const { json } = await tenant.ask("GET", path);
      const { name, description, platforms, technologies, roleScopeTagIds, isAssigned } = json;
      assert.deepEqual(
        [name, description, platforms, technologies, roleScopeTagIds, isAssigned],
        ["Other", null, "none", "none", ["0"], true],
      );
      assert.deepEqual(definitionsOf(await tenant.all(`${path}/settings`)), [`${OFFICE}15`]);
    });

    it("is one of a policy that exists", async () => {
      await kind();
      const none = `${LIST}/00000000-0000-4000-8000-000000000000`;
      for (const [method, path, body] of [
        ["GET", none],
        ["GET", `${none}/settings`],
        ["GET", `${none}/assignments`],
        ["PATCH", none, { name: "Other" }],
        ["PUT", none, POLICY],
        ["POST", `${none}/assign`, { assignments: [] }],
        ["DELETE", none],
      ] as const) {
        const answer = await tenant.ask(method, path, body);
        assert.equal(answer.status, 404, `${method} ${path}`);
        assert.match(wordsOf(answer), /does not exist/);
      }
    });

    it("by DELETE removes the policy", async () => {
      await kind();
      const path = await tenant.make();
      const { status, text } = await tenant.ask("DELETE", path);
      assert.deepEqual([status, text], [204, ""]);
      assert.equal((await tenant.ask("GET", path)).status, 404);
      assert.deepEqual(tenant.emulator.configurationPolicies.list(), []);
    });
  });

  describe("a policy from a template", () => {
    const templateReference = { templateId: "0ca7e609-0000-4000-8000-000000000001_1" };
    const withReference = {
      ...choice("05", 1),
      settingInstanceTemplateReference: { settingInstanceTemplateId: GROUP },
    };

    it("refuses settings without a template reference, at creation and later", async () => {
      await kind();
      const refused = await tenant.ask("POST", LIST, { ...POLICY, templateReference });
      assert.equal(refused.status, 400);
      assert.match(wordsOf(refused), /must have a template reference/);
      const body = { ...POLICY, templateReference, settings: settings(withReference) };
      const path = await tenant.make(body);
      assert.equal((await tenant.ask("PUT", path, { ...POLICY, templateReference })).status, 400);
      assert.equal((await tenant.ask("PUT", path, body)).status, 204);
      const [{ settingInstance } = {}] = await tenant.all(`${path}/settings`);
      assert.deepEqual(
        (settingInstance as Json).settingInstanceTemplateReference,
        withReference.settingInstanceTemplateReference,
      );
    });

    it("keeps its template", async () => {
      await kind();
      const body = { ...POLICY, settings: settings(withReference) };
      const path = await tenant.make({ ...body, templateReference });
      assert.match(
        wordsOf(await tenant.ask("PUT", path, body)),
        /template of a policy cannot change/,
      );
    });
  });

  describe("a tenant from the start", () => {
    it("has policies of others in the preset `unkind`, and takes each of them back", async () => {
      tenant = await PolicyTenant.fresh({ preset: "unkind" });
      const listed = await tenant.ask("GET", LIST);
      assert.equal(itemsOf(listed).length, 5);
      assert.notEqual(listed.json["@odata.nextLink"], undefined);
      const policies = tenant.emulator.configurationPolicies.list();
      const names = policies.map(({ name }) => name);
      assert.ok(new Set(names).size < names.length);
      assert.ok(policies.some(({ templateReference }) => templateReference.templateId !== ""));
      assert.ok(policies.some(({ platforms }) => platforms !== "windows10"));
      for (const { id, settings: found, name, templateReference } of policies) {
        const body = { name, templateReference, settings: settings(...found) };
        const answer = await tenant.ask("PUT", `${LIST}/${id}`, body);
        assert.equal(answer.status, 204, answer.text);
      }
    });

    it("has none of others in the preset `kind`, or those that it was given", async () => {
      tenant = await PolicyTenant.fresh({ preset: "kind" });
      assert.deepEqual(tenant.emulator.configurationPolicies.list(), []);
      await tenant.emulator.close();
      const exported = {
        ...POLICY,
        id: GROUP,
        settingCount: 2,
        createdDateTime: "2024-01-01T00:00:00Z",
        assignments: [{ id: "x", target: group(GROUP) }],
      };
      await start({ configurationPolicies: [exported] });
      tenant.emulator.configurationPolicies.clear();
      tenant.emulator.reset();
      const { json } = await tenant.ask("GET", `${LIST}/${GROUP}?$expand=settings,assignments`);
      assert.equal(json.name, "Macros");
      assert.equal((json.settings as Json[]).length, 2);
      assert.equal((json.assignments as Json[]).length, 1);
    });

    it("refuses a policy to start with that is none", async () => {
      await assert.rejects(start({ configurationPolicies: [{ name: "" }] }));
      await kind();
    });
  });

  it("answers 429 with and without Retry-After", async () => {
    const match = "GET /deviceManagement/configurationPolicies*";
    await kind({
      faults: [
        { match, status: 429 },
        { match, status: 429, retryAfterSeconds: 3 },
      ],
    });
    const waits = [(await tenant.ask("GET")).headers, (await tenant.ask("GET")).headers];
    assert.deepEqual(
      waits.map((headers) => headers.get("retry-after")),
      [null, "3"],
    );
    assert.equal((await tenant.ask("GET")).status, 200);
  });

  it("refuses an expanded list in mode `expandInLists`", async () => {
    await kind({ mode: { expandInLists: "refused" } });
    assert.equal((await tenant.ask("GET", `${LIST}?$expand=settings`)).status, 400);
  });

  it("leaves settings out of an expanded list in mode `expandInLists`", async () => {
    await kind({ mode: { expandInLists: "ignored" } });
    const path = await tenant.make();
    const { json } = await tenant.ask("GET", `${LIST}?$expand=settings`);
    assert.ok(!("settings" in ((json.value as object[])[0] ?? {})));
    assert.ok("settings" in (await tenant.ask("GET", `${path}?$expand=settings`)).json);
  });

  it("can be changed behind a client's back", async () => {
    await kind();
    const path = await tenant.make();
    const control = path.replace(LIST, "/emulator/configurationPolicies");
    const change = {
      name: "Theirs",
      settings: settings(choice("20", 1)),
      assignments: [{ target: group(GROUP) }],
    };
    assert.equal((await tenant.ask("PATCH", control, change)).status, 204);
    assert.equal((await tenant.ask("GET", path)).json.name, "Theirs");
    const foreign = await tenant.ask("POST", "/emulator/configurationPolicies", { name: "New" });
    assert.equal(foreign.status, 204);
    const listed = await tenant.ask("GET", "/emulator/configurationPolicies");
    assert.equal((JSON.parse(listed.text) as unknown[]).length, 2);
    assert.equal((await tenant.ask("DELETE", control)).status, 204);
    for (const method of ["DELETE", "PATCH"]) {
      assert.equal(
        (await tenant.ask(method, control, method === "PATCH" ? {} : undefined)).status,
        404,
      );
    }
  });
});
