import { strict as assert } from "node:assert";
import { mock } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import {
  isEnvironmentUncertain,
  programEnvironment,
  withEnvironment,
} from "../../provider/program/environment";
import { programSession } from "../../provider/program/lookups/run/session";

const OWN = "PULUMI_NODEJS_MONITOR";

describe("the environment of a program", () => {
  const config = pulumi.runtime.allConfig();
  const { [OWN]: own } = process.env;

  afterEach(() => {
    mock.restoreAll();
    pulumi.runtime.setAllConfig(config);
    if (own === undefined) delete process.env[OWN];
    else process.env[OWN] = own;
  });

  /** Lets the program speak to an engine, which `pulumi` has started it for or not. */
  function engineAt(target: string | undefined, started?: string): void {
    mock.restoreAll();
    const channel = { getTarget: () => target };
    const monitor = target === undefined ? {} : { getChannel: () => channel };
    mock.method(pulumi.runtime, "getMonitor", () => monitor);
    if (started === undefined) delete process.env[OWN];
    else process.env[OWN] = started;
  }

  it("has the variables of the workspace, before those of the process", () => {
    const seen = withEnvironment({ PATH: "other", A: "1" }, programEnvironment)();
    assert.deepEqual(seen, { ...process.env, PATH: "other", A: "1" });
    assert.deepEqual(programEnvironment(), { ...process.env });
  });

  it("is that of the moment at which the program begins", () => {
    const variables = { A: "1" };
    const program = withEnvironment(variables, () => {
      variables.A = "2";
      return programEnvironment().A;
    });
    assert.equal(program(), "1");
    assert.equal(withEnvironment({}, () => 7)(), 7);
  });

  it("is certain where pulumi started the program, or no engine runs it", () => {
    engineAt("dns:127.0.0.1:1234", "127.0.0.1:1234");
    assert.equal(isEnvironmentUncertain(), false);
    engineAt(undefined);
    assert.equal(isEnvironmentUncertain(), false);
    mock.restoreAll();
    mock.method(pulumi.runtime, "getMonitor", () => undefined);
    assert.equal(isEnvironmentUncertain(), false);
  });

  it("is uncertain in an inline program, until that says which variables its workspace has", () => {
    for (const started of [undefined, "127.0.0.1:9"]) {
      engineAt("dns:127.0.0.1:1234", started);
      assert.equal(isEnvironmentUncertain(), true);
      assert.equal(withEnvironment({}, isEnvironmentUncertain)(), false);
    }
  });

  const ENDPOINT = { "officeConfiguration:endpoint": "http://127.0.0.1:1" };
  const TOKEN = { "officeConfiguration:accessToken": "a" };

  it("is asked for by a lookup of an inline program whose configuration lacks endpoint or credential", () => {
    engineAt("dns:127.0.0.1:1234");
    const wrong = { "officeConfiguration:cloud": "nowhere" };
    for (const some of [{}, ENDPOINT, TOKEN, wrong] as Record<string, string>[]) {
      pulumi.runtime.setAllConfig(some, Object.keys(TOKEN));
      assert.throws(programSession, {
        name: "OfficeConfigurationError",
        message:
          "An inline program does not see the envVars of its workspace, so this lookup could ask another tenant than the resources. " +
          "Give the Automation API `program: withEnvironment(envVars, program)` of pulumi-office-configuration, " +
          "with the envVars of the workspace ({} if it has none). See docs/automation.md.",
      });
    }
  });

  it("is not asked for where the configuration has both, or the program says what it is", () => {
    engineAt("dns:127.0.0.1:1234");
    pulumi.runtime.setAllConfig({ ...ENDPOINT, ...TOKEN }, Object.keys(TOKEN));
    assert.equal(programSession().config.endpoint, "http://127.0.0.1:1");
    pulumi.runtime.setAllConfig(TOKEN, Object.keys(TOKEN));
    const variables = { OFFICE_CONFIGURATION_ENDPOINT: "http://127.0.0.1:2" };
    const { config: found } = withEnvironment(variables, programSession)();
    assert.equal(found.endpoint, "http://127.0.0.1:2");
  });
});
