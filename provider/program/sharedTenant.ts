import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectFolder } from "../graph/config/projectFolder";
import { CONFIG_NAMESPACE } from "../graph/config/settingSources";

/** Larger files are not stack configurations, in bytes. */
const MAX_FILE_BYTES = 1024 * 1024;

/** Maximum number of stacks in a warning. */
const MAX_NAMES = 3;

/** `officeConfiguration:tenantId: <value>`, indented; an encrypted value is on its own line. */
const TENANT_LINE = new RegExp(
  String.raw`^[ \t]+["']?${CONFIG_NAMESPACE}:tenantId["']?[ \t]*:[ \t]+(["']?)([\w.-]+)\1[ \t]*(?:#.*)?$`,
  "m",
);

/** `stackConfigDir: <folder>` of the project's file. */
const CONFIG_FOLDER_LINE = /^stackConfigDir[ \t]*:[ \t]+(["']?)([^"'#\n]+?)\1[ \t]*(?:#.*)?$/m;

/** A stack and its tenant. */
export interface StackTenant {
  /** A folder of the project: the one with `Pulumi.yaml`, or one in it. */
  readonly folder: string;
  /** The stack's own name, without organization and project. */
  readonly stack: string;
  /** GUID or domain, as the stack's settings name it. */
  readonly tenantId: string;
  /** Whether the tenant is encrypted in the stack's configuration: then it is not shown. */
  readonly isSecret: boolean;
}

/**
 * A warning if `Pulumi.<stack>.yaml` of another stack in the project names the same tenant in plain text:
 * most often the file was copied. Skips files that cannot be read, and encrypted values.
 */
export function sharedTenantWarnings({ folder, stack, tenantId, isSecret }: StackTenant): string[] {
  const others = stacksOf(tenantId.toLowerCase(), projectFolder(folder), stack);
  if (others.length === 0) return [];
  const named = others.slice(0, MAX_NAMES).map((name) => `"${name}" (Pulumi.${name}.yaml)`);
  const tenant = isSecret ? "its tenant" : `the tenant ${tenantId}`;
  const more = others.length > MAX_NAMES ? ` and ${others.length - MAX_NAMES} more` : "";
  return [
    `The stack "${stack}" works in ${tenant}, and so do other stacks of this project: ${named.join(", ")}${more}. ` +
      "If a file was copied, set the tenant that is meant with `pulumi config set officeConfiguration:tenantId`. " +
      "If they share the tenant on purpose, each policy must be in one of them only.",
  ];
}

function stacksOf(tenant: string, project: string | undefined, own: string): string[] {
  if (project === undefined) return [];
  const folder = configFolder(project);
  return namesIn(folder)
    .map((file) => ({ file, stack: /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? own }))
    .filter(({ stack }) => stack !== own)
    .filter(({ file }) => tenantIn(textOf(join(folder, file))) === tenant)
    .map(({ stack }) => stack)
    .sort();
}

function configFolder(project: string): string {
  const text = textOf(join(project, "Pulumi.yaml")) ?? textOf(join(project, "Pulumi.yml"));
  const folder = CONFIG_FOLDER_LINE.exec(text ?? "")?.[2];
  return folder === undefined ? project : resolve(project, folder);
}

function tenantIn(text: string | undefined): string | undefined {
  return TENANT_LINE.exec(text?.replaceAll("\r\n", "\n") ?? "")?.[2]?.toLowerCase();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A file's text; undefined if it is not a file, cannot be read, or is too large for a configuration. */
function textOf(file: string): string | undefined {
  try {
    const status = statSync(file);
    // Reading a pipe would block.
    if (!status.isFile() || status.size > MAX_FILE_BYTES) return undefined;
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
