/**
 * Known failures on the way to a tenant, and all that a user is told of each, word by word.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import {
  type Diagnosis,
  diagnose,
  diagnoseSignIn,
  type Failure,
} from "../../provider/graph/errors/diagnosis";

/** Failures by name, and what is told of each of them. */
interface Known {
  readonly failures: Readonly<Record<string, Omit<Failure, "at">>>;
  readonly diagnosis: Diagnosis;
}

const POLICY = "/officeConfiguration/clientConfigurations/1";
const INTUNE_POLICY = "/deviceManagement/configurationPolicies('1')";
const LOGIN = "https://login.example";

const REQUESTS: readonly Known[] = [
  {
    failures: {
      "a web page in Graph's place": { words: "<html>", status: 200, isPage: true },
    },
    diagnosis: {
      next: "The answer is a web page and not Graph's: a proxy, firewall or gateway answered in its place. Let requests to Graph pass through it unchanged, or set HTTPS_PROXY to the right proxy (NO_PROXY for no proxy).",
      isShared: true,
      kind: "notReachable",
    },
  },
  {
    failures: {
      "a tenant without the API": {
        path: POLICY,
        words: "Resource not found for the segment 'officeConfiguration'.",
        status: 404,
      },
      "the same, as a bad request": {
        path: POLICY,
        words: 'Resource not found for the segment "OfficeConfiguration".',
        status: 400,
      },
    },
    diagnosis: {
      next: "This tenant's Graph does not serve the beta API /officeConfiguration: Microsoft has taken it out of the published beta metadata, and not every tenant has it. No setting of this package changes that. A GET of /beta/officeConfiguration in Graph Explorer shows when the tenant has it.",
      isShared: true,
      kind: "closed",
    },
  },
  {
    failures: {
      "a tenant without another API": {
        path: "/copilot/settings",
        words: "Resource not found for the segment 'copilot'.",
        status: 404,
      },
    },
    diagnosis: {
      next: "This tenant's Graph does not serve /copilot/settings: no setting of this package changes that. Not every tenant has every beta API.",
      isShared: true,
      kind: "closed",
    },
  },
  {
    failures: {
      "a segment of a query": {
        path: POLICY,
        words: "Resource not found for the segment 'other'.",
        status: 404,
      },
      "a policy that is not there": { path: POLICY, words: "no", status: 404 },
      "a policy of Intune that is not there": { path: INTUNE_POLICY, words: "no", status: 404 },
    },
    diagnosis: {
      next: "The tenant does not have it, or this credential cannot see it. If somebody deleted it, run `pulumi refresh`; the next `pulumi up` recreates it.",
      isShared: false,
    },
  },
  {
    failures: {
      "no license for Intune": {
        path: INTUNE_POLICY,
        words: "Request not applicable to target tenant.",
        status: 400,
      },
    },
    diagnosis: {
      next: "Graph says this to tenants without a license for the API, most often for Intune. An administrator sees the tenant's licenses in the Microsoft 365 admin center, under Billing > Licenses.",
      isShared: true,
      kind: "noLicense",
    },
  },
  {
    failures: {
      "no license for Copilot": {
        path: "/copilot/settings",
        words: "The tenant does not have a required license.",
        status: 403,
      },
    },
    diagnosis: {
      next: "Graph says this to tenants without a license for the API. An administrator sees the tenant's licenses in the Microsoft 365 admin center, under Billing > Licenses.",
      isShared: true,
      kind: "noLicense",
    },
  },
  {
    failures: {
      "a setting that Copilot does not know": {
        path: "/copilot/settings/x",
        words: "no",
        status: 404,
        innerCode: "unsupportedSetting",
      },
    },
    diagnosis: {
      next: "Copilot's API does not support a setting of that id. Check its spelling: docs/reference.md, CopilotPolicySetting, has the ids that Microsoft documents.",
      isShared: false,
    },
  },
  {
    failures: {
      "a setting that a policy for groups has": {
        path: "/copilot/settings/x",
        words: "no",
        status: 422,
        innerCode: "groupScopedSettingNotSupported",
      },
    },
    diagnosis: {
      next: "A policy for groups has this setting, and Copilot's API manages policies for the whole tenant only. Remove the setting from the policies for groups, under Customization > Policy Management in https://config.office.com. Or set it there, and remove the resource from the program.",
      isShared: false,
    },
  },
  {
    failures: {
      "too many policies for groups": {
        path: "/copilot/settings/x",
        words: "no",
        status: 502,
        innerCode: "tooManyGroupPolicies",
      },
    },
    diagnosis: {
      next: "The tenant has more policies for groups than Copilot's API supports while it is in preview. It was not tried again, because waiting does not help. Set Copilot's settings by hand, under Customization > Policy Management in https://config.office.com, or remove policies for groups there.",
      isShared: true,
    },
  },
  {
    failures: {
      "an access token that has expired": {
        path: POLICY,
        words: "no",
        status: 401,
        expiredAtMs: Date.UTC(2026, 10, 5, 9, 7),
      },
    },
    diagnosis: {
      next: "The given access token expired at 2026-11-05 09:07 UTC. Set a new one (officeConfiguration:accessToken or OFFICE_CONFIGURATION_ACCESS_TOKEN), or sign in as an app, whose tokens are renewed.",
      isShared: true,
      kind: "noPermission",
    },
  },
  {
    failures: {
      "a token for elsewhere": { path: POLICY, words: "no", status: 401 },
    },
    diagnosis: {
      next: "Graph does not accept the token. Check that it is for this cloud (officeConfiguration:cloud) and this tenant (officeConfiguration:tenantId), and that the clock of this machine is right.",
      isShared: true,
      kind: "noPermission",
    },
  },
  {
    failures: {
      "no permission": { path: POLICY, words: "no", status: 403 },
      "no role, for one of Microsoft's apps with the permission": {
        path: POLICY,
        words: "no",
        status: 403,
        microsoftsApp: {
          name: "the Azure CLI",
          permissions: ["DeviceManagementConfiguration.ReadWrite.All"],
        },
      },
    },
    diagnosis: {
      next: "Grant the app the Graph permission DeviceManagementConfiguration.ReadWrite.All (reading needs DeviceManagementConfiguration.Read.All) with admin consent, and check that the tenant has an active Intune license. A new grant takes some minutes; then run it again.",
      isShared: true,
      kind: "noPermission",
    },
  },
  {
    failures: {
      "no permission for one of Microsoft's apps": {
        path: POLICY,
        words: "no",
        status: 403,
        microsoftsApp: { name: "the Azure CLI", permissions: ["Group.Read.All"] },
      },
    },
    diagnosis: {
      next: "The token is from the Azure CLI, and nobody can add DeviceManagementConfiguration.ReadWrite.All to its permissions. Sign in with an app registration of your own: docs/first-tenant.md, step 1.",
      isShared: true,
      kind: "noPermission",
    },
  },
  {
    failures: {
      "something else that is not there": { path: "/groups/1", words: "no", status: 404 },
    },
    diagnosis: {
      next: "Graph does not have /groups/1 in this tenant, or this credential cannot see it. Check the tenant (officeConfiguration:tenantId) and the cloud (officeConfiguration:cloud).",
      isShared: false,
    },
  },
  {
    failures: {
      "nothing there, at a path that is not known": { words: "no", status: 404 },
    },
    diagnosis: {
      next: "Graph does not have it in this tenant, or this credential cannot see it. Check the tenant (officeConfiguration:tenantId) and the cloud (officeConfiguration:cloud).",
      isShared: false,
    },
  },
  {
    failures: {
      "a conflict": { path: POLICY, words: "no", status: 409 },
    },
    diagnosis: {
      next: "The change conflicts with what the tenant has, such as a priority that another policy holds, or somebody changed the policy at the same moment. Run `pulumi refresh`, look at the differences, and try again.",
      isShared: false,
    },
  },
  {
    failures: {
      throttling: { path: POLICY, words: "no", status: 429 },
    },
    diagnosis: {
      next: "Graph throttles this app in this tenant. Run it again later, or lower officeConfiguration:maxRequestsInFlight, or for writes officeConfiguration:writeLimit.",
      isShared: false,
    },
  },
  {
    failures: {
      "a certificate of a proxy": { words: "fetch failed", code: "SELF_SIGNED_CERT_IN_CHAIN" },
      "the same in words": { words: "unable to get local issuer certificate" },
      "the same in other words": { words: "unable to get issuer certificate" },
      "a first certificate that cannot be verified": {
        words: "unable to verify the first certificate",
      },
    },
    diagnosis: {
      next: "This machine does not trust the certificate of Graph. If a proxy or firewall inspects TLS, put its CA certificate into a PEM file, and set NODE_EXTRA_CA_CERTS to that file's path.",
      isShared: true,
      kind: "notReachable",
    },
  },
  {
    failures: {
      "a certificate that is not valid": { words: "no", code: "CERT_HAS_EXPIRED" },
    },
    diagnosis: {
      next: "The certificate of Graph is not valid. Check the clock of this machine, and whether a proxy answers in its place.",
      isShared: true,
      kind: "notReachable",
    },
  },
  {
    failures: {
      "a name that is not known": { words: "getaddrinfo ENOTFOUND graph.microsoft.com" },
    },
    diagnosis: {
      next: "The name of Graph cannot be resolved. Check the network and DNS of this machine, and HTTPS_PROXY if it needs a proxy; then officeConfiguration:cloud and officeConfiguration:endpoint.",
      isShared: true,
      kind: "notReachable",
    },
  },
  {
    failures: {
      "a host that cannot be reached": { words: "no", code: "ECONNREFUSED" },
    },
    diagnosis: {
      next: "Check that this machine can reach Graph. If it needs a proxy, set HTTPS_PROXY and NO_PROXY, and NODE_EXTRA_CA_CERTS if the proxy has a certificate of its own.",
      isShared: true,
      kind: "notReachable",
    },
  },
];

