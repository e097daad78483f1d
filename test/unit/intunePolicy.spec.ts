import assert from "node:assert/strict";
import type { FakeHost, FakeResource } from "../fakeHost";
import { INTUNE_ID as ID, settingsIn, TOGGLE_DEFINITION } from "../intuneHost";
import { choice } from "../intuneInstances";
import { GROUP, INPUTS, IntunePolicyLife, OTHER, SETTINGS } from "../intunePolicyLife";

const FILTER = "22222222-2222-4222-8222-222222222222";

/** A setting of another product. */
const foreign = (number: number) =>
  choice(`device_vendor_msft_policy_config_contoso_setting${number}`, "0");

for (const preset of ["kind", "unkind"] as const) {
  describe(`the life of an IntuneOfficePolicy in a ${preset} tenant`, () => {
    let life: IntunePolicyLife;
    let host: FakeHost;
    let policy: FakeResource;

    beforeEach(() => {
      life = new IntunePolicyLife(preset);
      ({ host, policy } = life);
    });
    afterEach(() => host.close());

    it("begins with a POST that has all settings, and ends with a DELETE that names the tenant", async () => {
      const inputs = {
        ...INPUTS,
        description: "d",
        roleScopeTagIds: ["0", "3"],
        assignments: [
          GROUP,
          { all: "users", filter: { include: FILTER } },
          { excludedGroupId: OTHER },
        ],
      };
      assert.deepEqual(await life.preview(inputs), [
        "Macros: is new",
        'Macros: description (none) => "d"',
        "Macros: + Invented setting 1 > Part of setting 1: Always (2) [excel16;L_Invented01;L_Part]",
        "Macros: + Invented setting 5: On (1) [excel16;L_Invented05]",
        'Macros: + Invented setting 3 > Part of setting 3: "a" [word16;L_Invented03;L_Part]',
        `Macros: assignments + ${GROUP}, + all users (filter ${FILTER}), + not ${OTHER}`,
        "Macros: roleScopeTagIds + 0, + 3",
      ]);
      await policy.up(inputs);
      assert.deepEqual(host.said, []);
      const made = life.there();
      assert.deepEqual(settingsIn(made), SETTINGS);
      assert.deepEqual([made.description, made.roleScopeTagIds], ["d", ["0", "3"]]);
      assert.deepEqual([made.platforms, made.technologies], ["windows10", "mdm"]);
      assert.equal(made.targets.length, 3);
      assert.deepEqual(policy.outputs.policies, SETTINGS);
      assert.equal(policy.outputs.policyId, made.id);
      assert.equal(life.writes().length, 2);
      host.newRun();
      await policy.refresh(inputs);
      assert.deepEqual(host.said, []);
      await policy.up(inputs);
      assert.equal(life.writes().length, 2);
      await policy.destroy();
      assert.match(host.said.at(-1) ?? "", /^Macros: deleted from the tenant [\w-]{36}$/);
      assert.deepEqual(life.all(), []);
    });

    it("sends a PATCH for texts and scope tags, and nothing where nothing differs", async () => {
      await policy.up({ ...INPUTS, description: "d", roleScopeTagIds: ["0", "3"] });
      host.newRun();
      const news = { name: "Renamed", policies: SETTINGS, roleScopeTagIds: ["3", "0"] };
      await policy.up(news);
      assert.deepEqual(host.said, [
        'Macros: name "Macros" => "Renamed"',
        'Macros: description "d" => (none)',
      ]);
      const { requests } = host.tenant;
      assert.deepEqual(requests.at(-1)?.body, { name: "Renamed", description: "" });
      assert.equal(requests.at(-1)?.method, "PATCH");
      host.newRun();
      await policy.up({ name: "Renamed", policies: SETTINGS });
      assert.deepEqual(host.said, ["Renamed: roleScopeTagIds is left as it is"]);
      assert.equal(requests.at(-1)?.method, "PATCH");
    });

    it("writes settings with a PUT of the whole, and keeps what the program does not name", async () => {
      await policy.up(INPUTS);
      const made = life.there();
      const others = [2, 3, 6, 8].map(foreign);
      const office = choice(TOGGLE_DEFINITION.replace("05", "10"), "1");
      host.tenant.intune.patch(made.id, {
        settings: [...others, ...made.settings, office] as never,
      });
      host.newRun();
      await policy.refresh(INPUTS);
      assert.deepEqual(host.said, []);
      await policy.up({ ...INPUTS, policies: { [ID.level]: "0", [ID.toggle]: "1" } });
      assert.deepEqual(host.said, [
        "Macros: Invented setting 1 > Part of setting 1: Always (2) => Never (0) [excel16;L_Invented01;L_Part]",
        'Macros: - Invented setting 3 > Part of setting 3: "a" [word16;L_Invented03;L_Part]',
        "Macros: keeps 5 settings that the program does not name",
      ]);
      assert.equal(life.writes().at(-1), "PUT");
      assert.deepEqual(settingsIn(life.there()), {
        [ID.level]: "0",
        [ID.toggle]: "1",
        "excel16;L_Invented10": "1",
      });
      assert.equal(life.there().settings.length, 7);
      await policy.destroy();
      assert.match(
        host.said.join("\n"),
        /was deleted; it also had 5 settings that the program did/,
      );
    });

    it("keeps what somebody adds while it is read for a write", async () => {
      await policy.up(INPUTS);
      host.newRun();
      const { id } = life.there();
      let looks = 0;
      host.tenant.onRequest = () => {
        host.clock.waitedMs += 1_000;
      };
      const { tenant } = host;
      const take = tenant.faults.take.bind(tenant.faults);
      tenant.faults.take = (method, path, body) => {
        if (method === "GET" && path.toLowerCase().endsWith(id.toLowerCase())) looks += 1;
        if (looks === 2 && life.there().settings.length === 3) {
          const settings = [...life.there().settings, foreign(2)];
          tenant.intune.patch(id, { settings: settings as never });
        }
        return take(method, path, body);
      };
      await policy.up({ ...INPUTS, policies: { ...SETTINGS, [ID.toggle]: "0" } });
      assert.equal(looks, 4);
      assert.equal(life.there().settings.length, 4);
      assert.equal(settingsIn(life.there())[ID.toggle], "0");
    });

    it("shows drift in the words of a preview, and puts it back", async () => {
      await policy.up({ ...INPUTS, assignments: [GROUP] });
      const made = life.there();
      const off = choice(TOGGLE_DEFINITION, "0");
      const settings = made.settings.filter(
        ({ settingDefinitionId: id }) => !/word|l_invented05/.test(String(id)),
      );
      host.tenant.intune.patch(made.id, {
        name: INPUTS.name,
        settings: [...settings, off] as never,
        targets: [
          { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" },
          { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: GROUP },
        ],
      });
      host.newRun();
      await policy.refresh({ ...INPUTS, assignments: [GROUP] });
      assert.deepEqual(host.said.slice(1), [
        "Macros: Invented setting 5: On (1) => Off (0) [excel16;L_Invented05] (changed in the tenant)",
        'Macros: - Invented setting 3 > Part of setting 3: "a" [word16;L_Invented03;L_Part] (changed in the tenant)',
        "Macros: assignments + all devices (changed in the tenant)",
      ]);
      await policy.up({ ...INPUTS, assignments: [GROUP] });
      assert.deepEqual(settingsIn(life.there()), SETTINGS);
      assert.deepEqual(
        life.there().targets.map(({ groupId }) => groupId),
        [GROUP],
      );
    });

    it("keeps targets that somebody has added since, and those that no program can write", async () => {
      await policy.up({ ...INPUTS, assignments: [GROUP] });
      const type = "#microsoft.graph.groupAssignmentTarget";
      host.tenant.intune.patch(life.there().id, {
        targets: [
          { "@odata.type": type, groupId: GROUP },
          { "@odata.type": type, groupId: OTHER },
        ],
      });
      host.newRun();
      await policy.up({ ...INPUTS, assignments: [{ all: "users" }] });
      assert.deepEqual(
        life.there().targets.map(({ groupId }) => groupId?.toLowerCase()),
        [undefined, OTHER],
      );
      assert.match(
        host.said.join("\n"),
        new RegExp(`assignments ${OTHER} was added in the tenant`),
      );
    });

    it("tells of a value that somebody has changed since the state was written", async () => {
      await policy.up(INPUTS);
      const made = life.there();
      const settings = made.settings.map((each) =>
        each.settingDefinitionId === TOGGLE_DEFINITION ? choice(TOGGLE_DEFINITION, "0") : each,
      );
      host.tenant.intune.patch(made.id, { settings: settings as never });
      host.newRun();
      await policy.up({ ...INPUTS, policies: { ...SETTINGS, [ID.level]: "1" } });
      assert.match(
        host.said.join("\n"),
        /Invented setting 5 was changed in the tenant since, On \(1\) => Off \(0\)/,
      );
      assert.equal(settingsIn(life.there())[ID.toggle], "1");
    });
  });
}
