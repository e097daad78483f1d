import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

const ACTION = "/officeConfiguration/clientConfigurations/updatePriorities";

describe("priorities", () => {
  let emulator: Emulator;
  let project: TestProject;

  beforeEach(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
  });

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const declare = (priorities: Record<string, number>, more = "") =>
    project.program(
      Object.entries(priorities)
        .map(
          ([name, priority]) =>
            `const ${name} = new office.WindowsOfficeClientConfiguration("${name}", { displayName: "${name}", priority: ${priority} });`,
        )
        .join("\n") + more,
    );

  const held = (): Record<string, number> =>
    Object.fromEntries(
      emulator.store.list().map(({ displayName, priority }) => [String(displayName), priority]),
    );

  const writesSince = (before: number) =>
    emulator
      .writes()
      .slice(before)
      .map(({ method, path, status }) => `${method} ${path} ${status}`);

  it("that two resources swap in one update change without a collision", async () => {
    declare({ a: 0, b: 1, c: 2 });
    await project.up();
    const before = emulator.writes().length;
    declare({ a: 1, b: 0, c: 2 });
    await project.up();
    assert.deepEqual(held(), { a: 1, b: 0, c: 2 });
    // On a busy machine, the second resource may come too late for the first call.
    const writes = new Set(writesSince(before));
    assert.deepEqual([...writes], [`POST ${ACTION} 200`]);
    assert.ok(writesSince(before).length <= 2, "at most two calls");
    assert.match(await project.run("preview", "--refresh"), /4 unchanged/);
  });

  it("that two swap where one waits for the other are refused with what to do", async () => {
    declare({ a: 0, b: 1 });
    await project.up();
    project.program(`
      const a = new office.WindowsOfficeClientConfiguration("a", { displayName: "a", priority: 1 });
      new office.WindowsOfficeClientConfiguration("b", { displayName: "b", priority: 0 }, { dependsOn: a });`);
    const output = await project.fail("up", "--yes", "--skip-preview");
    assert.match(output, /let neither depend on the other, and do not run with --parallel 1/);
    assert.deepEqual(held(), { a: 0, b: 1 });
    declare({ a: 1, b: 0 });
    await project.up();
    assert.deepEqual(held(), { a: 1, b: 0 });
  });

  it("shift for a new policy in front of all others", async () => {
    declare({ a: 0, b: 1, c: 2 });
    await project.up();
    declare({ first: 0, a: 1, b: 2, c: 3 });
    await project.up();
    assert.deepEqual(held(), { first: 0, a: 1, b: 2, c: 3 });
  });

  it("change by the PATCH that is sent anyway when only one does", async () => {
    declare({ a: 0, b: 1 });
    await project.up();
    const before = emulator.writes().length;
    declare({ a: 5, b: 1 });
    await project.up();
    assert.deepEqual(
      writesSince(before).map((line) => line.split(" ")[0]),
      ["PATCH"],
    );
    assert.deepEqual(held(), { a: 5, b: 1 });
  });

  it("that a policy outside of the stack has are refused, naming it", async () => {
    const type = "#microsoft.graph.windowsOfficeClientConfiguration" as const;
    const other = emulator.store.insert({ type, displayName: "Portal made", priority: 0 });
    declare({ a: 1 });
    await project.up();
    declare({ a: 0 });
    const output = await project.fail("up", "--yes", "--skip-preview");
    assert.match(
      output,
      new RegExp(
        `the priority 0 belongs to "Portal made" \\(${other.id}\\), which this update does not move`,
      ),
    );
    declare({ a: 1, b: 0 });
    assert.match(
      await project.fail("up", "--yes", "--skip-preview"),
      /client configuration "b": the priority 0 belongs to "Portal made"/,
    );
    assert.deepEqual(held(), { "Portal made": 0, a: 1 });
  });

  describe("in an order", () => {
    const order = (...names: string[]) =>
      `\nnew office.OfficeClientConfigurationPriorities("order", { configurationIds: [${names.map((name) => (name.includes("-") ? JSON.stringify(name) : `${name}.configurationId`)).join(", ")}] });`;
    // One after the other, so that the tenant gives them priorities in this order.
    const POLICIES = ["a", "b", "c"]
      .map((name, index, names) => {
        const dependsOn = index > 0 ? `, { dependsOn: ${names[index - 1]} }` : "";
        return `const ${name} = new office.WindowsOfficeClientSecurityConfiguration("${name}", { displayName: "${name}" }${dependsOn});`;
      })
      .join("\n");

    it("are shared out anew by one updatePriorities, and only where they differ", async () => {
      const type = "#microsoft.graph.windowsOfficeClientConfiguration" as const;
      emulator.store.insert({ type, displayName: "other", priority: 1 });
      project.program(POLICIES + order("c", "a", "b"));
      assert.match(await project.preview(), /5 to create/);
      await project.up();
      const { c, a, b, other } = held();
      assert.ok(Number(c) < Number(a) && Number(a) < Number(b));
      assert.equal(other, 1);
      assert.equal(emulator.writes().filter(({ path }) => path === ACTION).length, 1);
      assert.match(await project.up(), /5 unchanged/);

      const before = emulator.writes().length;
      project.program(POLICIES + order("a", "c", "b"));
      const preview = await project.preview();
      assert.match(preview, /Priorities: "a" 2 => 1/);
      assert.match(preview, /Priorities: "c" 1 => 2/);
      await project.up();
      const [action, ...others] = emulator.writes().slice(before);
      assert.deepEqual(others, []);
      const body = action?.body as Record<string, string[]> | undefined;
      assert.equal(body?.officeConfigurationPolicyIds?.length, 2);
    });

    it("are put back after somebody reordered them, and kept when the order is deleted", async () => {
      project.program(POLICIES + order("a", "b", "c"));
      await project.up();
      const byName = (name: string) => {
        const found = emulator.store.list().find(({ displayName }) => displayName === name);
        assert.ok(found);
        return found;
      };
      const wanted = held();
      const [a, b] = [byName("a"), byName("b")];
      const [pa, pb] = [a.priority, b.priority];
      emulator.store.patch(a.id, { priority: pb });
      emulator.store.patch(b.id, { priority: pa });
      assert.match(await project.refresh(), /Priorities: "b" 2 => 1 \(changed in the tenant\)/);
      await project.up();
      assert.deepEqual(held(), wanted);

      project.program(POLICIES);
      assert.match(await project.up(), /Priorities: the tenant's policies keep the priorities/);
      assert.deepEqual(held(), wanted);
    });

    it("are refused for an id that nobody has, and for one that two orders name", async () => {
      const nobody = "00000000-0000-4000-8000-000000000000";
      project.program(POLICIES + order("a", nobody));
      assert.match(
        await project.fail("up", "--yes", "--skip-preview"),
        new RegExp(`The priorities name ${nobody}, but the tenant has no client configuration`),
      );
      project.program(
        `${order(nobody)}\nnew office.OfficeClientConfigurationPriorities("other", { configurationIds: ["${nobody}"] });`,
      );
      assert.match(
        await project.fail("preview"),
        /but the resource "(order|other)" already sets its priority/,
      );
    });

    it("are refused for a policy with a priority of its own, before anything is sent", async () => {
      const own =
        'const d = new office.WindowsOfficeClientConfiguration("d", { displayName: "d", priority: 7 });';
      project.program(`${own}\n${order("d")}`);
      const refused = /configurationIds has the policy "d", which has a priority of its own/;
      assert.match(await project.fail("up", "--yes", "--skip-preview"), refused);
      assert.deepEqual(emulator.requests, []);

      project.program(own);
      await project.up();
      const [{ id = "" } = {}] = emulator.store.list();
      project.program(`${own}\n${order(id)}`);
      assert.match(
        await project.fail("preview"),
        new RegExp(
          `names ${id}, but the resource "d" already sets its priority|the resource "order" sets its priority`,
        ),
      );
    });
  });
});
