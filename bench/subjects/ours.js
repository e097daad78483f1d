// This package, as a user has it.
const office = require("pulumi-office-configuration");

exports.policy = (name, { displayName, settings }) =>
  new office.WindowsOfficeClientConfiguration(name, { displayName, policies: settings });
