/**
 * The properties of a resource as the engine hands them over.
 *
 * @module
 */
import { isPlainObject, type PlainObject } from "../payload/json";
import { PROVIDER_KEY, type ProgramRun, RUN_KEY } from "./providerText";

/** The inputs or outputs without what belongs to the engine's side of a dynamic provider. */
export function managed(properties: PlainObject | undefined): PlainObject {
  const { [PROVIDER_KEY]: _, [RUN_KEY]: __, ...rest } = properties ?? {};
  return rest;
}

/** What the resource class tells of its run; undefined where no such class made the inputs. */
export function runOf({ [RUN_KEY]: run }: PlainObject): ProgramRun | undefined {
  return isPlainObject(run) ? (run as unknown as ProgramRun) : undefined;
}
