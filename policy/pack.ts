/**
 * The policy pack that the folder policy-pack/ runs.
 *
 * @module
 */
import "../provider/text/requireNode";
import { RunError } from "@pulumi/pulumi";
import { officeRules } from "./officeRules";

/** `@pulumi/policy`, which only projects with a policy pack install. */
function policySdk(): typeof import("@pulumi/policy") {
  try {
    return require("@pulumi/policy") as typeof import("@pulumi/policy");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    // Without a stack trace, which would say nothing.
    throw new RunError(
      "The policy pack needs @pulumi/policy beside pulumi-office-configuration: npm install --save-dev @pulumi/policy",
    );
  }
}

const { PolicyPack } = policySdk();

new PolicyPack("office-configuration", {
  description: "Rules for policies of Microsoft 365 Apps",
  policies: officeRules(),
});
