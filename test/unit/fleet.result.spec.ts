import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { parseResult, readResult, resultJson } from "../../cli/fleet/result";
import { resultJunit } from "../../cli/fleet/resultJunit";
import { resultMarkdown } from "../../cli/fleet/resultMarkdown";
import { resultText } from "../../cli/fleet/resultText";
import { MAX_COMMENT } from "../../cli/markdown";
import { BLOCK, change, failedStack, fleetResult, stackNames, stackResult } from "../fleetResults";
import { hostileTexts } from "../hostileTexts";

const NAMED = {
  name: "Block macros from the Internet (Word)",
  oldLabel: "Enabled",
  newLabel: "Disabled",
};

/** A fleet as an MSP may have it on a Tuesday. */
const fleet = fleetResult(
  [
    ...stackNames(37).map((name) => stackResult(name, { changes: [change(NAMED)] })),
    ...stackNames(58, 38).map((name) => stackResult(name)),
    stackResult("contoso", {
      changes: [
        change({
          op: "create",
          settingId: undefined,
          property: "displayName",
          old: null,
          new: "Privacy",
          resource: "privacy",
          policy: "Privacy",
        }),
        change({
          op: "create",
          settingId: "office16;L_SendFeedback",
          old: null,
          new: "0",
          resource: "privacy",
          policy: "Privacy",
        }),
        change({ settingId: undefined, property: "priority", old: 1, new: 2 }),
      ],
      warnings: ["names not checked"],
    }),
    failedStack("adatum", "The client secret has expired (AADSTS7000222).", "Make a new one."),
    failedStack("alpine", "The client secret has expired (AADSTS7000222).", "Make a new one."),
    failedStack("woodgrove", "The stack is locked.", "Wait for it, or run `pulumi cancel`."),
  ],
  { notRun: [{ stack: "zava", why: "The run was stopped" }] },
);

