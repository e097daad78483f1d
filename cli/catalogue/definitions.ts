import { CATALOGUE_FILE, type Catalogue, DEFINE_ADVICE } from "../../provider/catalogue/catalogue";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { IntuneSettings } from "../../provider/intune/intuneSettings";

/** A catalogue that a command was given. */
interface GivenCatalogue {
  /** Undefined if there is none. */
  readonly catalogue?: Catalogue | undefined;
  /** Path of its file. */
  readonly from?: string | undefined;
}

/**
 * The settings of a catalogue, by Intune's definitions.
 *
 * @param command - Command that needs them, as a message calls it: `export --intune`.
 * @param out - Folder where a catalogue was looked for.
 * @throws TypeError without a catalogue, or if it has no definitions, with the commands that make them.
 */
export function requireDefinitions(
  { catalogue, from }: GivenCatalogue,
  command: string,
  out: string,
): IntuneSettings {
  const settings =
    catalogue === undefined ? undefined : new IntuneSettings(new KnownSettings(catalogue));
  if (settings?.hasDefinitions === true) return settings;
  const why =
    from === undefined
      ? `there is no ${CATALOGUE_FILE} in ${out} or here, and --catalogue names none`
      : `${from} has none`;
  throw new TypeError(
    `${command} needs a catalogue with Intune's definitions: ${why}. ${DEFINE_ADVICE}`,
  );
}
