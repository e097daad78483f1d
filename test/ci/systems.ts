/**
 * The three CI systems of examples/ci, with the variables that each sets in its jobs.
 *
 * @module
 */
import { azureJob, azureJobs } from "./azure";
import { FORGE_TOKEN } from "./forge";
import { type GithubEvent, githubJob, githubJobs } from "./github";
import { gitlabJob, gitlabJobs } from "./gitlab";
import type { Environment, Job, StartedJob } from "./jobs";

/** Addresses that a system gives its jobs. */
export interface Addresses {
  /** The forge's. */
  readonly forge: string;
  /** The login's, which serves identity tokens. */
  readonly login: string;
}

/** Events that a recipe may have to do with. */
export const EVENTS = [
  "pull request",
  "pull request from a fork",
  "push to main",
  "push to another branch",
  "schedule",
  "manual run of another branch",
] as const;

export type EventName = (typeof EVENTS)[number];

/** Jobs of all recipes: `previewMain` is the one before `up`. */
export type JobName = "preview" | "comment" | "fork" | "previewMain" | "up" | "drift" | "issue";

/** A CI system with the recipes for it. */
export interface CiSystem {
  readonly name: string;
  /** A job of a project. @param canary - The stack that it updates first, if it has one. */
  readonly job: (name: JobName, canary?: string) => Promise<Job>;
  /** Jobs of the pipeline that an event starts, by the recipe's names. @param changed - Edits the recipes first. */
  readonly started: (event: EventName, changed?: (text: string) => string) => Promise<StartedJob[]>;
  /** Variables of each job. */
  readonly variables: (addresses: Addresses) => Record<string, string>;
  /** Those of a job that may ask for an identity token. */
  readonly identity: (addresses: Addresses) => Record<string, string>;
}

const READER = "33333333-3333-4333-8333-33333333333a";
const WRITER = "33333333-3333-4333-8333-33333333333b";

const githubContexts = (CANARY = "") => ({
  vars: { READER_CLIENT_ID: READER, WRITER_CLIENT_ID: WRITER, CANARY },
  secrets: { PULUMI_ACCESS_TOKEN: "" },
  github: { token: FORGE_TOKEN },
});

/** A job in whose environment the project's variables are, as they are on Azure DevOps and GitLab. */
const withCanary = (job: Job, CANARY?: string): Job =>
  CANARY === undefined ? job : { ...job, env: { ...job.env, CANARY } };

const REPOSITORY = "contoso/office-policies";

const pullRequest = (head: string | null): GithubEvent => ({
  github: {
    event_name: "pull_request",
    ref: "refs/pull/12/merge",
    repository: REPOSITORY,
    event: {
      pull_request: { head: { repo: head === null ? null : { full_name: head } } },
    },
  },
});

const other = (event_name: string, branch = "main"): GithubEvent => ({
  github: { event_name, ref: `refs/heads/${branch}`, repository: REPOSITORY, event: {} },
});

/** The pull request from a fork that was deleted since. */
export const FROM_DELETED_FORK = pullRequest(null);

const GITHUB_EVENTS: Readonly<Record<EventName, GithubEvent>> = {
  "pull request": pullRequest(REPOSITORY),
  "pull request from a fork": pullRequest("fabrikam/office-policies"),
  "push to main": other("push"),
  "push to another branch": other("push", "feature"),
  schedule: other("schedule"),
  // Only a workflow that allows it can be started by hand, on a branch that has it.
  "manual run of another branch": other("workflow_dispatch", "feature"),
};

/** The workflows of GitHub Actions. */
export const WORKFLOWS = ["preview.yml", "up.yml", "drift.yml"] as const;

const GITHUB_FILES: Readonly<Record<JobName, (typeof WORKFLOWS)[number]>> = {
  preview: "preview.yml",
  comment: "preview.yml",
  fork: "preview.yml",
  previewMain: "up.yml",
  up: "up.yml",
  drift: "drift.yml",
  issue: "drift.yml",
};

const azureEvent = (reason: string, branch: string, isFork = "False"): Environment => ({
  "Build.Reason": reason,
  "Build.SourceBranch": branch,
  ...(reason === "PullRequest" && { "System.PullRequest.IsFork": isFork }),
});

const AZURE_EVENTS: Readonly<Record<EventName, Environment>> = {
  "pull request": azureEvent("PullRequest", "refs/pull/12/merge"),
  "pull request from a fork": azureEvent("PullRequest", "refs/pull/12/merge", "True"),
  "push to main": azureEvent("IndividualCI", "refs/heads/main"),
  "push to another branch": azureEvent("IndividualCI", "refs/heads/feature"),
  schedule: azureEvent("Schedule", "refs/heads/main"),
  "manual run of another branch": azureEvent("Manual", "refs/heads/feature"),
};

const connection = (client: string, id: string): Environment => ({
  AZURESUBSCRIPTION_CLIENT_ID: client,
  AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: id,
  AZURESUBSCRIPTION_TENANT_ID: "77777777-7777-4777-8777-777777777777",
});

const AZURE_VALUES = {
  macros: {
    pulumiAccessToken: "",
    "System.AccessToken": FORGE_TOKEN,
    "Pipeline.Workspace": "..",
  },
  connections: {
    "office-policies-reader": connection(READER, "55555555-5555-4555-8555-55555555555a"),
    "office-policies-writer": connection(WRITER, "55555555-5555-4555-8555-55555555555b"),
  },
};

const mergeRequest = (source: string): Environment => ({
  CI_PIPELINE_SOURCE: "merge_request_event",
  CI_MERGE_REQUEST_PROJECT_ID: "34",
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source,
});

const GITLAB_EVENTS: Readonly<Record<EventName, Environment>> = {
  "pull request": mergeRequest("34"),
  "pull request from a fork": mergeRequest("35"),
  "push to main": { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "main" },
  "push to another branch": { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "feature" },
  schedule: { CI_PIPELINE_SOURCE: "schedule", CI_COMMIT_BRANCH: "main" },
  "manual run of another branch": { CI_PIPELINE_SOURCE: "web", CI_COMMIT_BRANCH: "feature" },
};

const PROJECT = { READER_CLIENT_ID: READER, WRITER_CLIENT_ID: WRITER };

/** GitHub Actions, Azure DevOps and GitLab. */
export const CI_SYSTEMS: readonly CiSystem[] = [
  {
    name: "GitHub Actions",
    job: (name, canary) => {
      const own = name === "previewMain" ? "preview" : name;
      return githubJob(GITHUB_FILES[name], own, githubContexts(canary));
    },
    started: (event, changed) => githubJobs(WORKFLOWS, GITHUB_EVENTS[event], changed),
    variables: ({ forge }) => ({
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: `${forge}/github`,
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_REPOSITORY: REPOSITORY,
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
    job: (name, canary) => {
      const own = name === "previewMain" ? "preview_main" : name;
      return Promise.resolve(withCanary(azureJob(own, AZURE_VALUES), canary));
    },
    started: (event, changed) => Promise.resolve(azureJobs(AZURE_EVENTS[event], changed)),
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
    job: (name, canary) => {
      const own = name === "previewMain" ? "preview-main" : name;
      return Promise.resolve(withCanary(gitlabJob(own, PROJECT), canary));
    },
    started: (event, changed) => gitlabJobs(GITLAB_EVENTS[event], changed),
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
