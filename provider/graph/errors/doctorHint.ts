import { OfficeConfigurationError } from "./officeConfigurationError";

const HINT =
  "`npx office-configuration doctor` shows what this tenant serves and what the sign-in may do there (docs/doctor.md).";

/** A sentence that names the doctor after an error that it explains further; undefined after other errors. */
export function doctorHint(error: unknown): string | undefined {
  const helps = OfficeConfigurationError.isInstance(error) && error.failureKind !== undefined;
  return helps ? HINT : undefined;
}
