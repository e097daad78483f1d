/**
 * Everything that can be read. A file goes to the first reader that knows its content.
 *
 * @module
 */
import { deploymentToolReader } from "./deploymentTool";
import { administrativeTemplateReader } from "./intune/administrativeTemplate";
import { customProfileReader } from "./intune/customProfile";
import { settingsCatalogueReader } from "./intune/settingsCatalogue";
import type { FolderReader, SourceReader } from "./reader";
import { settingListReader } from "./settingList";

export const READERS: readonly SourceReader[] = [
  deploymentToolReader,
  settingsCatalogueReader,
  administrativeTemplateReader,
  customProfileReader,
  settingListReader,
];

export const FOLDER_READERS: readonly FolderReader[] = [];
