/**
 * Microsoft's apps that sign a developer in. Microsoft chooses their permissions of Graph, and a tenant's administrator
 * cannot add one (AADSTS65002).
 *
 * @see https://github.com/Azure/azure-cli/issues/22775
 * @module
 */
import { grantsOf } from "./caller";

const MICROSOFTS_APPS: ReadonlyMap<string, string> = new Map([
  ["04b07795-8ddb-461a-bbee-02f9e1bf7b46", "the Azure CLI's own app"],
  ["1950a258-227b-4e31-a9cf-717495945fc2", "Azure PowerShell's own app"],
]);

/** The app that asked for a token, if it is one of Microsoft's, and what the token permits. */
export interface MicrosoftsApp {
  readonly name: string;
  readonly permissions: readonly string[];
}

/** Name of an app if it is one of Microsoft's. */
export function microsoftsApp(clientId: string | undefined): string | undefined {
  return MICROSOFTS_APPS.get(clientId ?? "");
}

/** The app of Microsoft's that asked for a token; undefined for any other. */
export function microsoftsAppOf(token: string): MicrosoftsApp | undefined {
  const { clientId, permissions = [] } = grantsOf(token);
  const name = microsoftsApp(clientId);
  return name === undefined ? undefined : { name, permissions };
}
