import { z } from "zod";
import { assignmentBody } from "./policyBodies";
import type { NewPolicy, PolicyStore } from "./policyStore";
import { keptSettings, settingsBody } from "./settingInstances";

/**
 * A configuration policy that the emulator has from the start, in Graph's JSON: an exported policy will do. Only `name`
 * is required. Properties that only the service writes are left aside. Nothing is checked by definitions.
 */
export const seedPolicy = z.object({
  id: z.string().min(1).optional(),
  name: z.string().min(1),
  description: z.string().nullish(),
  platforms: z.string().optional(),
  technologies: z.string().optional(),
  roleScopeTagIds: z.array(z.string()).readonly().optional(),
  templateReference: z
    .object({
      templateId: z.string(),
      templateFamily: z.string().optional(),
      templateDisplayName: z.string().nullish(),
      templateDisplayVersion: z.string().nullish(),
    })
    .optional(),
  settings: settingsBody.optional(),
  assignments: z.array(assignmentBody).readonly().optional(),
});

/** A configuration policy that the emulator has from the start, in Graph's JSON. */
export type SeedPolicy = { readonly name: string } & Readonly<Record<string, unknown>>;

/** Adds policies to a tenant. Throws if one is not what it may be. */
export function seedPolicies(store: PolicyStore, policies: readonly SeedPolicy[]): void {
  for (const each of policies) store.insert(newPolicy(seedPolicy.parse(each)));
}

function newPolicy({
  settings = [],
  assignments = [],
  description = null,
  templateReference,
  ...rest
}: z.infer<typeof seedPolicy>): NewPolicy {
  const {
    templateId = "",
    templateFamily = "none",
    templateDisplayName = null,
    templateDisplayVersion = null,
  } = templateReference ?? {};
  const given = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  ) as typeof rest;
  return {
    ...given,
    description,
    templateReference: {
      templateId,
      templateFamily,
      templateDisplayName,
      templateDisplayVersion,
    },
    settings: keptSettings(settings),
    targets: assignments.map(({ target }) => target),
  };
}
