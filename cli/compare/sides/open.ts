/**
 * Finds out which side an argument names, and reads it.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Catalogue } from "../../../provider/catalogue/catalogue";
import { oneLine } from "../../../provider/text/messageText";
import type { SessionOptions } from "../../session";
import type { Side, SideName } from "../side";
import { environmentOf } from "./environment";
import { intuneSide } from "./intune";
import { programSide } from "./program";
import { sourceSide } from "./source";
import { stackSide } from "./stack";
import { tenantSide } from "./tenant";

/** Forms of an argument, for messages. */
const FORMS =
  "tenant, tenant:<id>, intune, intune:<id>, stack:<name>, stack:<name>@<folder>, or a file or folder";

/** Says that a source cannot be read without a catalogue. */
export const NO_CATALOGUE =
  "files of settings and Intune's policies are read by a catalogue: give --catalogue office-settings.json, " +
  "which `office-configuration catalogue build --admx <folder>` makes";

/** An argument of the command. */
export type SideSpec =
  | { readonly kind: "tenant" | "intune"; readonly id?: string }
  | { readonly kind: "stack"; readonly name: string; readonly folder: string }
  | { readonly kind: "program" | "source"; readonly path: string };

/** Options that sides need. */
export interface SideOptions {
  readonly session: SessionOptions;
  /** Stack whose configuration a program gets; undefined: none. */
  readonly stack: string | undefined;
  /** Catalogue by which sources and Intune's policies are read, as it is needed. @throws TypeError if there is none. */
  readonly catalogue: () => Catalogue;
  /** Prints a line about what is done. */
  readonly log: (line: string) => void;
}

/**
 * Reads an argument.
 *
 * @throws TypeError if it has none of the forms, or names no file or folder.
 */
export function parseSide(text: string): SideSpec {
  if (text === "tenant" || text === "intune") return { kind: text };
  const [, kind, rest = ""] = /^(tenant|intune|stack):(.*)$/s.exec(text) ?? [];
  if (kind !== undefined && rest === "")
    throw notASide(text, `it names no ${kind === "stack" ? "stack" : "tenant"}`);
  if (kind === "tenant" || kind === "intune") return { kind, id: rest };
  if (kind === "stack") {
    // A name has no @.
    const [name = "", ...folder] = rest.split("@");
    if (name === "") throw notASide(text, "it names no stack");
    return { kind, name, folder: folder.join("@") || "." };
  }
  if (text === "" || !existsSync(text)) throw notASide(text, "there is no such file or folder");
  const isProgram = ["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(join(text, name)));
  return { kind: isProgram ? "program" : "source", path: text };
}

function notASide(text: string, why: string): TypeError {
  return new TypeError(`'${oneLine(text, 200)}': ${why}. A side is ${FORMS}`);
}

/** Reads a side. Nothing is written. */
export async function openSide(
  spec: SideSpec,
  side: SideName,
  options: SideOptions,
): Promise<Side> {
  const { log } = options;
  switch (spec.kind) {
    case "tenant":
    case "intune": {
      const session =
        spec.id === undefined ? options.session : { ...options.session, tenantId: spec.id };
      const tenant = { session, env: environmentOf(side, process.env), log };
      return spec.kind === "tenant"
        ? tenantSide(tenant)
        : intuneSide({ ...tenant, catalogue: options.catalogue() });
    }
    case "stack":
      return stackSide({ ...spec, log });
    case "program":
      return programSide({ path: spec.path, stack: options.stack, log });
    case "source":
      return sourceSide(spec.path, options.catalogue());
  }
}
