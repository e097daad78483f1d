/**
 * `Stack` resources of the Pulumi Kubernetes Operator (`pulumi.com/v1`), one for each stack of a fleet.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { stringify } from "yaml";
import { z } from "zod";
import { shownName } from "./resultWords";

/** A stack of the fleet, and what its configuration has in this fleet only. */
export interface KubernetesStack {
  readonly name: string;
  readonly overrides?: { readonly config: Readonly<Record<string, unknown>> } | undefined;
}

/** A key of a Kubernetes `Secret`. */
export interface SecretReference {
  /** Name of the `Secret`; `{stack}` in it is the name of the resource. */
  readonly name: string;
  readonly key: string;
}

/** Properties that all `Stack` resources of a fleet have. */
export interface KubernetesOptions {
  readonly project: string;
  /** Organization of the stacks in Pulumi Cloud; `organization` in a backend of one's own. */
  readonly organization: string;
  readonly repo: string;
  readonly branch: string;
  /** Folder of Pulumi.yaml in the repository. */
  readonly dir?: string | undefined;
  readonly namespace?: string | undefined;
  readonly backend?: string | undefined;
  readonly serviceAccount?: string | undefined;
  /** Variables that the stack's commands get from a `Secret`. */
  readonly secrets: ReadonlyMap<string, SecretReference>;
  /** Reads the tenant, and so reverts what was changed there, as often as this. */
  readonly everySeconds?: number | undefined;
  /** Whether it only previews. */
  readonly preview: boolean;
}

/**
 * Longest name. The operator makes names of a workspace and of pods from it, of which a label, with at most 63 characters, is
 * the shortest.
 */
const MAX_NAME = 40;

/**
 * The resources as YAML.
 *
 * @throws TypeError if a stack's configuration in fleet.yaml has an encrypted value: the operator could not decrypt it.
 */
export function stackResources(
  stacks: readonly KubernetesStack[],
  options: KubernetesOptions,
): string {
  return stacks.map((stack) => stringify(stackResource(stack, options))).join("---\n");
}

function stackResource(stack: KubernetesStack, options: KubernetesOptions): object {
  const name = resourceName(options.project, stack.name);
  const { namespace, dir, backend, serviceAccount, everySeconds, preview } = options;
  const config = plainConfig(stack);
  return {
    apiVersion: "pulumi.com/v1",
    kind: "Stack",
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      labels: { "app.kubernetes.io/part-of": labelValue(options.project) },
    },
    spec: {
      stack: qualifiedName(stack.name, options),
      projectRepo: options.repo,
      branch: options.branch,
      ...(dir !== undefined && { repoDir: dir }),
      ...(backend !== undefined && { backend }),
      ...(serviceAccount !== undefined && {
        serviceAccountName: serviceAccount,
        workspaceTemplate: {
          spec: {
            podTemplate: { metadata: { labels: { "azure.workload.identity/use": "true" } } },
          },
        },
      }),
      ...(options.secrets.size > 0 && { envRefs: environment(options.secrets, name) }),
      ...(Object.keys(config).length > 0 && { config }),
      ...(everySeconds !== undefined && {
        refresh: true,
        continueResyncOnCommitMatch: true,
        resyncFrequencySeconds: everySeconds,
      }),
      ...(preview && { preview }),
    },
  };
}

/** The operator's name of a stack. One that names its organization stays. */
function qualifiedName(stack: string, { project, organization }: KubernetesOptions): string {
  return stack.includes("/") ? stack : `${organization}/${project}/${stack}`;
}

function environment(secrets: ReadonlyMap<string, SecretReference>, resource: string): object {
  return Object.fromEntries(
    [...secrets].map(([variable, { name, key }]) => [
      variable,
      { type: "Secret", secret: { name: name.replaceAll("{stack}", resource), key } },
    ]),
  );
}

/** A name that Kubernetes takes. One that must differ from the stack's own has a hash of it, so that no two are the same. */
export function resourceName(project: string, stack: string): string {
  const whole = `${project}-${stack}`;
  const slug = labelSlug(whole);
  if (slug === whole && slug.length <= MAX_NAME) return slug;
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, 8);
  const short = slug.slice(0, MAX_NAME - hash.length - 1).replace(/-+$/, "");
  return short === "" ? `stack-${hash}` : `${short}-${hash}`;
}

/** Lower-case letters, digits and hyphens, beginning with a letter and ending with neither. */
function labelSlug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .replace(/-+$/, "");
}

function labelValue(text: string): string {
  return text
    .slice(0, 63)
    .replaceAll(/[^\w.-]/g, "-")
    .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");
}

function plainConfig({ name, overrides }: KubernetesStack): Readonly<Record<string, unknown>> {
  const config = overrides?.config ?? {};
  for (const [key, value] of Object.entries(config)) {
    if (!z.looseObject({ secure: z.string() }).safeParse(value).success) continue;
    throw new TypeError(
      `fleet.yaml has an encrypted ${key} for ${shownName(name)}, which the operator cannot decrypt: keep it in Pulumi.${name}.yaml, or in a Secret with --env`,
    );
  }
  return config;
}