describe("a fleet's result on a screen", () => {
  it("tells changes first, then tenants, failures by cause, and the numbers", () => {
    assert.equal(
      resultText(fleet, 80),
      `Changes (3)
  Macro security: Block macros from the Internet (Word): Enabled (1) => Disabled
    (0) [${BLOCK}]
    in 37 tenants: tenant-001, tenant-002, tenant-003, tenant-004, tenant-005,
    tenant-006, tenant-007, tenant-008, tenant-009, tenant-010, tenant-011,
    tenant-012 and 25 more
  Macro security: priority 1 => 2
    in contoso
  Privacy: is new, with 1 setting
      + office16;L_SendFeedback "0"
    in contoso

By tenant (38)
  3 changes  contoso
  1 change   ${wrapped(stackNames(37))}

Failed (2)
  The client secret has expired (AADSTS7000222).
    in 2 tenants: adatum, alpine
    Next: Make a new one.
  The stack is locked.
    in woodgrove
    Next: Wait for it, or run \`pulumi cancel\`.

Warnings (1)
  names not checked
    in contoso

Not run (1)
  The run was stopped
    in zava

fleet preview of office: 100 tenants: 3 failed, 38 to change, 58 unchanged, 1
not run.`,
    );
  });

  it("fits 80 and 120 columns, and one screen of 50 lines", () => {
    for (const width of [80, 120]) {
      const lines = resultText(fleet, width).split("\n");
      assert.deepEqual(
        lines.filter((line) => line.length > width),
        [],
      );
      assert.ok(lines.length <= 50, String(lines.length));
    }
  });

  it("keeps changes apart that differ in one tenant only", () => {
    const two = fleetResult([
      stackResult("a", { changes: [change()] }),
      stackResult("b", { changes: [change({ new: "2" })] }),
    ]);
    const text = resultText(two, 80);
    assert.match(text, /"1" => "0"\n {4}in a\n/);
    assert.match(text, /"1" => "2"\n {4}in b\n/);
  });

  it("tells drift, what is gone, secrets, groups, attributes and values to come in the words of previews", () => {
    const drift = fleetResult(
      [
        stackResult("a", {
          result: "drifted",
          changes: [
            change({ old: "[secret]", new: "[secret]", isSecret: true }),
            change({ op: "delete", resource: "gone", policy: "Gone", new: null }),
            change({ settingId: undefined, property: "assignments", old: null, new: "3f0c2e5a" }),
            change({ attribute: "allowOverride", old: false, new: true }),
            change({ settingId: "a16;L_New", old: null, new: "1" }),
            change({ settingId: "a16;L_Gone", old: "1", new: null }),
            change({ settingId: undefined, property: "description", new: null, isUnknown: true }),
          ],
        }),
      ],
      { command: "drift" },
    );
    assert.deepEqual(
      resultText(drift, 120)
        .split("\n")
        .filter((line) => /^ {2}\S/.test(line)),
      [
        "  Gone: is gone from the tenant, with 1 setting",
        '  Macro security: - a16;L_Gone "1"',
        '  Macro security: + a16;L_New "1"',
        "  Macro security: assignments + 3f0c2e5a",
        '  Macro security: description "1" => (known after apply)',
        `  Macro security: ${BLOCK} [secret] => [secret] (changed)`,
        `  Macro security: ${BLOCK} allowOverride false => true`,
        "  7 changes  a",
      ],
    );
    assert.match(resultText(drift, 120), /fleet drift of office: 1 tenant: 1 drifted\.$/);
  });

  for (const [op, title, groups] of [
    [
      "create",
      "is new, with 1 setting",
      "      assignments differ between tenants: --format json has all\n",
    ],
    ["delete", "is deleted, with 1 setting", ""],
  ] as const) {
    it(`tells a policy once whose groups differ between tenants: ${op}`, () => {
      const policyOf = (group: string) => {
        const values = (value: string) =>
          op === "create" ? { old: null, new: value } : { old: value, new: null };
        const assigned = { property: "assignments", settingId: undefined, ...values(group) };
        return [change({ op, ...values("1") }), change({ op, ...assigned })];
      };
      const result = (...ids: string[]) =>
        resultText(
          fleetResult(ids.map((id, at) => stackResult(`t${at}`, { changes: policyOf(id) }))),
          80,
        );
      const settings = op === "create" ? `      + ${BLOCK} "1"\n` : "";
      assert.ok(
        result("3f0c2e5a", "6a1d2f4c").startsWith(
          `Changes (1)\n  Macro security: ${title}\n${settings}${groups}    in 2 tenants: t0, t1\n`,
        ),
        result("3f0c2e5a", "6a1d2f4c"),
      );
      const alike = op === "create" ? `${settings}      assignments + 3f0c2e5a\n` : "";
      assert.ok(
        result("3f0c2e5a", "3f0c2e5a").startsWith(
          `Changes (1)\n  Macro security: ${title}\n${alike}    in 2 tenants: t0, t1\n`,
        ),
        result("3f0c2e5a", "3f0c2e5a"),
      );
    });
  }

  it("keeps policies of one content apart, and a group that changes", () => {
    const assigned = { property: "assignments", settingId: undefined, old: null };
    const changes = (id: string) => [
      change({ op: "create", resource: "one", policy: "One", ...assigned, new: id }),
      change({ op: "create", resource: "two", policy: "Two", ...assigned, new: id }),
      change({ ...assigned, new: id }),
    ];
    const text = resultText(
      fleetResult(["a", "b"].map((id) => stackResult(id, { changes: changes(id) }))),
      80,
    );
    assert.deepEqual(
      [...text.matchAll(/^ {2}(\S.*: .*)$/gm)].map(([, line]) => line),
      [
        "One: is new",
        "Two: is new",
        "Macro security: assignments + a",
        "Macro security: assignments + b",
      ],
    );
  });

  it("lists the first twenty settings of a new policy", () => {
    const settings = Array.from({ length: 23 }, (_, index) =>
      change({ op: "create", settingId: `a16;L_${index}`, old: null }),
    );
    const text = resultText(fleetResult([stackResult("a", { changes: settings })]), 80);
    assert.match(text, /is new, with 23 settings/);
    assert.match(text, /\+ a16;L_19 "0"\n {6}and 3 more: --format json has all/);
  });
});

