import { runInNewContext } from "node:vm";
import ts from "typescript";

const KINDS = [
  "WindowsOfficeClientConfiguration",
  "WindowsOfficeClientSecurityConfiguration",
  "IntuneOfficePolicy",
];

/** Resources that a program of TypeScript would make: their arguments by their names. */
export function evaluate(program: string): Record<string, unknown> {
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const made: Record<string, unknown> = {};
  class Resource {
    constructor(name: string, args: unknown) {
      made[name] = args;
    }
  }
  const office = Object.fromEntries(KINDS.map((kind) => [kind, Resource]));
  runInNewContext(outputText, { require: () => office, exports: {}, JSON });
  // Objects of another context have other prototypes.
  return JSON.parse(JSON.stringify(made)) as Record<string, unknown>;
}
