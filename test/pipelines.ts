/**
 * The three CI systems of examples/ci, with the variables that each sets in its jobs.
 *
 * @module
 */
import { azureJob, githubJob, gitlabJob, type Job } from "./ciRecipes";
import { FORGE_TOKEN } from "./emulatedForge";

/** Addresses that a system gives its jobs. */
export interface Addresses {
  /** The forge's. */
  readonly forge: string;
  /** The login's, which serves identity tokens. */
  readonly login: string;
}

/** A CI system with the recipes for it. */
export interface CiSystem {
  readonly name: string;
  readonly jobs: Readonly<Record<"preview" | "comment" | "up" | "drift" | "issue", () => Job>>;
  /** Variables of each job. */
  readonly variables: (addresses: Addresses) => Record<string, string>;
  /** Those of a job that may ask for an identity token. */
  readonly identity: (addresses: Addresses) => Record<string, string>;
}

const CONTEXTS = {
  "vars.READER_CLIENT_ID": "33333333-3333-4333-8333-33333333333a",
  "vars.WRITER_CLIENT_ID": "33333333-3333-4333-8333-33333333333b",
  "secrets.PULUMI_ACCESS_TOKEN": "",
  "github.token": FORGE_TOKEN,
};

const MACROS = {
  readerClientId: CONTEXTS["vars.READER_CLIENT_ID"],
  readerConnectionId: "55555555-5555-4555-8555-55555555555a",
  writerClientId: CONTEXTS["vars.WRITER_CLIENT_ID"],
  writerConnectionId: "55555555-5555-4555-8555-55555555555b",
  pulumiAccessToken: "",
  "System.AccessToken": FORGE_TOKEN,
  "Pipeline.Workspace": "..",
};

const PROJECT = {
  READER_CLIENT_ID: CONTEXTS["vars.READER_CLIENT_ID"],
  WRITER_CLIENT_ID: CONTEXTS["vars.WRITER_CLIENT_ID"],
};

/** GitHub Actions, Azure DevOps and GitLab. */
export const CI_SYSTEMS: readonly CiSystem[] = [
  {
    name: "GitHub Actions",
    jobs: {
      preview: () => githubJob("preview.yml", "preview", CONTEXTS),
      comment: () => githubJob("preview.yml", "comment", CONTEXTS),
      up: () => githubJob("up.yml", "up", CONTEXTS),
      drift: () => githubJob("drift.yml", "drift", CONTEXTS),
      issue: () => githubJob("drift.yml", "issue", CONTEXTS),
    },
    variables: ({ forge }) => ({
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: `${forge}/github`,
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_REPOSITORY: "contoso/office-policies",
      GITHUB_REF: "refs/pull/12/merge",
      GITHUB_RUN_ID: "90",
    }),
    identity: ({ login }) => ({
      ACTIONS_ID_TOKEN_REQUEST_URL: `${login}/ci/github?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
    }),
  },
  {
    name: "Azure DevOps",
    jobs: {
      preview: () => azureJob("preview", MACROS),
      comment: () => azureJob("comment", MACROS),
      up: () => azureJob("up", MACROS),
      drift: () => azureJob("drift", MACROS),
      issue: () => azureJob("issue", MACROS),
    },
    variables: ({ forge, login }) => ({
      TF_BUILD: "True",
      SYSTEM_COLLECTIONURI: `${forge}/azure/contoso/`,
      SYSTEM_TEAMPROJECT: "Office policies",
      SYSTEM_PULLREQUEST_PULLREQUESTID: "12",
      SYSTEM_OIDCREQUESTURI: `${login}/ci/azure-devops`,
      BUILD_REPOSITORY_ID: "repo",
      BUILD_BUILDID: "90",
    }),
    identity: () => ({}),
  },
  {
    name: "GitLab",
    jobs: {
      preview: () => gitlabJob("preview", PROJECT),
      comment: () => gitlabJob("comment", PROJECT),
      up: () => gitlabJob("up", PROJECT),
      drift: () => gitlabJob("drift", PROJECT),
      issue: () => gitlabJob("issue", PROJECT),
    },
    variables: ({ forge }) => ({
      CI: "true",
      GITLAB_CI: "true",
      CI_API_V4_URL: `${forge}/gitlab/api/v4`,
      CI_PROJECT_ID: "34",
      CI_MERGE_REQUEST_IID: "12",
      CI_PIPELINE_URL: "https://gitlab.example/contoso/office-policies/-/pipelines/90",
      GITLAB_TOKEN: FORGE_TOKEN,
    }),
    // A token as GitLab makes it for a job: only its form counts here.
    identity: () => ({ OFFICE_CONFIGURATION_FEDERATED_TOKEN: "e30.e30.signed" }),
  },
];
