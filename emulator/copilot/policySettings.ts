import type { Context, Hono } from "hono";
import { z } from "zod";
import { CALLER_HEADER, type GraphObject, type Vocabulary } from "../graph/api";
import { readBody, strictBody } from "../graph/body";
import { GraphError, notFound } from "../graph/errors";
import { Query } from "../graph/query";
import { shown } from "../graph/shown";
import type { EmulatorMode } from "../modes";
import type { CopilotStore } from "./copilotStore";

const ITEM = "/beta/copilot/admin/policySettings/:id";

/** Names of this API, by its pages. */
export const VOCABULARY: Vocabulary = {
  properties: ["id", "value", "policyId", "@odata.type"],
  types: ["copilotPolicySetting"],
  actions: [],
  forms: { policyId: "id" },
};

const settingBody = {
  "@odata.type": z.string().optional(),
  id: z.string().optional(),
  value: z.string().nullable(),
  policyId: z.string().nullish(),
};

const strictSetting = strictBody(settingBody);
const laxSetting = z.object(settingBody);

interface SettingParts {
  readonly store: CopilotStore;
  readonly mode: EmulatorMode;
  readonly graphUrl: () => string;
}

/**
 * Copilot's settings, one by one: there is no list.
 *
 * @see https://learn.microsoft.com/microsoft-365/copilot/extensibility/api/admin-settings/resources/copilotpolicysetting
 */
export function policySettingRoutes(app: Hono, { store, mode, graphUrl }: SettingParts): void {
  const object = (id: string): GraphObject => ({
    "@odata.type": "#microsoft.graph.copilotPolicySetting",
    id,
    ...store.get(id),
  });
  const alone = (found: GraphObject) =>
    shown(found, { mode, forms: VOCABULARY.forms, place: { kind: "alone" } });

  app.get(ITEM, (c) => {
    const id = supported(c, store, mode);
    const selected = new Query(new URL(c.req.url), VOCABULARY).select(object(id));
    return c.json({
      "@odata.context": `${graphUrl()}/$metadata#copilot/admin/policySettings/$entity`,
      ...alone(selected),
    });
  });

  app.patch(ITEM, async (c) => {
    const id = supported(c, store, mode);
    const body = await readBody(c.req.raw, mode.strict ? strictSetting : laxSetting);
    const policyId = body.policyId ?? undefined;
    const policy = store.policies.find((each) => each.id.toLowerCase() === policyId?.toLowerCase());
    if (policyId !== undefined && policy === undefined) throw notFound(policyId);
    const changed = store.set(id, body.value, policy);
    const answer = { ...object(id), value: body.value, policyId: changed.id };
    return mode.successCodes === "docs"
      ? c.json(alone(answer))
      : new Response(null, { status: 204 });
  });
}

/** The setting that a request names. Throws Graph's error if the service does not give it. */
function supported(c: Context, store: CopilotStore, { copilotCallers }: EmulatorMode): string {
  if (copilotCallers === "users" && c.req.header(CALLER_HEADER) === "app") {
    throw new GraphError(403, "Forbidden", "Application permissions are not supported.");
  }
  const id = c.req.param("id") ?? "";
  if (!store.supported.has(id)) {
    throw refusal(404, "notFound", {
      inner: "unsupportedSetting",
      message: `The setting '${id}' is not supported. Only supported Copilot settings can be accessed through this endpoint.`,
    });
  }
  if (store.hasTooManyGroupPolicies) {
    throw refusal(502, "badGateway", {
      inner: "tooManyGroupPolicies",
      message:
        "The operation could not be completed because the number of group-level policies exceeds the supported limit.",
    });
  }
  if (store.groupScoped.has(id)) {
    throw refusal(422, "unprocessableEntity", {
      inner: "groupScopedSettingNotSupported",
      message: `The setting '${id}' is scoped to a group-level policy, which is not supported by this endpoint. Only tenant-level policy settings are supported.`,
    });
  }
  return id;
}

function refusal(
  status: 404 | 422 | 502,
  code: string,
  { message, inner }: { readonly message: string; readonly inner: string },
): GraphError {
  return new GraphError(status, code, message, {}, inner);
}
