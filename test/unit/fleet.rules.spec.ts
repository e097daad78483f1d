import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stackError } from "../../cli/fleet/causes";
import { StackEvents } from "../../cli/fleet/changes";
import { givenPacks, packsHash, policyPacksOf, problemOf } from "../../cli/fleet/policyPacks";
import { parseResult, resultJson, type Violation } from "../../cli/fleet/result";
import { resultJunit } from "../../cli/fleet/resultJunit";
import { resultMarkdown } from "../../cli/fleet/resultMarkdown";
import { resultText } from "../../cli/fleet/resultText";
import { failureCauses, violationOf } from "../../cli/fleet/rules";
import { NO_GLOSSARY } from "../../provider/settings/glossary";
import { failedStack, fleetResult, stackNames, stackResult } from "../fleetResults";

const MACROS = "macros-from-internet-blocked";

/** A violation as the engine tells it of a rule of this package. */
const told = {
  resourceUrn:
    "urn:pulumi:contoso::office::pulumi-nodejs:dynamic/officeConfiguration:WindowsOfficeClientConfiguration::macros",
  message:
    '<{%fg 13%}>A policy that configures macros of an app blocks those from the Internet there.\nIt sets excel16;L_VBAWarningsPolicy;L_empty4, and does not block macros from the Internet.\nAdd excel16;L_BlockMacroExecutionFromInternet with the value "1" to policies.<{%reset%}>\n',
  color: "raw",
  policyName: MACROS,
  policyPackName: "office-configuration",
  policyPackVersion: "0.1.0",
  policyPackVersionTag: "0.1.0",
  enforcementLevel: "mandatory",
} as const;

const macros = violationOf(told);

const unassigned: Violation = {
  policyName: "no-policy-left-unassigned",
  policyPackName: "office-configuration",
  enforcementLevel: "advisory",
  description: "No policy stays without assignments.",
  message: "It is assigned to nobody.",
  next: "Assign the policy to a group, or remove it.",
  resource: "privacy",
};

/** A stack that fails for its violations, as `operate` makes it. */
const broken = (stack: string, ...violations: Violation[]) => {
  const facts = { stack, errors: [{ message: "preview failed", isOfResource: false }], output: "" };
  const error = stackError({ ...facts, violations });
  return stackResult(stack, { result: "failed", error, violations, settings: null });
};

const fleet = fleetResult([
  ...stackNames(12).map((name) => broken(name, macros)),
  broken("contoso", macros, {
    ...macros,
    message: macros.message.replaceAll("excel16", "word16"),
    next: macros.next?.replaceAll("excel16", "word16"),
  }),
  failedStack("fabrikam", "The stack is locked."),
  ...stackNames(2, 20).map((name) => stackResult(name, { violations: [unassigned] })),
]);

describe("the rules that a fleet's stacks violate", () => {
  it("are read from the engine's event: description, problem, remedy and resource", () => {
    assert.deepEqual(macros, {
      policyName: MACROS,
      policyPackName: "office-configuration",
      enforcementLevel: "mandatory",
      description:
        "A policy that configures macros of an app blocks those from the Internet there.",
      message:
        "It sets excel16;L_VBAWarningsPolicy;L_empty4, and does not block macros from the Internet.",
      next: 'Add excel16;L_BlockMacroExecutionFromInternet with the value "1" to policies.',
      resource: "macros",
      type: "WindowsOfficeClientConfiguration",
    });
    const ofStack = "urn:pulumi:contoso::office::pulumi:pulumi:Stack::office-contoso";
    const { resource, type } = violationOf({ ...told, resourceUrn: ofStack });
    assert.deepEqual([resource, type], [undefined, undefined]);
    const plain = violationOf({ ...told, message: "Bucket is public.\n" });
    assert.deepEqual([plain.description, plain.message], [undefined, "Bucket is public."]);
    const token = violationOf({ ...told, message: "Rule\nIt has Bearer abcdefgh.ijklmnop" });
    assert.equal(token.message, "It has [token]");
  });

  it("are told once, although the engine may tell them twice", () => {
    const events = new StackEvents("up", NO_GLOSSARY);
    for (const sequence of [1, 2]) events.see({ sequence, timestamp: 0, policyEvent: told });
    assert.deepEqual(events.outcome().violations, [macros]);
  });

  it("are one entry for all tenants, with each problem once and the remedy", () => {
    assert.equal(
      resultText(fleet, 80),
      `Failed (2)
  ${MACROS}: A policy that configures macros of an app blocks
    those from the Internet there.
      macros: It sets excel16;L_VBAWarningsPolicy;L_empty4, and does not block
        macros from the Internet.
      macros: It sets word16;L_VBAWarningsPolicy;L_empty4, and does not block
        macros from the Internet. (in contoso)
    in 13 tenants: tenant-001, tenant-002, tenant-003, tenant-004, tenant-005,
    tenant-006, tenant-007, tenant-008, tenant-009, tenant-010, tenant-011,
    tenant-012, contoso
    Next: Add excel16;L_BlockMacroExecutionFromInternet with the value "1" to
    policies. Add word16;L_BlockMacroExecutionFromInternet with the value "1" to
    policies.
  The stack is locked.
    in fabrikam

Warnings (1)
  no-policy-left-unassigned: No policy stays without assignments.
      privacy: It is assigned to nobody.
    in 2 tenants: tenant-020, tenant-021
    Next: Assign the policy to a group, or remove it.

fleet preview of office: 16 tenants: 14 failed, 2 unchanged.`,
    );
  });

  it("are in Markdown and JUnit's XML, too", () => {
    const markdown = resultMarkdown(fleet);
    assert.match(
      markdown,
      /\n\| macros\\-from\\-internet\\-blocked: A policy .*there\.<br>· macros: It sets excel16.*\(in contoso\\\)|\n\| macros.*<br>_Next:_ Add excel16;L\\_Block.* \| in 13 tenants: /,
    );
    assert.match(
      markdown,
      /\n- no\\-policy\\-left.*<br>· privacy: .* \(in 2 tenants: .*\)<br>_Next:_ Assign/,
    );
    const junit = resultJunit(fleet, { expectNoChanges: false });
    assert.match(
      junit,
      /name="contoso" time="2\.500"><error message="macros-from-internet-blocked: A policy [^"]*">\[mandatory\] macros-from-[^<]*word16;/,
    );
    assert.deepEqual(parseResult(resultJson(fleet), "x"), fleet);
  });

  it("are told of every rule that a stack violates, and beside another failure", () => {
    const names: Violation = {
      ...macros,
      policyName: "policy-names",
      description: "The names of policies follow a pattern.",
    };
    const both = broken("contoso", macros, names);
    assert.deepEqual(
      failureCauses(both).map((cause) => cause.split(":", 1)[0]),
      [MACROS, "policy-names"],
    );
    const text = resultText(fleetResult([both, broken("fabrikam", names)]), 120);
    assert.match(
      text,
      /^Failed \(2\)\n {2}policy-names: .*\n.*\n {4}in 2 tenants: contoso, fabrikam/,
    );
    const errors = [{ message: "Graph throttles this app.", isOfResource: true }];
    const facts = { stack: "contoso", errors, output: "", violations: [macros] };
    const throttled = { ...both, violations: [macros], error: stackError(facts) };
    assert.equal(throttled.error.cause, "Graph throttles this app.");
    assert.equal(failureCauses(throttled).length, 2);
    assert.match(resultText(fleetResult([throttled]), 120), /^Failed \(2\)\n/);
  });

  it("keep apart what a preview could not judge, and list no more than can be read", () => {
    const unjudged = (value: string): Violation => ({
      policyName: MACROS,
      policyPackName: "office-configuration",
      enforcementLevel: "advisory",
      message: `can't run policy '${MACROS}' during preview: ${value} can't be known`,
    });
    const many = Array.from({ length: 14 }, (_, index) => unjudged(`.policies.${index}`));
    const text = resultText(
      fleetResult([stackResult("a", { violations: many }), broken("b", macros)]),
      120,
    );
    assert.match(
      text,
      /\nWarnings \(1\)\n {2}macros-from-internet-blocked \(policy pack office-configuration\)\n/,
    );
    assert.match(text, /\n {6}and 4 more: --format json has all\n/);
  });
});