const SIGN_INS: readonly Known[] = [
  {
    failures: {
      "a certificate of a proxy": { words: "self-signed certificate", login: LOGIN },
    },
    diagnosis: {
      next: "This machine does not trust the certificate of the login at https://login.example. If a proxy or firewall inspects TLS, put its CA certificate into a PEM file, and set NODE_EXTRA_CA_CERTS to that file's path.",
      isShared: true,
      kind: "notReachable",
    },
  },
  {
    failures: {
      "a name that is not known": { words: "no", code: "EAI_AGAIN", login: LOGIN },
    },
    diagnosis: {
      next: "The name of the login at https://login.example cannot be resolved. Check the network and DNS of this machine, and HTTPS_PROXY if it needs a proxy; then officeConfiguration:cloud and officeConfiguration:authority.",
      isShared: true,
      kind: "notReachable",
    },
  },
  {
    failures: {
      "a host that cannot be reached": { words: "no", code: "ETIMEDOUT", login: LOGIN },
    },
    diagnosis: {
      next: "Check that this machine can reach the login at https://login.example. If it needs a proxy, set HTTPS_PROXY and NO_PROXY, and NODE_EXTRA_CA_CERTS if the proxy has a certificate of its own.",
      isShared: true,
      kind: "notReachable",
    },
  },
  {
    failures: {
      "the library's words for no answer": {
        words: "endpoints_resolution_error: no",
        login: LOGIN,
      },
    },
    diagnosis: {
      what: "there is no usable answer from the login at https://login.example",
      next: "Check that this machine can reach the login at https://login.example. If it needs a proxy, set HTTPS_PROXY and NO_PROXY, and NODE_EXTRA_CA_CERTS if the proxy has a certificate of its own.",
      isShared: true,
    },
  },
];

