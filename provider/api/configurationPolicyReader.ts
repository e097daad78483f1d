import { z } from "zod";
import {
  GraphAnswerError,
  type GraphCallOptions,
  type GraphClient,
  OfficeConfigurationError,
} from "../graph";
import type { RequestFacts } from "../graph/errors/requestFacts";
import { canonicalJson } from "../settings/json";
import { type PolicyAnswer, readPolicy, type TargetJson } from "./configurationPolicies";
import { orGone } from "./orGone";
import { paths } from "./paths";

/** A policy with its settings, and its targets if they were asked for. */
export interface WholePolicy extends Pick<PolicyAnswer, "id"> {
  readonly policy: PolicyAnswer;
  /** Instances at the top of the policy, in Graph's JSON. */
  readonly instances: readonly unknown[];
  readonly targets: readonly TargetJson[];
}

/** Number of times that a policy is read if its settings change between the pages. */
const MAX_LOOKS = 5;

/** Settings of a page: the service gives 25 unless it is asked for more. */
const SETTINGS_PER_PAGE = 1000;

const settingSchema = z.looseObject({
  settingInstance: z.looseObject({ settingDefinitionId: z.string().min(1) }),
});

const assignmentSchema = z.looseObject({ target: z.looseObject({ "@odata.type": z.string() }) });

/** Reads one policy of Intune's settings catalogue. */
export class ConfigurationPolicyReader {
  /** Name of the policy in messages: `Intune policy "Macros"`. */
  readonly subject: string;

  /** @param label - Name of the policy in messages, masked if it is secret. */
  constructor(
    private readonly graph: GraphClient,
    readonly label: string,
  ) {
    this.subject = `Intune policy "${label}"`;
  }

  /** The action and its object, for messages. */
  call(action: string): GraphCallOptions {
    return { action, subject: this.subject };
  }

  /**
   * The policy with all its settings. Ids of settings are places that move with each write, so a write between two pages
   * can hide a setting: the policy is read again until nothing is missing.
   *
   * @param withTargets - Whether to read the targets too.
   * @returns undefined if there is none.
   * @throws OfficeConfigurationError if the policy keeps changing.
   */
  async whole(id: string, withTargets: boolean): Promise<WholePolicy | undefined> {
    let before: string | undefined;
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      // All at once, so that the requests travel in one batch.
      const [policy, instances, targets] = await Promise.all([
        orGone(this.#policy(id)),
        orGone(this.#instances(id)),
        withTargets ? orGone(this.targets(id)) : [],
      ]);
      if (policy === undefined) return undefined;
      if (instances === undefined || targets === undefined) continue;
      const now = canonicalJson(instances.map((each) => canonicalJson(each)).sort());
      if (isWhole(policy, instances) || now === before) {
        return { id: policy.id, policy, instances, targets };
      }
      before = now;
    }
    throw this.#keptChanging(id);
  }

  /**
   * The policy without its targets, as it was a moment ago. Its pages are read one after the other, and nothing in Graph
   * refuses to write what was read too long ago: policies have no ETag. So the policy is looked at once more, and read
   * again if somebody has changed it meanwhile.
   *
   * @returns undefined if there is none.
   * @throws OfficeConfigurationError if the policy keeps changing.
   */
  async wholeNow(id: string): Promise<WholePolicy | undefined> {
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const found = await this.whole(id, false);
      if (found === undefined) return undefined;
      const now = await orGone(this.#policy(id));
      if (now !== undefined && versionOf(now) === versionOf(found.policy)) return found;
    }
    throw this.#keptChanging(id);
  }

  #keptChanging(id: string): OfficeConfigurationError {
    return new OfficeConfigurationError(
      `${this.subject} (${id}) kept changing while its settings were read. Nothing was changed. Run the command again when nobody edits it.`,
    );
  }

  async #policy(id: string): Promise<PolicyAnswer> {
    const path = paths.configurationPolicy(id);
    const { body, requestId } = await this.graph.get(path, this.call("Reading"));
    const policy = readPolicy(body);
    if (policy === undefined) throw this.notUnderstood("Reading", "GET", path, { requestId });
    return policy;
  }

  async #instances(id: string): Promise<unknown[]> {
    const path = `${paths.configurationPolicySettings(id)}?$top=${SETTINGS_PER_PAGE}`;
    const call = this.call("Reading the settings of");
    const items = await this.graph.list(path, call);
    return items.map((item) => {
      const instance = settingSchema.safeParse(item).data?.settingInstance;
      if (instance !== undefined) return instance;
      const problem = "holds a setting without an instance and the id of its definition";
      throw new GraphAnswerError(problem, { ...call, method: "GET", path });
    });
  }

  /** The targets of the policy's assignments. */
  async targets(id: string): Promise<TargetJson[]> {
    const path = paths.configurationPolicyAssignments(id);
    const call = this.call("Reading the assignments of");
    const items = await this.graph.list(path, call);
    return items.map((item) => {
      const target = assignmentSchema.safeParse(item).data?.target;
      if (target !== undefined) return target;
      throw new GraphAnswerError("holds an assignment without a target", {
        ...call,
        method: "GET",
        path,
      });
    });
  }

  /** The error for an answer that is no policy. */
  notUnderstood(
    action: string,
    method: string,
    path: string,
    {
      requestId,
      ...facts
    }: Pick<RequestFacts, "isAmbiguous"> & {
      readonly requestId: string | undefined;
    },
  ): GraphAnswerError {
    const problem = "is no policy: it has no id, or a property of another type";
    const ids = requestId === undefined ? {} : { requestId };
    return new GraphAnswerError(problem, { ...this.call(action), method, path, ...facts, ...ids });
  }
}

/** The version of a policy, as far as it tells one. */
function versionOf({ lastModifiedDateTime, settingCount }: PolicyAnswer): string {
  return `${lastModifiedDateTime ?? ""} ${settingCount ?? ""}`;
}

/** Whether no setting is missing or stands twice, as far as the policy tells how many it has. */
function isWhole({ settingCount }: PolicyAnswer, instances: readonly unknown[]): boolean {
  const ids = instances.map((each) =>
    settingSchema.shape.settingInstance.parse(each).settingDefinitionId.toLowerCase(),
  );
  return (settingCount ?? ids.length) === ids.length && new Set(ids).size === ids.length;
}
