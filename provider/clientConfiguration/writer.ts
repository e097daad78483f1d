import { type GraphClient, paths } from "../graph";
import type { PlainObject } from "../payload/json";
import { groupsOf } from "./bodies";
import { sameGroups } from "./changes";
import type { ConfigurationReader } from "./reader";
import {
  assignmentsBody,
  type ConfigurationAnswer,
  PAYLOAD_NAMES,
  PAYLOADS,
  payloadBody,
} from "./wire";

/** Sends what a POST or PATCH of a client configuration may leave undone. */
export class ConfigurationWriter {
  constructor(
    private readonly graph: GraphClient,
    private readonly reader: ConfigurationReader,
  ) {}

  /** Puts payloads as streams where the service left them out of what a POST or PATCH made. */
  async ensurePayloads(made: ConfigurationAnswer, payloads: PlainObject): Promise<void> {
    for (const name of PAYLOAD_NAMES) {
      const wanted = payloads[name];
      if (wanted === undefined || made[PAYLOADS[name]] != null) continue;
      const text = payloadBody(wanted as PlainObject);
      const found = await this.reader.streamed(made.id, name);
      if (found !== undefined && payloadBody(found) === text) continue;
      await this.graph.put(
        paths[PAYLOADS[name]](made.id),
        Buffer.from(text, "base64"),
        this.reader.call(`Writing ${name} of`),
      );
    }
  }

  /** The API's page has groups in the POST; a service that ignored them gets them by `assign`. */
  async ensureGroups(created: ConfigurationAnswer, inputs: PlainObject): Promise<void> {
    const wanted = groupsOf(inputs);
    if (wanted === undefined || wanted.length === 0) return;
    if (!sameGroups(await this.reader.groups(created), wanted)) {
      await this.assign(created.id, wanted);
    }
  }

  /** Replaces all groups. */
  async assign(id: string, groups: readonly string[]): Promise<void> {
    await this.graph.post(
      paths.assign(id),
      { officeConfigurationAssignments: assignmentsBody(groups) },
      // It replaces the whole list, so sending it twice does what sending it once does.
      { ...this.reader.call("Assigning groups to"), safeToRepeat: true },
    );
  }
}
