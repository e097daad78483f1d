/**
 * Everything that can be read. A file goes to the first reader that knows its content.
 *
 * @module
 */
import { deploymentToolReader } from "./deploymentTool";
import { gpoBackupReader, gpoFolderReader } from "./gpo/folders";
import { preferencesReader } from "./gpo/preferences";
import { gpoReportReader } from "./gpo/report";
import { rsopReader } from "./gpo/rsop";
import { administrativeTemplateReader } from "./intune/administrativeTemplate";
import { customProfileReader } from "./intune/customProfile";
import { settingsCatalogueReader } from "./intune/settingsCatalogue";
import type { FolderReader, SourceReader } from "./reader";
import { registryExportReader } from "./registry/export";
import { lgpoTextReader } from "./registry/lgpo";
import { registryPolReader } from "./registry/polReader";
import { settingListReader } from "./settingList";

export const READERS: readonly SourceReader[] = [
  registryPolReader,
  gpoReportReader,
  rsopReader,
  preferencesReader,
  registryExportReader,
  lgpoTextReader,
  deploymentToolReader,
  settingsCatalogueReader,
  administrativeTemplateReader,
  customProfileReader,
  settingListReader,
];

export const FOLDER_READERS: readonly FolderReader[] = [gpoBackupReader, gpoFolderReader];
