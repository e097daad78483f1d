/**
 * One list of settings, deployed by the road that the stack's configuration names.
 */
import * as pulumi from "@pulumi/pulumi";
import {
  IntuneOfficePolicy,
  WindowsOfficeClientSecurityConfiguration,
} from "pulumi-office-configuration";
import { settings } from "./settings";

const config = new pulumi.Config();

/** The group whose members get the settings: the id of a Microsoft Entra group. */
const assignments = [config.require("everyone")];

const description = "Macros from the internet are blocked";

/** A resource for each road, with the same settings for the same people. */
const roads = {
  cloudPolicy: () =>
    new WindowsOfficeClientSecurityConfiguration("macros", {
      displayName: "Macros",
      description,
      policies: settings,
      assignments,
    }),
  intune: () =>
    new IntuneOfficePolicy("macros", {
      name: "Macros",
      description,
      policies: settings,
      assignments,
    }),
};

const road = config.get("road");
if (road !== "cloudPolicy" && road !== "intune") {
  const found = road === undefined ? "is not set" : `is "${road}"`;
  throw new pulumi.RunError(
    `${pulumi.getProject()}:road ${found}, and must be cloudPolicy or intune. ` +
      "`npx office-configuration doctor` says which of them your tenant has; " +
      "then run `pulumi config set road cloudPolicy` or `pulumi config set road intune`.",
  );
}

/** The policy's id in the tenant, and the road that it is on. */
export const policyId = roads[road]().id;
export { road };
