// Pulumi runs this folder as a policy pack: pulumi preview --policy-pack node_modules/pulumi-office-configuration/policy-pack
require("../dist/policy/pack.js");