/** Codes of Microsoft Entra for the app APP in the tenant TENANT. */
const CODES: ReadonlyArray<readonly [codes: readonly string[], what: string, next: string]> = [
  [
    ["AADSTS7000215"],
    "the client secret of the app APP is wrong",
    "Set the secret's value, not its id, in officeConfiguration:clientSecret (or its environment variable). If the value is lost, create a new secret under the app's Certificates & secrets.",
  ],
  [
    ["AADSTS7000222"],
    "the client secret of the app APP has expired",
    "Create a new secret under the app's Certificates & secrets, and set its value in officeConfiguration:clientSecret (or its environment variable).",
  ],
  [
    ["AADSTS700016"],
    "the app APP is not in the tenant TENANT",
    "Check officeConfiguration:clientId (the Application (client) ID, not the object ID) and officeConfiguration:tenantId. An app of another tenant needs the consent of an administrator of this one.",
  ],
  [
    ["AADSTS90002", "AADSTS900023"],
    "Microsoft Entra does not know the tenant TENANT",
    "Check officeConfiguration:tenantId. A tenant of a national cloud needs officeConfiguration:cloud as well.",
  ],
  [
    ["AADSTS70021", "AADSTS700211", "AADSTS700212", "AADSTS700213"],
    "no federated credential of the app APP matches the identity token",
    "Add one under the app's Certificates & secrets > Federated credentials, with issuer, subject and audience exactly as in the token. In GitHub Actions the subject is repo:<owner>/<name>:ref:refs/heads/<branch> for a branch, repo:<owner>/<name>:pull_request for a pull request, and repo:<owner>/<name>:environment:<name> for an environment.",
  ],
  [
    ["AADSTS700024"],
    "the identity token or certificate of the app APP has expired, or is not valid yet",
    "Get a new identity token: those of CI services last for minutes only. If the token is new, or you sign in with a certificate, check the clock of this machine.",
  ],
  [
    ["AADSTS700027"],
    "the certificate is not registered with the app APP",
    "Upload it under the app's Certificates & secrets > Certificates, or set officeConfiguration:clientCertificatePath to the file of a certificate that is registered there.",
  ],
  [
    ["AADSTS53003"],
    "a Conditional Access policy of the tenant TENANT blocks this sign-in",
    "Microsoft Entra's sign-in log names the policy. Have an administrator exclude this app or user from it, or sign in from a place that it allows.",
  ],
  [
    ["AADSTS7000112"],
    "the app APP is disabled in the tenant TENANT",
    "Enable it under Enterprise applications > Properties > Enabled for users to sign-in.",
  ],
  [
    ["AADSTS7000218"],
    "the app APP is not a public client",
    "Allow public client flows under the app's Authentication, or sign in with a secret or a certificate.",
  ],
  [
    ["AADSTS65001"],
    "nobody in the tenant TENANT has consented to the app APP",
    "Have an administrator grant consent under the app's API permissions.",
  ],
  [
    ["AADSTS50076", "AADSTS50079"],
    "the tenant TENANT asks this user for multifactor authentication",
    "Sign in again and complete it, or sign in as an app of your own.",
  ],
];

