/**
 * Conditions of Azure DevOps, as far as the recipe has them: everything else throws. There is no library for them.
 *
 * @module
 */

/** Facts that a condition may ask for. */
export interface Facts {
  readonly variables: Readonly<Record<string, string>>;
  /** Ends of the stages or jobs that it depends on, in the words of Azure DevOps. */
  readonly dependencies: Readonly<Record<string, string>>;
}

type Value = string | boolean;

const GOOD = ["Succeeded", "SucceededWithIssues"];

/** Texts are compared without their case. */
const same = (a: Value, b: Value | undefined) =>
  String(a).toLowerCase() === String(b).toLowerCase();

const ofEnds =
  (...known: readonly string[]) =>
  (args: readonly Value[], { dependencies }: Facts) => {
    if (args.length > 0) throw new Error("a condition on certain dependencies is not known here");
    return Object.values(dependencies).every((end) => known.includes(end));
  };

const FUNCTIONS: Readonly<Record<string, (args: readonly Value[], facts: Facts) => Value>> = {
  and: (args) => args.every((each) => each === true),
  eq: ([a = "", b]) => same(a, b),
  ne: ([a = "", b]) => !same(a, b),
  in: ([a = "", ...others]) => others.some((each) => same(a, each)),
  always: () => true,
  succeeded: ofEnds(...GOOD),
  succeededOrFailed: ofEnds(...GOOD, "Failed"),
};

/** Whether a condition holds. */
export function holds(condition: string, facts: Facts): boolean {
  const tokens = condition.match(/'[^']*'|[\w.]+|[()[\],]|\S/g) ?? [];
  const take = (expected?: string): string => {
    const token = tokens.shift() ?? "the end";
    if (expected === undefined || token === expected) return token;
    throw new Error(`${condition}: ${expected} is expected, not ${token}`);
  };
  const expression = (): Value => {
    const token = take();
    if (token.startsWith("'")) return token.slice(1, -1);
    if (tokens[0] === "(") return call(token);
    if (token === "variables") {
      take("[");
      const name = take().slice(1, -1);
      take("]");
      // An unset variable is empty.
      return facts.variables[name] ?? "";
    }
    const [, name = ""] = /^dependencies\.(\w+)\.result$/.exec(token) ?? [];
    const end = facts.dependencies[name];
    if (end === undefined) throw new Error(`${condition}: ${token} is not known here`);
    return end;
  };
  const call = (name: string): Value => {
    const known = FUNCTIONS[name];
    if (known === undefined) throw new Error(`${condition}: ${name}() is not known here`);
    take("(");
    const args: Value[] = [];
    while (tokens[0] !== ")") {
      if (args.length > 0) take(",");
      args.push(expression());
    }
    take(")");
    return known(args, facts);
  };
  const value = expression();
  if (tokens.length > 0) throw new Error(`${condition}: ${tokens[0]} is not expected`);
  return value === true;
}
