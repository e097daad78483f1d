/**
 * Loaded before a program that is evaluated, in its process: answers the program in place of an engine, and tells the
 * parent process which resources it declares.
 *
 * It loads nothing but the program's SDK, and has no `import`: Node takes the source itself, without its types.
 *
 * @module
 */
import type * as pulumi from "@pulumi/pulumi";

const { createRequire } = require("node:module") as typeof import("node:module");

/** A message of the program's process. */
export type ProgramMessage =
  | {
      readonly kind: "resource";
      readonly type: string;
      readonly name: string;
      readonly id: string | undefined;
      /** Whether the program only reads it. */
      readonly isRead: boolean;
      readonly inputs: Record<string, unknown>;
    }
  /** A function that was not asked: a lookup, or one of another provider. */
  | { readonly kind: "call"; readonly token: string }
  /** The program changes its resources by a function that only an engine calls. */
  | { readonly kind: "transform" }
  /** The program has ended by itself. */
  | { readonly kind: "end" };

/** The engine's placeholder for values that are not known. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Key and value by which the SDK tells a secret from an object. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

const OWN_TYPES = "pulumi-nodejs:dynamic/officeConfiguration:";

const OWN_LOOKUPS = "officeConfiguration:index:";

/** Properties of a policy that a lookup finds. */
const FOUND = [
  "id",
  "kind",
  "displayName",
  "description",
  "priority",
  "policies",
  "userPreferences",
  "assignments",
  "lastModifiedDateTime",
];

function tell(message: ProgramMessage): void {
  process.send?.(message);
}

/** A copy with `UNKNOWN` in place of the SDK's own objects for it, and secrets as plain values: `__secrets` lists them. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => plain(item) ?? null);
  if (typeof value !== "object" || value === null) return value;
  const { __pulumiUnknown: isUnknown, [SIGNATURE_KEY]: signature } = value as Record<
    string,
    unknown
  >;
  if (isUnknown === true) return UNKNOWN;
  if (signature === SECRET_SIGNATURE) return plain((value as { value?: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** The id of a policy: that of the one it adopts, else one that tells it from others of the program. */
function idOf(name: string, { adopt }: Record<string, unknown>): string {
  const id = (adopt as { id?: unknown } | undefined)?.id;
  return typeof id === "string" ? id : `new ${name}`;
}

const mocks: pulumi.runtime.Mocks & { readonly registerTransform: () => void } = {
  newResource({ type, name, id: read, inputs, ...others }) {
    const isOwn = type.startsWith(OWN_TYPES);
    const known = plain(inputs) as Record<string, unknown>;
    const isRead = read !== undefined && read !== "";
    // Only newer SDKs say so.
    const { transforms = [] } = others as { readonly transforms?: readonly unknown[] };
    if (isOwn && transforms.length > 0) tell({ kind: "transform" });
    const id = isRead ? read : isOwn ? idOf(name, known) : undefined;
    if (isOwn) tell({ kind: "resource", type, name, id, isRead, inputs: known });
    // Of a foreign resource only the inputs are known, as in a preview.
    return { id, state: isRead ? {} : (inputs as object) };
  },
  registerTransform: () => tell({ kind: "transform" }),
  call({ token }) {
    tell({ kind: "call", token });
    if (!token.startsWith(OWN_LOOKUPS)) return {};
    if (token.endsWith("Configurations")) return [];
    return Object.fromEntries(FOUND.map((name) => [name, UNKNOWN]));
  },
};

const { runtime } = createRequire(`${process.cwd()}/`)("@pulumi/pulumi") as typeof pulumi;
const { PULUMI_NODEJS_PROJECT: project, PULUMI_NODEJS_STACK: stack } = process.env;
void runtime.setMocks(mocks, project, stack, true, "organization");

let hasEnded = false;
process.on("beforeExit", (code) => {
  if (hasEnded || code !== 0) return;
  hasEnded = true;
  tell({ kind: "end" });
});
