import type { CatalogueSetting, IntuneForm, SettingKind } from "../catalogue/catalogue";

/** Forms that definitions have by the kind of their setting. */
const FORMS: Readonly<Record<SettingKind, IntuneForm>> = {
  toggle: "choice",
  policy: "choice",
  boolean: "choice",
  enum: "choice",
  unknown: "choice",
  decimal: "integer",
  text: "string",
  multiText: "texts",
  list: "texts",
};

/** The form of a setting's value in Intune. */
export function formOf({ kind, intune }: Pick<CatalogueSetting, "kind" | "intune">): IntuneForm {
  return intune?.form ?? FORMS[kind];
}

/** A setting without a form that its kind implies. */
export function withoutImpliedForm(setting: CatalogueSetting): CatalogueSetting {
  const { kind, intune } = setting;
  if (intune?.form !== FORMS[kind]) return setting;
  const { form: _, ...rest } = intune;
  return { ...setting, intune: rest };
}