describe("the policy packs of a fleet", () => {
  let folder: string;
  const path = (name: string) => join(folder, name);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-packs-"));
    for (const pack of ["a", "b,c"]) {
      mkdirSync(path(pack));
      writeFileSync(join(path(pack), "PulumiPolicy.yaml"), "runtime: nodejs\n");
    }
    writeFileSync(path("a.json"), "{}");
    writeFileSync(path("wrong.json"), "[]");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are folders from where the user is, and options of Pulumi's CLI, which splits at commas", () => {
    const packs = policyPacksOf([path("a"), path("b,c")], [path("a.json"), path("a.json")]);
    assert.deepEqual(givenPacks(packs), {
      policyPacks: [path("a"), `"${path("b,c")}"`],
      policyPackConfigs: [path("a.json"), path("a.json")],
    });
    assert.deepEqual(givenPacks(policyPacksOf([], [])), {});
  });

  it("are refused before any stack runs if they are not there, or their configuration is none", () => {
    const pairs: [string[], string[], RegExp][] = [
      [[path("none")], [], /--policy-pack \S+none: there is no such folder/],
      [[folder], [], /the folder has no PulumiPolicy\.yaml, so it is no policy pack/],
      [[], [path("a.json")], /belongs to a --policy-pack/],
      [[path("a"), path("b,c")], [path("a.json")], /one --policy-pack-config for each/],
      [[path("a")], [path("none.json")], /none\.json cannot be read \(ENOENT\)/],
      [[path("a")], [path("wrong.json")], /wrong\.json is no JSON object of rules/],
    ];
    for (const [named, configs, message] of pairs) {
      assert.throws(() => policyPacksOf(named, configs), message);
    }
  });

  it("that do not start are told in the pack's own words, or Pulumi's with an explanation", () => {
    const runtime =
      "`pulumi policy analyze` failed: warning: x error: [runtime] The policy pack needs @pulumi/policy error: loading policy packs: exit status 32";
    assert.equal(problemOf(runtime), "The policy pack needs @pulumi/policy");
    assert.match(
      problemOf("failed: loading policy packs: could not read plugin [/a]: not supported") ?? "",
      /^could not read .*: not supported\. Pulumi's language host for Node is too old/,
    );
    assert.match(
      problemOf('error: loading policy packs: configuring: invalid enforcement level ""') ?? "",
      /"\. The configuration names a rule that the pack does not have$/,
    );
    assert.equal(problemOf('failed: unknown command "analyze" for "pulumi policy"'), undefined);
    assert.equal(problemOf("one or more mandatory policy violations were found"), undefined);
  });

  it("are others once a file of theirs or of their configuration has changed", () => {
    const hash = () => packsHash(policyPacksOf([path("a")], [path("a.json")]));
    const first = hash();
    assert.equal(hash(), first);
    writeFileSync(join(path("a"), "rules.py"), "1");
    const second = hash();
    writeFileSync(path("a.json"), '{ "all": "advisory" }');
    assert.equal(new Set([first, second, hash()]).size, 3);
    assert.equal(packsHash(policyPacksOf([], [])), "");
  });
});
