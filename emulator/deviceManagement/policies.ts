import type { GraphObject } from "../graph/api";
import { GraphError, IntuneError } from "../graph/errors";
import { expandedCollection } from "../graph/pages";
import { Query } from "../graph/query";
import { type Place, shown } from "../graph/shown";
import { countRead, isNamed } from "../graph/stored";
import type { EmulatorMode } from "../modes";
import { assignmentObject, refuseWrongTargets } from "./assignments";
import type { PolicyBody } from "./policyBodies";
import type { PolicyStore, PolicyTarget, StoredPolicy } from "./policyStore";
import type { SettingCheck } from "./settingCheck";
import { definitionIdsOf, keptSettings } from "./settingInstances";
import { POLICY_VOCABULARY } from "./vocabulary";

interface PolicyParts {
  readonly store: PolicyStore;
  readonly check: () => SettingCheck;
  readonly mode: EmulatorMode;
  readonly graphUrl: () => string;
}

/** The rules of configuration policies, on top of the store. */
export class Policies {
  readonly store: PolicyStore;
  readonly mode: EmulatorMode;
  readonly graphUrl: () => string;
  readonly #check: () => SettingCheck;

  constructor({ store, check, mode, graphUrl }: PolicyParts) {
    this.store = store;
    this.mode = mode;
    this.graphUrl = graphUrl;
    this.#check = check;
  }

  /** The policy, or Graph's 404; a new one may not be visible yet. */
  find(id: string): StoredPolicy {
    const found = this.store.get(id);
    if (found === undefined || !isNamed(id, found.id, this.mode) || !countRead(found)) {
      throw new IntuneError(404, "ResourceNotFound", `Resource '${id}' does not exist.`);
    }
    return found;
  }

  /** The visible policies. A list counts as a read of each. */
  visible(): StoredPolicy[] {
    return this.store.list().filter(countRead);
  }

  create(body: PolicyBody): StoredPolicy {
    const templateReference = templateOf(body);
    const values = this.#whole(body, templateReference.templateId);
    return this.store.insert({
      ...values,
      templateReference,
      hiddenReads: this.mode.visibleAfterReads,
    });
  }

  /** Replaces all that a body can say. Groups stay, since no body can say them. */
  replace({ id, templateReference: { templateId } }: StoredPolicy, body: PolicyBody): void {
    if (templateOf(body).templateId !== templateId) {
      throw new IntuneError(400, "BadRequest", "The template of a policy cannot change.");
    }
    this.store.patch(id, this.#whole(body, templateId));
  }

  /** Changes what a PATCH can change. The rest of the body is left aside. */
  update({ id }: StoredPolicy, body: PolicyBody): void {
    for (const name of ["settings", "assignments"] as const) {
      if (body[name] !== undefined) throw cannotPatch(name);
    }
    const { name, description, roleScopeTagIds } = body;
    this.store.patch(id, {
      ...(name !== undefined && { name: nameOf(body) }),
      ...(description !== undefined && { description }),
      ...(roleScopeTagIds != null && { roleScopeTagIds }),
    });
  }

  /** Replaces all targets. */
  assign({ id }: StoredPolicy, targets: readonly PolicyTarget[]): void {
    refuseWrongTargets(targets);
    this.store.patch(id, { targets });
  }

  #whole(body: PolicyBody, templateId: string) {
    const name = nameOf(body);
    const settings = body.settings ?? [];
    this.#check().refuseWrong(
      settings.map(({ settingInstance }) => settingInstance),
      templateId !== "",
    );
    return {
      name,
      description: body.description ?? null,
      platforms: body.platforms ?? "none",
      technologies: body.technologies ?? "none",
      roleScopeTagIds: body.roleScopeTagIds ?? ["0"],
      settings: keptSettings(settings),
    };
  }

  /** A policy in Graph's JSON, with the collections that the query expands. */
  json(policy: StoredPolicy, query?: Query): GraphObject {
    const link = (name: string) => ({ link: `${this.#path(policy)}/${name}` });
    const { settings, targets, hiddenReads: _, version, ...properties } = policy;
    return {
      "@odata.type": "#microsoft.graph.deviceManagementConfigurationPolicy",
      ...properties,
      creationSource: null,
      settingCount: settings.length,
      isAssigned: targets.length > 0,
      disableEntraGroupPolicyAssignment: false,
      priorityMetaData: null,
      ...(query?.expands("settings") &&
        expandedCollection("settings", this.settings(policy), this.mode, link("settings"))),
      ...(query?.expands("assignments") &&
        expandedCollection(
          "assignments",
          this.assignments(policy),
          this.mode,
          link("assignments"),
        )),
    };
  }

  assignments(policy: StoredPolicy): GraphObject[] {
    return policy.targets.map((target) => assignmentObject(policy, target));
  }

  /**
   * The settings in Graph's JSON. Their ids are their places, which change with each write in mode `settingOrder`.
   *
   * @param withDefinitions - Whether each has the definitions that it uses.
   */
  settings({ settings, version }: StoredPolicy, withDefinitions = false): GraphObject[] {
    const first =
      this.mode.settingOrder === "moves" && settings.length > 0 ? version % settings.length : 0;
    return [...settings.slice(first), ...settings.slice(0, first)].map((instance, place) => ({
      id: String(place),
      settingInstance: instance,
      ...(withDefinitions && {
        settingDefinitions: definitionIdsOf(instance).flatMap(
          (id) => this.#check().definition(id) ?? [],
        ),
      }),
    }));
  }

  /** An object in an answer of its own, or in a list. */
  shown(object: GraphObject, place: Place): GraphObject {
    return shown(object, { mode: this.mode, forms: POLICY_VOCABULARY.forms, place });
  }

  /** The query options of a request. */
  query(url: string): Query {
    return new Query(new URL(url), POLICY_VOCABULARY);
  }

  #path({ id }: StoredPolicy): string {
    return `${this.graphUrl()}/deviceManagement/configurationPolicies('${id}')`;
  }
}

function nameOf({ name }: PolicyBody): string {
  if (name != null && name.trim() !== "") return name;
  throw new IntuneError(400, "BadRequest", "The name of a policy is required.");
}

function templateOf({ templateReference }: PolicyBody) {
  const { templateId, templateFamily, templateDisplayName, templateDisplayVersion } =
    templateReference ?? {};
  return {
    templateId: templateId ?? "",
    templateFamily: templateFamily ?? "none",
    templateDisplayName: templateDisplayName ?? null,
    templateDisplayVersion: templateDisplayVersion ?? null,
  };
}

function cannotPatch(name: string): GraphError {
  const type = "microsoft.management.services.api.deviceManagementConfigurationPolicy";
  return new GraphError(
    400,
    "ModelValidationFailure",
    `Cannot apply PATCH to navigation property '${name}' on entity type '${type}'.`,
  );
}
