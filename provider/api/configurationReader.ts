import {
  GraphAnswerError,
  type GraphCallOptions,
  type GraphClient,
  OfficeConfigurationError,
} from "../graph";
import type { RequestFacts } from "../graph/errors/requestFacts";
import { PAYLOADS, type PayloadName } from "../settings/names";
import type { StoredPayload } from "../settings/stored";
import { storePayloadBytes } from "../settings/wire";
import {
  type ConfigurationAnswer,
  groupIdsOf,
  inlineBytes,
  readConfiguration,
  shortType,
} from "./configurationAnswer";
import { orGone } from "./orGone";
import { paths } from "./paths";
import { expandedAssignments, isSilentInList, type PayloadProperty } from "./silence";

/** Requirements on a policy that comes from a shared list. */
export interface Freshness {
  /** Greatest age of the list, in milliseconds. */
  readonly maxAgeMs: number;
  /** Payloads that the list must contain. */
  readonly needs: readonly PayloadProperty[];
}

/** Reads that several readers share, so that each object is requested once. */
export interface SharedReads {
  /** @returns undefined if the shared list does not say: then request the policy itself. */
  find(
    graph: GraphClient,
    wanted: Freshness & { readonly id: string },
    call: GraphCallOptions,
  ): Promise<ConfigurationAnswer | undefined>;
  /** Waits until the creations of the same moment have gathered. */
  creationsGathered(): Promise<void>;
}

/** Options of a {@link ConfigurationReader}. */
export interface ReaderOptions {
  /** The `@odata.type` that the object must have. @default any */
  readonly type?: string | undefined;
  /** Name of the policy in messages, masked if it is secret. @default `(unnamed)` */
  readonly label?: string;
  /** @default nothing is shared */
  readonly reads?: SharedReads | undefined;
}

/** Reads one client configuration, in every form that services use for its parts. */
export class ConfigurationReader {
  readonly #graph: GraphClient;
  readonly #reads: SharedReads | undefined;
  /** The `@odata.type` that the object must have; undefined if any will do. */
  readonly type: string | undefined;
  /** The name of the object, masked if it is secret. */
  readonly label: string;
  /** Name of the object in messages: `client configuration "Baseline"`. */
  readonly subject: string;

  constructor(graph: GraphClient, { type, label = "(unnamed)", reads }: ReaderOptions = {}) {
    this.#graph = graph;
    this.#reads = reads;
    this.type = type;
    this.label = label;
    this.subject = `client configuration "${label}"`;
  }

  /** The action and its object, for messages. */
  call(action: string): GraphCallOptions {
    return { action, subject: this.subject };
  }

  /**
   * The object, with its groups if the service expands them.
   *
   * @param freshness - Allows an answer from a shared list.
   * @param isInState - Whether a resource of the state already has the object.
   * @returns undefined if there is none.
   * @throws OfficeConfigurationError if the id belongs to an object of another type.
   */
  async find(
    id: string,
    freshness?: Freshness,
    isInState = true,
  ): Promise<ConfigurationAnswer | undefined> {
    const listed =
      freshness &&
      (await this.#reads?.find(this.#graph, { id, ...freshness }, this.call("Reading")));
    const found = listed ?? (await this.#get(id));
    if (found === undefined) return undefined;
    const type = found["@odata.type"];
    const { type: wanted } = this;
    if (wanted !== undefined && type != null && shortType(type) !== shortType(wanted)) {
      throw new OfficeConfigurationError(
        `${this.subject}: the id ${id} belongs to a ${shortType(type)}, and this resource is a ${shortType(wanted)}. Give the resource the class of the object${isInState ? ", or remove it from the state with `pulumi state delete`" : ""}.`,
      );
    }
    return found;
  }

  async #get(id: string): Promise<ConfigurationAnswer | undefined> {
    const path = `${paths.clientConfiguration(id)}?$expand=assignments`;
    const answer = await orGone(this.#graph.get(path, this.call("Reading")));
    if (answer === undefined) return undefined;
    const found = readConfiguration(answer.body);
    if (found === undefined)
      throw this.notUnderstood("Reading", "GET", path, { requestId: answer.requestId });
    return found;
  }

  /**
   * A policy from a list if the list has all that is needed; otherwise reads the policy itself.
   *
   * @returns undefined if it is gone.
   */
  async outOfList(
    listed: ConfigurationAnswer,
    names: readonly PayloadName[],
  ): Promise<ConfigurationAnswer | undefined> {
    const isSilent = names.some((name) => isSilentInList(listed, PAYLOADS[name]));
    return isSilent ? this.find(listed.id) : listed;
  }

  /** A payload: from the object's JSON if it is there, otherwise from its stream. */
  async payload(found: ConfigurationAnswer, name: PayloadName): Promise<StoredPayload | undefined> {
    const bytes = await this.payloadBytes(found, name);
    return bytes === undefined ? undefined : storePayloadBytes(bytes);
  }

  /** The bytes of a payload, exactly as the tenant holds them; undefined if there is none. */
  async payloadBytes(
    found: ConfigurationAnswer,
    name: PayloadName,
  ): Promise<Uint8Array | undefined> {
    const inline = found[PAYLOADS[name]];
    // null may mean that the payload is too large for the object's JSON.
    return inline == null ? this.streamed(found.id, name) : inlineBytes(inline);
  }

  /** The bytes of a payload from its stream; undefined if there are none. */
  async streamed(id: string, name: PayloadName): Promise<Uint8Array | undefined> {
    const bytes = await this.stream(id, name);
    return bytes === undefined || bytes.length === 0 ? undefined : bytes;
  }

  /** The bytes of a payload's stream, perhaps none; undefined if the service has no such stream. */
  async stream(id: string, name: PayloadName): Promise<Uint8Array | undefined> {
    const path = paths[PAYLOADS[name]](id);
    const call = this.call(`Reading ${name} of`);
    // Some services serve a stream under its property, others under `$value` of the property.
    return (
      (await this.#graph.getBytes(path, call)) ??
      (await this.#graph.getBytes(`${path}/$value`, call))
    );
  }

  /** The ids of the groups. @param expected - Groups that the policy should have. */
  async groups(found: ConfigurationAnswer, expected?: readonly string[]): Promise<string[]> {
    return groupIdsOf(await this.assignments(found, expected));
  }

  /** Waits for creations of the same moment, so that their requests share a batch. */
  async withOtherCreations(): Promise<void> {
    await this.#reads?.creationsGathered();
  }

  /** The assignments: from the object if all are expanded, otherwise by a separate request. */
  async assignments(
    found: ConfigurationAnswer,
    expected?: readonly string[],
  ): Promise<readonly unknown[]> {
    const call = this.call("Reading the groups of");
    return (
      expandedAssignments(found, expected) ??
      (await this.#graph.list(paths.assignments(found.id), call))
    );
  }

  /** The error for an answer that is no client configuration. */
  notUnderstood(
    action: string,
    method: string,
    path: string,
    { requestId, ...facts }: Pick<RequestFacts, "requestId" | "isAmbiguous"> = {},
  ): GraphAnswerError {
    const problem = "is no client configuration: it has no id, or a property of another type";
    return new GraphAnswerError(problem, {
      ...this.call(action),
      method,
      path,
      ...facts,
      ...(requestId !== undefined && { requestId }),
    });
  }
}
