import { strict as assert } from "node:assert";
import { inspect } from "node:util";
import fc from "fast-check";
import { paths } from "../../provider/api/paths";
import { GraphAnswerError, GraphHttpError, OfficeConfigurationError } from "../../provider/graph";
import { LookupError } from "../../provider/program/lookups/lookupError";
import { PartialFailure } from "../../provider/update/lifecycle";
import { answers } from "../malformed/answers";
import { type Answer, HostileGraph, MARK } from "../malformed/graph";
import { type Operation, operations } from "../malformed/operations";
import { failureOf, inputsGiven } from "../properties";

/** Inputs for each operation; there are some thirty operations. FUZZ_RUNS=5000 looks longer. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 350);

/** Always the same inputs, so that a failure is of the change at hand. PROPERTY_SEED=7 tries others. */
const { seed: SEED = 20_261_124, path: PATH } = inputsGiven(process.env);

/** An input that takes longer hangs, in milliseconds. */
const LONGEST_MS = 60_000;

/** Answers in turn, each with a request id of its own where it has none yet. */
function script(given: readonly Answer[], ids: Set<string>) {
  return (number: number): Answer => {
    const answer = given[number % given.length] ?? given[0];
    assert.ok(answer);
    const id = answer.headers["request-id"] ?? `r-${number}`;
    ids.add(id);
    return { ...answer, headers: { ...answer.headers, "request-id": id } };
  };
}

/** The failure as the package means it: below what only says that the rest is kept, or who asked. */
function innermost(error: unknown): unknown {
  if (error instanceof PartialFailure) return innermost(error.cause);
  return error instanceof LookupError && error.cause !== undefined ? error.cause : error;
}

function assertHoldsNoToken(what: unknown): void {
  const text = `${String(what)}\n${inspect(what, { depth: 9, showHidden: true })}`;
  assert.ok(!text.includes(MARK), `the token is in: ${text.slice(0, 2_000)}`);
}

async function check(operation: Operation, given: readonly Answer[]): Promise<void> {
  const ids = new Set<string>();
  const graph = new HostileGraph(script(given, ids));
  const error: unknown = await operation(graph).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.deepEqual(graph.astray, []);
  // A line of a change shows what a payload holds, whatever that is.
  for (const line of graph.said) if (!line.includes(" => ")) assertHoldsNoToken(line);
  if (error === undefined) return;
  assertHoldsNoToken(error);
  const cause = innermost(error);
  assert.ok(OfficeConfigurationError.isInstance(cause), `not of this package: ${inspect(error)}`);
  if (!GraphHttpError.isInstance(cause) && !GraphAnswerError.isInstance(cause)) return;
  // A list gives its items without the answers they came in.
  if (cause.path === paths.clientConfigurations && /no client config/.test(cause.message)) return;
  if ([...ids].some((id) => !/^r-\d+$/.test(id))) return;
  assert.ok(ids.has(cause.requestId ?? ""), `no request id: ${cause.message}`);
}

/** Checks one operation with many inputs. */
async function checkAll(operation: Operation): Promise<fc.RunDetails<[readonly Answer[]]>> {
  const property = fc.asyncProperty(answers, (given) => check(operation, given));
  const bounds = { seed: SEED, numRuns: RUNS, timeout: LONGEST_MS, endOnFailure: true };
  return fc.check(property, bounds);
}

describe("malformed answers, whatever they are", function () {
  this.timeout(240_000 + RUNS * 1_000);
  const results = new Map<string, fc.RunDetails<[readonly Answer[]]>>();

  // Side by side: most of their time is the moment in which requests wait for others to travel with. A failure that is
  // seen again is looked for alone.
  before(async () => {
    if (PATH !== undefined) return;
    const all = Object.entries(operations).map(async ([name, operation]) => {
      results.set(name, await checkAll(operation));
    });
    await Promise.all(all);
  });

  for (const [name, operation] of Object.entries(operations)) {
    it(`work, or end in an error of this package that names the request: ${name}`, async () => {
      const details = results.get(name) ?? (await checkAll(operation));
      if (details.failed) throw failureOf(details, fc.defaultReportMessage(details));
      assert.ok(details.numRuns === RUNS || PATH !== undefined);
    });
  }
});
