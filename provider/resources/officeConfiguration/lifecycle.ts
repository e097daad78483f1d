import { createHash } from "node:crypto";
import {
  bare,
  type OfficeConfigurationAnswer,
  patchBody,
  REPORT_NAMES,
  type ReportName,
  readOfficeConfiguration,
  sameReport,
} from "../../api/officeConfiguration";
import { paths } from "../../api/paths";
import { GraphAnswerError, OfficeConfigurationError } from "../../graph";
import { type Difference, valueDifferences } from "../../settings/differences";
import type { InputProblem } from "../../settings/inputProblem";
import { officeConfigurationProblems } from "../../settings/inputs/officeConfiguration";
import { canonicalJson, isPlainObject, type PlainObject, UNKNOWN } from "../../settings/json";
import { OFFICE_CONFIGURATION_ID, SECRETS_KEY, WRITTEN_KEY } from "../../settings/keys";
import type {
  ExclusiveUse,
  Lifecycle,
  LifecycleContext,
  ReadResult,
  ResourceState,
} from "../../update/lifecycle";

/**
 * The tenant's singleton: GET and PATCH, nothing else.
 *
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-officeconfiguration-update?view=graph-rest-beta
 */
export class OfficeConfigurationLifecycle implements Lifecycle {
  readonly noun = "officeConfiguration";

  label(): string {
    return "officeConfiguration";
  }

  problems({ [SECRETS_KEY]: _, ...inputs }: PlainObject): InputProblem[] {
    return officeConfigurationProblems(inputs);
  }

  exclusiveUses(): ExclusiveUse[] {
    const reason = (owner: string) =>
      `A tenant has one officeConfiguration, and the resource "${owner}" has it already: remove one of the two.`;
    return [{ key: OFFICE_CONFIGURATION_ID, path: [], reason }];
  }

  differences(olds: PlainObject, news: PlainObject): Difference[] {
    const include = { old: olds.includeCheckinStatuses, next: news.includeCheckinStatuses };
    const isSame = (include.old ?? false) === (include.next ?? false);
    return [
      ...changedReports(olds, news).map((name): Difference => {
        const isGiven = news[name] !== undefined;
        // The tenant's value changes by itself, so it does not say what the program gave before.
        const next = bare(news[name]);
        const given = rememberedIn(olds)[name] === undefined ? "add" : "update";
        const base = { path: [name], form: "report", isSecret: isSecret(news, name) } as const;
        return isGiven
          ? { ...base, kind: given, new: next }
          : { ...base, kind: "remove", becomes: "kept" };
      }),
      ...(isSame ? [] : valueDifferences("includeCheckinStatuses", "option", include)),
    ];
  }

  async create(context: LifecycleContext, inputs: PlainObject): Promise<ResourceState> {
    const given = givenReports(inputs);
    if (given.length > 0) await refuseAppAlone(context);
    const current = await this.#get(context);
    const differing = given.filter((name) => !sameReport(current[name], inputs[name]));
    const after = await this.#write(context, inputs, differing, current);
    return { id: OFFICE_CONFIGURATION_ID, outputs: outputsOf(after, inputs, writtenOf(inputs)) };
  }

