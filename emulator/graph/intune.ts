/**
 * Refusals that Intune's services have in common.
 *
 * @module
 */
import type { Access } from "./access";
import { GraphError, IntuneError } from "./errors";

/** The permissions of Intune's configuration, and its refusals. */
export const INTUNE_ACCESS: Pick<Access, "permissions" | "unlicensed" | "forbidden"> = {
  permissions: {
    read: ["DeviceManagementConfiguration.Read.All", "DeviceManagementConfiguration.ReadWrite.All"],
    write: ["DeviceManagementConfiguration.ReadWrite.All"],
  },
  unlicensed: () => new GraphError(400, "BadRequest", "Request not applicable to target tenant."),
  forbidden: (needed) =>
    new IntuneError(
      403,
      "Forbidden",
      `Application is not authorized to perform this operation. Application must have one of the following scopes: ${needed.join(", ")}`,
    ),
};