/** Names as a screen of 80 columns wraps them, behind a title. */
function wrapped(names: readonly string[]): string {
  const rows = Array.from({ length: Math.ceil(names.length / 5) }, (_, row) =>
    names.slice(row * 5, row * 5 + 5).join(", "),
  );
  return rows.join(`,\n${" ".repeat(13)}`);
}

describe("a fleet's result as Markdown", () => {
  it("has the failures first, because a comment may be cut", () => {
    const text = resultMarkdown(fleet);
    const order = ["100 tenants", "### Failed (2)", "### Changes (3)", "### By tenant (41)"];
    assert.deepEqual(
      order.map((part) => text.indexOf(part)).filter((at) => at < 0),
      [],
    );
    assert.deepEqual(
      [...order].sort((a, b) => text.indexOf(a) - text.indexOf(b)),
      order,
    );
  });

  it("fits a comment, and says what it leaves out", () => {
    const many = fleetResult(
      stackNames(1_500).map((name, index) =>
        stackResult(name, { changes: [change({ settingId: `a16;L_${index}` })] }),
      ),
    );
    const text = resultMarkdown(many);
    assert.ok(text.length <= MAX_COMMENT, String(text.length));
    assert.match(
      text,
      /Left out, because a comment holds 65,536 characters: \d+ changes, 1500 tenants\./,
    );
  });

  it("shows hostile names as text", () => {
    const text = resultMarkdown(
      fleetResult([
        stackResult("a|b", { changes: [change({ policy: "<script>@ann | #1</script>" })] }),
      ]),
    );
    assert.doesNotMatch(text, /<script|@ann|[^\\]#1/);
  });
});

describe("a fleet's result as JUnit's XML", () => {
  const parsed = (xml: string) => {
    const tags: { name: string; attributes: Record<string, string> }[] = [];
    const parser = new SaxesParser();
    parser.on("opentag", ({ name, attributes }) =>
      tags.push({ name, attributes: attributes as Record<string, string> }),
    );
    parser.on("error", (error) => {
      throw error;
    });
    parser.write(xml).close();
    return tags;
  };

  it("has a test case for each tenant: failures of stacks are errors, changes only where none is expected", () => {
    const counts = (expectNoChanges: boolean) => {
      const [suites] = parsed(resultJunit(fleet, { expectNoChanges }));
      const { tests, errors, failures, skipped } = suites?.attributes ?? {};
      return { tests, errors, failures, skipped };
    };
    assert.deepEqual(counts(false), { tests: "100", errors: "3", failures: "0", skipped: "1" });
    assert.deepEqual(counts(true), { tests: "100", errors: "3", failures: "38", skipped: "1" });
  });

  it("counts drift as failures of `drift`", () => {
    const drifted = stackResult("a", { result: "drifted", changes: [change()] });
    const xml = resultJunit(fleetResult([drifted], { command: "drift" }), {
      expectNoChanges: false,
    });
    assert.match(
      xml,
      /<failure message="1 change">Macro security: .* &quot;1&quot; =&gt; &quot;0&quot;<\/failure>/,
    );
  });

  it("is XML whatever names and messages hold", () => {
    for (const text of hostileTexts(200)) {
      const failed = fleetResult([failedStack(text, text, text)]);
      assert.equal(parsed(resultJunit(failed, { expectNoChanges: true })).length, 4);
    }
  });
});

describe("a fleet's result as JSON", () => {
  it("is read as it was written", () => {
    assert.deepEqual(parseResult(resultJson(fleet), "result.json"), fleet);
  });

  it("says what a file is that is no result", () => {
    const folder = mkdtempSync(join(tmpdir(), "office-configuration-fleet-"));
    try {
      const file = join(folder, "result.json");
      assert.throws(() => readResult(file), {
        name: "TypeError",
        message: /cannot be read: ENOENT/,
      });
      writeFileSync(file, '{"form":');
      assert.throws(() => readResult(file), { name: "TypeError", message: /is not JSON/ });
      writeFileSync(file, '{"form":2,"stacks":[]}');
      assert.throws(() => readResult(file), { message: /newer version/ });
      writeFileSync(file, JSON.stringify({ ...fleet, stacks: [{}] }));
      assert.throws(() => readResult(file), {
        message: /no result of .* \(wrong at stacks\.0\.stack\)/,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