  async read(
    context: LifecycleContext,
    _id: string,
    known: PlainObject,
  ): Promise<ReadResult | undefined> {
    return { outputs: outputsOf(await this.#get(context), known, rememberedIn(known)) };
  }

  async update(
    context: LifecycleContext,
    _id: string,
    olds: PlainObject,
    news: PlainObject,
  ): Promise<PlainObject> {
    const changed = changedReports(olds, news).filter((name) => news[name] !== undefined);
    if (changed.length > 0) await refuseAppAlone(context);
    const after = await this.#write(context, news, changed, undefined);
    return outputsOf(after, news, writtenOf(news));
  }

  delete({ log }: LifecycleContext): Promise<void> {
    log(`${this.label()}: the tenant keeps it as it is; only the resource is gone`);
    return Promise.resolve();
  }

  async #get({ graph }: LifecycleContext): Promise<OfficeConfigurationAnswer> {
    const call = { action: "Reading", subject: this.label() };
    const { body, requestId } = await graph.get(paths.officeConfiguration, call);
    const found = readOfficeConfiguration(body);
    if (found !== undefined) return found;
    throw new GraphAnswerError("is no officeConfiguration", {
      ...call,
      method: "GET",
      path: paths.officeConfiguration,
      ...(requestId !== undefined && { requestId }),
    });
  }

  /** Writes the named properties. @returns the singleton after that. */
  async #write(
    context: LifecycleContext,
    inputs: PlainObject,
    names: readonly ReportName[],
    current: OfficeConfigurationAnswer | undefined,
  ): Promise<OfficeConfigurationAnswer> {
    if (names.length === 0) return current ?? this.#get(context);
    const body = patchBody(Object.fromEntries(names.map((name) => [name, inputs[name]])));
    const call = { action: "Updating", subject: this.label() };
    const answer = await context.graph.patch(paths.officeConfiguration, body, call);
    return readOfficeConfiguration(answer.body) ?? this.#get(context);
  }
}

/** @throws OfficeConfigurationError if the token says that no user has signed in. */
async function refuseAppAlone({ graph }: LifecycleContext): Promise<void> {
  if ((await graph.caller()).kind !== "app") return;
  throw new OfficeConfigurationError(
    "officeConfiguration cannot be written by an app on its own, and the token is an app's. Nothing was " +
      'sent. PATCH /officeConfiguration takes delegated permissions only: Microsoft\'s page "Update officeConfiguration" ' +
      'has DeviceManagementConfiguration.ReadWrite.All for users, and "Not supported." for apps. Sign in as a user with ' +
      "officeConfiguration:credential deviceCode and an app registration of your own, or give a user's token " +
      "(officeConfiguration:accessToken). Or leave tenantUserCheckinSummary and " +
      "tenantCheckinStatuses out of the program: then the resource only reads, which an app may do.",
  );
}

/** The properties that the program writes. */
function givenReports(inputs: PlainObject): ReportName[] {
  return REPORT_NAMES.filter((name) => inputs[name] !== undefined);
}

/** The properties for which the program gives another value than at the last write. */
function changedReports(olds: PlainObject, news: PlainObject): ReportName[] {
  const before = rememberedIn(olds);
  // A refresh compares outputs with outputs: their reports are the tenant's, not the program's.
  const after = WRITTEN_KEY in news ? rememberedIn(news) : writtenOf(news);
  return REPORT_NAMES.filter((name) => before[name] !== after[name]);
}

/** Hashes of the program's last values, as the outputs keep them. */
function rememberedIn({ [WRITTEN_KEY]: written }: PlainObject): PlainObject {
  return isPlainObject(written) ? written : {};
}

function writtenOf(inputs: PlainObject): PlainObject {
  return Object.fromEntries(
    givenReports(inputs).map((name) => {
      const value = inputs[name] === UNKNOWN ? UNKNOWN : canonicalJson(bare(inputs[name]));
      return [name, createHash("sha256").update(value).digest("base64url")];
    }),
  );
}

function outputsOf(
  found: OfficeConfigurationAnswer,
  asked: PlainObject,
  written: PlainObject,
): PlainObject {
  const includes = asked.includeCheckinStatuses === true;
  return {
    tenantUserCheckinSummary: found.tenantUserCheckinSummary ?? null,
    ...(includes && { tenantCheckinStatuses: found.tenantCheckinStatuses ?? [] }),
    ...(found.id && { configurationId: found.id }),
    includeCheckinStatuses: asked.includeCheckinStatuses,
    [SECRETS_KEY]: asked[SECRETS_KEY],
    [WRITTEN_KEY]: written,
  };
}

function isSecret({ [SECRETS_KEY]: secrets }: PlainObject, name: string): boolean {
  if (!Array.isArray(secrets)) return false;
  return secrets.some((path) => path === name || String(path).startsWith(`${name}/`));
}
