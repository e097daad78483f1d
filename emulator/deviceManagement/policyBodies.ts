/**
 * The emulator's own rules for bodies of configuration policies. The names and types of the properties are from the
 * API's pages.
 *
 * @module
 */
import { z } from "zod";
import { int32, strictBody } from "../graph/body";
import { settingsBody } from "./settingInstances";

const templateReference = z.looseObject({
  templateId: z.string().nullish(),
  templateFamily: z.string().nullish(),
  templateDisplayName: z.string().nullish(),
  templateDisplayVersion: z.string().nullish(),
});

const target = z.looseObject({
  "@odata.type": z.string(),
  groupId: z.string().nullish(),
  deviceAndAppManagementAssignmentFilterId: z.string().nullish(),
  deviceAndAppManagementAssignmentFilterType: z.enum(["none", "include", "exclude"]).nullish(),
});

/** An assignment in a body. */
export const assignmentBody = z.looseObject({ target });

const shape = {
  "@odata.type": z.string().optional(),
  id: z.string().nullish(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  platforms: z.string().nullish(),
  technologies: z.string().nullish(),
  roleScopeTagIds: z.array(z.string()).nullish(),
  templateReference: templateReference.nullish(),
  settings: settingsBody.nullish(),
  assignments: z.array(z.unknown()).nullish(),
  // Written by the service only: accepted and left aside.
  createdDateTime: z.string().nullish(),
  lastModifiedDateTime: z.string().nullish(),
  settingCount: int32.nullish(),
  creationSource: z.string().nullish(),
  isAssigned: z.boolean().nullish(),
  disableEntraGroupPolicyAssignment: z.boolean().nullish(),
  priorityMetaData: z.looseObject({}).nullish(),
};

/** A policy in a body; unknown properties are refused. */
export const strictPolicy = strictBody(shape);

/** A policy in a body; unknown properties are ignored. */
export const laxPolicy = z.object(shape);

/** A policy, as parsed from a body. */
export type PolicyBody = z.infer<typeof laxPolicy>;

/** The body of `assign`. */
export const assignBody = z.looseObject({ assignments: z.array(assignmentBody) });
