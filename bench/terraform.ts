/**
 * The peer: Terraform with the provider microsoft/msgraph, the other tool that can reach this API.
 *
 * Its provider knows Microsoft's own hosts only. So a proxy leads their names to the emulator, which
 * has a certificate for them that Terraform is told to trust.
 *
 * @see https://registry.terraform.io/providers/microsoft/msgraph/latest/docs
 * @module
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { run } from "../scripts/command";
import { TunnelProxy } from "../scripts/tunnelProxy";
import { type Contestant, meanBytes, SETTINGS_PER_POLICY, type Version } from "./contestant";
import type { Phase } from "./phases";
import { COMMAND_TIMEOUT_MS } from "./project";
import { RemoteEmulator } from "./remoteEmulator";

const HOSTS = ["graph.microsoft.com", "login.microsoftonline.com"];

/** The peer waits ten seconds for each policy that it makes, changes or deletes: more take hours. */
export const PEER_MOST_POLICIES = 100;

/** Paths of Terraform and the peer's provider. */
export interface PeerPaths {
  /** The provider's binary, `terraform-provider-msgraph`. */
  readonly provider: string;
  /** Terraform, or what takes its commands. */
  readonly terraform: string;
}

/** A Terraform configuration of the same policies. */
export class TerraformContestant implements Contestant {
  readonly subject = "peer";
  readonly providerCommand = /terraform-provider-msgraph/;
  readonly #folder: string;

  private constructor(
    readonly emulator: RemoteEmulator,
    private readonly proxy: TunnelProxy,
    private readonly paths: PeerPaths,
  ) {
    this.#folder = mkdtempSync(join(tmpdir(), "office-configuration-bench-"));
    this.#write("ca.pem", emulator.certificate ?? "");
    this.#write(
      "cli.tfrc",
      `provider_installation {
  dev_overrides { "microsoft/msgraph" = ${JSON.stringify(dirname(resolve(paths.provider)))} }
  direct {}
}
`,
    );
  }

  /** Makes a configuration, and an emulator that answers after some milliseconds. */
  static async create(paths: PeerPaths, latencyMs: number): Promise<TerraformContestant> {
    const emulator = await RemoteEmulator.start({ latencyMs, tls: { hosts: HOSTS } });
    const proxy = new TunnelProxy(Number(new URL(emulator.url).port));
    await proxy.listen();
    return new TerraformContestant(emulator, proxy, paths);
  }

  declare(policies: number, { ofFirst, ofAll }: Version): void {
    this.#write(
      "main.tf",
      `terraform {
  required_providers {
    msgraph = { source = "microsoft/msgraph" }
  }
}
provider "msgraph" {}
resource "msgraph_resource" "policy" {
  count       = ${policies}
  url         = "officeConfiguration/clientConfigurations"
  api_version = "beta"
  body = {
    "@odata.type" = "#microsoft.graph.windowsOfficeClientConfiguration"
    displayName   = "Policy \${count.index}"
    policyPayload = base64encode(jsonencode([for place in range(${SETTINGS_PER_POLICY}) : {
      settingId = format("office16;L_Setting%02d", place)
      value     = place == 0 ? "${ofAll}.\${count.index == 0 ? ${ofFirst} : 0}" : "value-\${place}"
    }]))
  }
}
`,
    );
  }

  run({ terraform }: Phase): Promise<unknown> {
    return run(this.paths.terraform, [...terraform, "-no-color"], {
      cwd: this.#folder,
      timeoutMs: COMMAND_TIMEOUT_MS,
      env: {
        PATH: process.env.PATH,
        HOME: this.#folder,
        CHECKPOINT_DISABLE: "1",
        TF_CLI_CONFIG_FILE: join(this.#folder, "cli.tfrc"),
        SSL_CERT_FILE: join(this.#folder, "ca.pem"),
        HTTPS_PROXY: this.proxy.url,
        ARM_TENANT_ID: this.emulator.tenantId,
        ARM_CLIENT_ID: "33333333-3333-4333-8333-333333333333",
        ARM_CLIENT_SECRET: "emulator-secret",
        ARM_USE_CLI: "false",
      },
    });
  }

  stateBytes(): Promise<number> {
    const text = readFileSync(join(this.#folder, "terraform.tfstate"), "utf8");
    const { resources } = JSON.parse(text) as { resources: { instances: unknown[] }[] };
    return Promise.resolve(meanBytes(resources.flatMap(({ instances }) => instances)));
  }

  async close(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
    await this.proxy.close();
    await this.emulator.close();
  }

  #write(name: string, text: string): void {
    writeFileSync(join(this.#folder, name), text);
  }
}
