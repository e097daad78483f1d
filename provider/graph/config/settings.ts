/**
 * Every setting of a session: its meaning and its allowed values. Its names are in `settingSources`.
 *
 * @module
 */
import { z } from "zod";
import { CLOUD_ALIASES, CLOUD_NAMES, cloudNamed } from "./clouds";
import { CREDENTIAL_KINDS } from "./sessionTypes";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TENANT_DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/** Whether a tenant is named by its GUID, not by one of its domains. */
export function isGuid(tenant: string | undefined): tenant is string {
  return tenant !== undefined && UUID.test(tenant);
}

const text = () => z.string();
const id = () => text().regex(UUID, "must be a GUID");

/** An origin: scheme, host and port, and nothing else that could be lost or leaked. */
function origin(isAllowed: (url: URL) => boolean, allowed: string) {
  return text().transform((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const isOrigin =
      url !== undefined &&
      url.username === "" &&
      url.password === "" &&
      url.pathname === "/" &&
      url.search === "" &&
      url.hash === "" &&
      isAllowed(url);
    if (isOrigin) return url.origin;
    context.issues.push({
      code: "custom",
      input: value,
      message: `must be ${allowed}, with host and port only: no path, query, user or password`,
    });
    return z.NEVER;
  });
}

/** A whole number within limits, written as text. */
function count(least: number, most: number, byDefault: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return text()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message)
    .default(byDefault);
}

/**
 * Whether a host is this machine: localhost, 127.0.0.0/8 or [::1]. Plain http is allowed only there.
 */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function isProtected({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

const AUDIT_WAIT = "must be a whole number from 0 to 600";

const cloudList = [...CLOUD_NAMES, ...Object.keys(CLOUD_ALIASES)].join(", ");

/** The settings as text, as Pulumi's config and the environment hold them. */
export const sessionSettings = z.strictObject({
  tenantId: text()
    .refine(
      (value) => UUID.test(value) || TENANT_DOMAIN.test(value),
      "must be a tenant's GUID or one of its domains",
    )
    .optional()
    .meta({ description: "Tenant to manage: its GUID, or one of its domains." }),
  clientId: id()
    .optional()
    .meta({ description: "Application (client) id of the app, or of a user-assigned identity." }),
  credential: z
    .enum(["auto", ...CREDENTIAL_KINDS], `must be one of auto, ${CREDENTIAL_KINDS.join(", ")}`)
    .default("auto")
    .meta({ description: "Kind of credential. `auto` picks it from what is set." }),
  clientSecret: text().optional().meta({ description: "Secret of the app." }),
  clientCertificatePath: text()
    .refine(
      (value) => !/\.(pfx|p12)$/i.test(value),
      "must be a PEM file: convert with `openssl pkcs12 -in app.pfx -out app.pem -nodes`",
    )
    .optional()
    .meta({ description: "PEM file with the app's certificate and its key." }),
  clientCertificatePassword: text()
    .optional()
    .meta({ description: "Password of the key in that file, if it has one." }),
  federatedTokenFile: text()
    .optional()
    .meta({ description: "File with an identity token to exchange; read anew for every token." }),
  federatedToken: text().optional().meta({ description: "Such an identity token itself." }),
  oidcRequestUrl: text()
    .refine(
      (value) => URL.canParse(value) && isProtected(new URL(value)),
      "must be an https URL, or an http URL of this machine",
    )
    .optional()
    .meta({ description: "Where the CI service hands out identity tokens." }),
  oidcRequestToken: text()
    .optional()
    .meta({ description: "What the CI service wants to see before it hands one out." }),
  azureServiceConnectionId: id()
    .optional()
    .meta({ description: "Service connection of Azure DevOps to get an identity token for." }),
  accessToken: text()
    .regex(/^[\x21-\x7e]+$/, "must be one word of printable ASCII characters")
    .optional()
    .meta({ description: "A token for Graph, used as it is; it cannot be renewed." }),
  cloud: text()
    .transform((value, context) => {
      const name = cloudNamed(value);
      if (name !== undefined) return name;
      const message = `must be one of ${cloudList}`;
      context.issues.push({ code: "custom", input: value, message });
      return z.NEVER;
    })
    .default("public")
    .meta({ description: "Cloud of the tenant: public (GCC too), usgov, usgovdod or china." }),
  endpoint: origin(isProtected, "an https URL, or an http URL of this machine")
    .optional()
    .meta({ description: "Origin of another Graph, such as the emulator; `/beta` is appended." }),
  authority: origin(({ protocol }) => protocol === "https:", "an https URL")
    .optional()
    .meta({ description: "Origin of another login than the cloud's." }),
  onTenantChange: z
    .enum(["refuse", "replace"], "must be refuse or replace")
    .default("refuse")
    .meta({
      description:
        "What becomes of resources that are recorded in another tenant: refused, or made anew.",
    }),
  takeOver: z.enum(["identical"], "must be identical, or not set").optional().meta({
    description:
      "`identical` takes over a policy with the wanted name that is identical in whole; without it, it is refused.",
  }),
  catalogue: text().optional().meta({
    description:
      "Catalogue of settings to check with: a path, relative to the folder of Pulumi.yaml. Default: office-settings.json there, if it exists.",
  }),
  catalogueCheck: z.enum(["error", "warn", "off"], "must be error, warn or off").optional().meta({
    description:
      "What becomes of settings that the catalogue does not allow: refused (`error`), told (`warn`), or not checked (`off`). Default: error.",
  }),
  auditLogWaitSeconds: text()
    .regex(/^\d{1,3}$/, AUDIT_WAIT)
    .transform(Number)
    .refine((value) => value <= 600, AUDIT_WAIT)
    .optional()
    .meta({
      description:
        "How long a run that finds drift waits for the tenant's audit log, in seconds, to say who made the changes. 0: it does not ask. Default: nor does it, and says so.",
    }),
  maxRetries: count(0, 100, 10).meta({ description: "How often a request is sent again at most." }),
  maxRequestsInFlight: count(1, 64, 8).meta({ description: "Requests in flight at most." }),
  requestTimeoutSeconds: count(1, 3600, 100).meta({
    description: "How long one attempt of a request may take, in seconds.",
  }),
  writeLimit: text()
    .regex(/^[1-9]\d{0,5}\/[1-9]\d{0,3}s$/, "must be a number of writes and of seconds: 100/20s")
    .transform((value) => {
      const [writes, seconds] = value.split("/");
      return { count: Number(writes), seconds: Number(seconds?.replace("s", "")) };
    })
    .optional()
    .meta({
      description:
        "How many writes the tenant takes in how long: writes keep to it from the first. Without it, they keep to 100/20s once Graph has refused one for too many requests.",
    }),
});

/** Name of a setting. */
export type SettingName = keyof typeof sessionSettings.shape;

/** The settings after they were checked. */
export type SessionSettings = z.output<typeof sessionSettings>;