describe("the explanation", () => {
  for (const { failures, diagnosis } of REQUESTS) {
    for (const [name, failure] of Object.entries(failures)) {
      it(`of a request: ${name}`, () => assert.deepEqual(diagnose(failure), diagnosis));
    }
  }

  for (const { failures, diagnosis } of SIGN_INS) {
    for (const [name, failure] of Object.entries(failures)) {
      it(`of a sign-in: ${name}`, () => assert.deepEqual(diagnoseSignIn(failure), diagnosis));
    }
  }

  for (const [codes, what, next] of CODES) {
    for (const code of codes) {
      it(`of a sign-in: ${code}`, () => {
        const asked = { code, words: "no", clientId: "APP", tenantId: "TENANT" };
        assert.deepEqual(diagnoseSignIn(asked), { what: `${what} (${code})`, next });
        const { what: ofUnknown } = diagnoseSignIn({ code, words: "no" });
        const unnamed = what
          .replace("the app APP", "the app")
          .replace("the tenant TENANT", "the tenant");
        assert.equal(ofUnknown, `${unnamed} (${code})`);
      });
    }
  }

  it("is missing for a failure that is not known", () => {
    for (const status of [400, 403, 404]) {
      const failure = { path: "/officeConfiguration/clientConfigurations", words: "no", status };
      assert.notEqual(diagnose(failure)?.kind, "closed");
    }
    assert.equal(diagnose({ path: POLICY, words: "no", status: 418 }), undefined);
    assert.equal(diagnose({ path: POLICY, words: "no" }), undefined);
  });
});
