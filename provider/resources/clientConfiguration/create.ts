/**
 * The creation of a client configuration: its POST, and the facts by which its policy is recognized.
 *
 * @module
 */
import { type ConfigurationAnswer, readConfiguration } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { paths } from "../../api/paths";
import type { PlainObject } from "../../settings/json";
import type { Creation } from "../../update/creation/creation";
import type { LifecycleContext } from "../../update/lifecycle";
import { createBody } from "./bodies";
import { freshListing, sharedListing } from "./listing";
import { nameTaken } from "./refusals";
import { createdContents, foundContents, isWhatIsCreated, nameText } from "./whole";

/** A policy to create. */
export interface NewPolicy {
  readonly inputs: PlainObject;
  readonly reader: ConfigurationReader;
  readonly type: string;
  readonly isPreview?: boolean;
}

/** The creation of a policy. */
export function creationOf(
  context: LifecycleContext,
  { inputs, reader, type, isPreview = false }: NewPolicy,
): Creation<ConfigurationAnswer> {
  const path = paths.clientConfigurations;
  return {
    subject: reader.subject,
    displayName: inputs.displayName,
    name: nameText(type, inputs.displayName),
    allowsDuplicates: inputs.allowDuplicateName === true,
    isPreview,
    nameOf: (found) => nameText(found["@odata.type"] ?? type, found.displayName),
    sharedListing: () => sharedListing(context, reader),
    freshListing: () => freshListing(context, reader),
    find: (id) => reader.find(id),
    contents: () => createdContents(inputs),
    contentsOf: (found) => foundContents(reader, found, inputs),
    isWhatIsCreated: (found) => isWhatIsCreated(reader, found, inputs),
    post: async () => {
      const call = reader.call("Creating");
      const { body, requestId } = await context.graph.post(path, createBody(type, inputs), call);
      return { created: readConfiguration(body), requestId };
    },
    notUnderstood: (requestId) =>
      reader.notUnderstood("Creating", "POST", path, { requestId, isAmbiguous: true }),
    nameTaken: (others) => nameTaken(context, reader, { inputs, others }),
  };
}
