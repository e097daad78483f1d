import { z } from "zod";
import { UNKNOWN } from "../../../provider/settings/json";
import { SECRETS_KEY, TENANT_KEY } from "../../../provider/settings/keys";
import { secretsOf } from "../../../provider/settings/label";
import { oneLine } from "../../../provider/text/messageText";
import { jsonOf } from "../../jsonOf";
import { runPulumi } from "../../pulumi";
import { encryptedPaths, withoutSecrets } from "../../stateSecrets";
import type { Side } from "../side";
import { copilotSettingsIn, kindOfType, type OfficeResource, policiesOf } from "./resources";

const exported = z.looseObject({
  deployment: z
    .looseObject({
      resources: z
        .array(
          z.looseObject({
            type: z.string(),
            urn: z.string(),
            id: z.string().optional(),
            /** Waits to be deleted: another resource has taken its place. */
            delete: z.boolean().optional(),
            /** Read, not managed. */
            external: z.boolean().optional(),
            outputs: z.record(z.string(), z.unknown()).optional(),
          }),
        )
        .optional(),
    })
    .nullish(),
});

/** A stack, and how its state is read. */
export interface StackOptions {
  readonly name: string;
  /** Folder of the project. */
  readonly folder: string;
  readonly log: (line: string) => void;
  /** Ends the reading. @default never */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the state of a stack: the policies as the last update or refresh left them.
 *
 * Asks Pulumi's CLI, not its Automation API: that would decrypt all secrets (`--show-secrets`).
 *
 * @throws Error if the CLI is not there, is not logged in, or has no such stack; with its own words.
 */
export async function stackSide({ name, folder, log, signal }: StackOptions): Promise<Side> {
  log(`reading the state of the stack ${name} …`);
  const text = await runPulumi(["stack", "export", `--stack=${name}`], { folder, signal });
  return sideOfState(`stack ${oneLine(name)}`, text);
}

/**
 * The policies of an exported state.
 *
 * @throws Error if it is no state.
 */
export function sideOfState(title: string, text: string): Side {
  const { data } = exported.safeParse(jsonOf(text));
  if (data === undefined) throw new Error("`pulumi stack export` printed no state");
  const resources = (data.deployment?.resources ?? [])
    .filter((resource) => resource.delete !== true && resource.external !== true)
    .flatMap(({ type, urn, id, outputs = {} }): OfficeResource[] => {
      const kind = kindOfType(type);
      const name = urn.split("::").slice(3).join("::");
      return kind === undefined
        ? []
        : [{ kind, name, id, properties: withoutCiphertexts(outputs) }];
    });
  const tenants = new Set(resources.map(({ properties }) => properties[TENANT_KEY]));
  tenants.delete(undefined);
  const [tenantId] = tenants;
  return {
    title,
    ...(tenants.size === 1 && typeof tenantId === "string" && { tenantId }),
    policies: policiesOf(resources),
    copilotSettings: copilotSettingsIn(resources),
    left: [],
    notes: tenants.size > 1 ? [`its resources are in ${tenants.size} tenants`] : [],
  };
}

/** Outputs with unknown values in place of encrypted ones, which are listed as secrets. */
function withoutCiphertexts(outputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const secrets = [...secretsOf(outputs), ...encryptedPaths(outputs)];
  const known = withoutSecrets(outputs, UNKNOWN) as Record<string, unknown>;
  return { ...known, [SECRETS_KEY]: secrets };
}
