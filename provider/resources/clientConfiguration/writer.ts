import {
  assignmentsBody,
  type ConfigurationAnswer,
  payloadBody,
} from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { paths } from "../../api/paths";
import { expandedAssignments } from "../../api/silence";
import type { GraphClient } from "../../graph";
import { sameGroups } from "../../settings/differences";
import type { PlainObject } from "../../settings/json";
import { PAYLOAD_NAMES, PAYLOADS, type PayloadName } from "../../settings/names";
import { storePayloadBytes } from "../../settings/wire";
import { groupsOf } from "./bodies";

/** Completes a client configuration after a POST or PATCH: sends the parts that the service has ignored. */
export class ConfigurationWriter {
  constructor(
    private readonly graph: GraphClient,
    private readonly reader: ConfigurationReader,
  ) {}

  /** Writes payloads as streams if the service left them out after a POST or PATCH. */
  async ensurePayloads(made: ConfigurationAnswer, payloads: PlainObject): Promise<void> {
    for (const name of PAYLOAD_NAMES) {
      const wanted = payloads[name];
      if (wanted === undefined) continue;
      const text = payloadBody(wanted as PlainObject);
      // A service may spell the JSON in its own way.
      const isSame = (found: Uint8Array) => payloadBody(storePayloadBytes(found)) === text;
      await this.ensureBytes(made, name, { bytes: Buffer.from(text, "base64"), isSame });
    }
  }

  /** Writes a payload as a stream if it is neither in the service's answer nor in its stream. */
  async ensureBytes(
    made: ConfigurationAnswer,
    name: PayloadName,
    { bytes, isSame }: { bytes: Uint8Array; isSame: (found: Uint8Array) => boolean },
  ): Promise<void> {
    if (made[PAYLOADS[name]] != null) return;
    const found = await this.reader.streamed(made.id, name);
    if (found !== undefined && isSame(found)) return;
    const path = paths[PAYLOADS[name]](made.id);
    await this.graph.put(path, bytes, this.reader.call(`Writing ${name} of`));
  }

  /** The API's page has groups in the POST. If the service ignored them, this sends them by `assign`. */
  async ensureGroups(created: ConfigurationAnswer, inputs: PlainObject): Promise<void> {
    const wanted = groupsOf(inputs);
    if (wanted === undefined || wanted.length === 0) return;
    if (expandedAssignments(created, wanted) === undefined) await this.reader.withOtherCreations();
    if (!sameGroups(await this.reader.groups(created, wanted), wanted)) {
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
