/**
 * The permissions of Graph that each API needs.
 *
 * @see https://learn.microsoft.com/graph/permissions-reference
 * @module
 */

/** Permissions of an API. */
export interface ApiPermissions {
  /** The permission for reading and writing; undefined if this package only reads there. */
  readonly write?: string;
  /** The permission with the fewest rights that can read. */
  readonly read: string;
  /** Kinds of sign-in that Microsoft documents the permission for. */
  readonly documentedFor: "appsAndUsers" | "users";
  /** Whether the API answers only in a tenant with an active Intune license. */
  readonly needsIntune: boolean;
}

const DEVICE_MANAGEMENT: ApiPermissions = {
  write: "DeviceManagementConfiguration.ReadWrite.All",
  read: "DeviceManagementConfiguration.Read.All",
  documentedFor: "appsAndUsers",
  needsIntune: true,
};

/** APIs by the beginning of their paths. */
const BY_PATH: readonly (readonly [string, ApiPermissions])[] = [
  [
    "/copilot/",
    {
      write: "CopilotPolicySettings.ReadWrite",
      read: "CopilotPolicySettings.Read",
      documentedFor: "users",
      needsIntune: false,
    },
  ],
  [
    "/v1.0/security/auditLog",
    {
      read: "AuditLogsQuery.Read.All",
      documentedFor: "appsAndUsers",
      needsIntune: false,
    },
  ],
  [
    "/groups",
    {
      read: "GroupMember.Read.All",
      documentedFor: "appsAndUsers",
      needsIntune: false,
    },
  ],
];

/** Permissions for a path from the root of the API version. */
export function permissionsFor(path: string): ApiPermissions {
  return BY_PATH.find(([start]) => path.startsWith(start))?.[1] ?? DEVICE_MANAGEMENT;
}

/**
 * Advice for a sign-in by an app of Microsoft's, which nobody can grant the permission that a request lacks.
 *
 * @param app - The app's name.
 */
export function ownAppAdvice(path: string, app: string): string {
  const { write, read, documentedFor } = permissionsFor(path);
  const asUser =
    documentedFor === "users"
      ? " Then sign in as a user (officeConfiguration:credential deviceCode)."
      : "";
  return (
    `The token is from ${app}, and nobody can add ${write ?? read} to its permissions. Sign in with an app registration ` +
    `of your own: docs/first-tenant.md, step 1.${asUser}`
  );
}

/**
 * Advice to grant the permission that a request lacks.
 *
 * @param caller - The kind of the sign-in, if it is known: a user is not told to sign in as one.
 */
export function grantAdvice(path: string, caller?: "app" | "user"): string {
  const { write, read, documentedFor, needsIntune } = permissionsFor(path);
  const permission = write === undefined ? read : `${write} (reading needs ${read})`;
  const later = "A new grant takes some minutes; then run it again.";
  if (documentedFor === "users" && caller === "user") {
    return `Grant the app the delegated Graph permission ${permission} with admin consent. ${later}`;
  }
  if (documentedFor === "users") {
    return (
      `Grant the app the delegated Graph permission ${permission} with admin consent, and sign in as a user: Microsoft ` +
      `documents it for users only. ${later}`
    );
  }
  const license = needsIntune ? ", and check that the tenant has an active Intune license" : "";
  return `Grant the app the Graph permission ${permission} with admin consent${license}. ${later}`;
}
