/**
 * Shows the result of `office-configuration fleet` where people look. A later run updates what an earlier one wrote.
 *
 *   node ci/report.mjs comment   one comment on the pull request
 *   node ci/report.mjs issue     one issue while something has drifted; closes it once nothing has
 *
 * It knows GitHub Actions, Azure DevOps and GitLab by the variables that they set, and reads result.json and result.md, or
 * result.txt, in the folder $REPORT, or else `report`.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LABEL = "office-configuration-drift";
const TITLE = "Drift in policies of Microsoft 365 Apps";
/** First line of a comment, which nobody sees. */
const MARK = "<!-- office-configuration preview -->";
/** Longest comment that GitHub takes, in characters. */
const MOST = 65_536;
const CUT = "Cut, because a comment holds no more.";

const { env } = process;

/** A variable of the CI system. */
function given(name) {
  const value = env[name];
  if (value) return value;
  throw new Error(`the variable ${name} is not set`);
}

/** Result of the command, in words and as JSON; undefined if its job did not get so far. */
function found() {
  const read = (name) => {
    const file = join(env.REPORT ?? "report", name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  const json = read("result.json");
  if (json === undefined) return undefined;
  return { ...JSON.parse(json), words: read("result.md") ?? read("result.txt") ?? "" };
}

/** The words of a result with a link to the log; of too many, as many lines as fit. */
function markdown(words) {
  const log = `\n\n[Log of the run](${forge.log()})\n`;
  const text = words.trim();
  const room = MOST - MARK.length - log.length - CUT.length - 2;
  if (text.length <= room) return `${text}${log}`;
  return `${text.slice(0, text.lastIndexOf("\n", room))}\n\n${CUT}${log}`;
}

/** The same for Azure Boards, whose descriptions are HTML. */
function html(words) {
  const text = words
    .trim()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
  return `<pre>${text}</pre><p><a href="${forge.log()}">Log of the run</a></p>`;
}

async function request(method, url, { headers, body, type = "application/json" }) {
  const response = await fetch(url, {
    method,
    headers: { accept: "application/json", "content-type": type, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  // Azure DevOps answers 203 with the page of its sign-in if it does not know a token.
  const isAnswer = response.ok && response.status !== 203;
  if (isAnswer) return text === "" ? undefined : JSON.parse(text);
  const { origin, pathname } = new URL(url);
  throw new Error(
    `${method} ${origin}${pathname} answered ${response.status}: ${text.slice(0, 300)}`,
  );
}

/** All items of a list that comes in pages of a hundred. */
async function pages(get, path) {
  const items = [];
  for (let page = 1; ; page += 1) {
    const some = await get(`${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`);
    items.push(...some);
    if (some.length < 100) return items;
  }
}

function github() {
  const send = (method, path, body) => {
    const headers = { authorization: `Bearer ${given("GITHUB_TOKEN")}` };
    const base = `${given("GITHUB_API_URL")}/repos/${given("GITHUB_REPOSITORY")}`;
    return request(method, `${base}/${path}`, { headers, body });
  };
  const get = (path) => send("GET", path);
  // Anybody may write such a comment or set such a label; only what a workflow wrote is ours.
  const isOurs = ({ user }) => user?.type === "Bot";
  return {
    log: () =>
      `${given("GITHUB_SERVER_URL")}/${given("GITHUB_REPOSITORY")}/actions/runs/${given("GITHUB_RUN_ID")}`,
    page: markdown,
    async comment(body) {
      const [, number] = /^refs\/pull\/(\d+)\//.exec(given("GITHUB_REF")) ?? [];
      const all = await pages(get, `issues/${number}/comments`);
      const old = all.find((each) => isOurs(each) && each.body?.startsWith(MARK));
      if (old === undefined) return send("POST", `issues/${number}/comments`, { body });
      return send("PATCH", `issues/comments/${old.id}`, { body });
    },
    async openIssue() {
      const all = await pages(get, `issues?state=open&labels=${LABEL}`);
      return all.find((each) => isOurs(each) && each.pull_request === undefined)?.number;
    },
    create: (body) => send("POST", "issues", { title: TITLE, body, labels: [LABEL] }),
    update: (number, body) => send("PATCH", `issues/${number}`, { body }),
    close: (number) => send("PATCH", `issues/${number}`, { state: "closed" }),
  };
}

function gitlab() {
  const send = (method, path, body) => {
    const headers = { "private-token": given("GITLAB_TOKEN") };
    return request(method, `${given("CI_API_V4_URL")}/${path}`, { headers, body });
  };
  const get = (path) => send("GET", path);
  const project = () => `projects/${given("CI_PROJECT_ID")}`;
  const ours = async (items) => {
    const { id } = await get("user");
    return items.filter(({ author }) => author?.id === id);
  };
  return {
    log: () => given("CI_PIPELINE_URL"),
    page: markdown,
    async comment(body) {
      const notes = `${project()}/merge_requests/${given("CI_MERGE_REQUEST_IID")}/notes`;
      const all = await ours(await pages(get, notes));
      const old = all.find((each) => each.body?.startsWith(MARK));
      if (old === undefined) return send("POST", notes, { body });
      return send("PUT", `${notes}/${old.id}`, { body });
    },
    async openIssue() {
      const all = await pages(get, `${project()}/issues?state=opened&labels=${LABEL}`);
      return (await ours(all))[0]?.iid;
    },
    create: (description) =>
      send("POST", `${project()}/issues`, { title: TITLE, description, labels: LABEL }),
    update: (iid, description) => send("PUT", `${project()}/issues/${iid}`, { description }),
    close: (iid) => send("PUT", `${project()}/issues/${iid}`, { state_event: "close" }),
  };
}

function azureDevOps() {
  const project = () => `${given("SYSTEM_COLLECTIONURI")}${encodeURI(given("SYSTEM_TEAMPROJECT"))}`;
  const send = (method, path, body, type) => {
    const headers = { authorization: `Bearer ${given("SYSTEM_ACCESSTOKEN")}` };
    const url = `${project()}/_apis/${path}?api-version=7.1`;
    return request(method, url, { headers, body, type });
  };
  // Each process has types of its own: Scrum has no Issue, but a Bug.
  const kind = encodeURIComponent(env.WORK_ITEM_TYPE || "Issue");
  const states = async (isDone) => {
    const { value } = await send("GET", `wit/workitemtypes/${kind}/states`);
    return value.filter(isDone).map(({ name }) => name);
  };
  const fields = (values) =>
    Object.entries(values).map(([name, value]) => ({ op: "add", path: `/fields/${name}`, value }));
  const item = (method, path, values) =>
    send(method, `wit/workitems/${path}`, fields(values), "application/json-patch+json");
  return {
    log: () => `${project()}/_build/results?buildId=${given("BUILD_BUILDID")}`,
    page: html,
    async comment(content) {
      const pull = `pullRequests/${given("SYSTEM_PULLREQUEST_PULLREQUESTID")}`;
      const threads = `git/repositories/${given("BUILD_REPOSITORY_ID")}/${pull}/threads`;
      const { value } = await send("GET", threads);
      const old = value.find(
        ({ isDeleted, properties }) => !isDeleted && properties?.[LABEL]?.$value === "preview",
      );
      if (old === undefined) {
        // Closed: an open thread can keep a pull request from being completed.
        const properties = { [LABEL]: { $type: "System.String", $value: "preview" } };
        const comments = [{ parentCommentId: 0, commentType: "text", content }];
        return send("POST", threads, { comments, properties, status: "closed" });
      }
      return send("PATCH", `${threads}/${old.id}/comments/${old.comments[0].id}`, { content });
    },
    async openIssue() {
      const over = await states(({ category }) => ["Completed", "Removed"].includes(category));
      const query = [
        "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project",
        `[System.Tags] CONTAINS '${LABEL}'`,
        ...over.map((state) => `[System.State] <> '${state.replaceAll("'", "''")}'`),
      ].join(" AND ");
      const { workItems } = await send("POST", "wit/wiql", { query });
      return workItems[0]?.id;
    },
    create: (description) =>
      item("POST", `$${kind}`, {
        "System.Title": TITLE,
        "System.Tags": LABEL,
        "System.Description": description,
      }),
    update: (id, description) => item("PATCH", id, { "System.Description": description }),
    async close(id) {
      const [done] = await states(({ category }) => category === "Completed");
      return item("PATCH", id, { "System.State": done });
    },
  };
}

function currentForge() {
  if (env.GITHUB_ACTIONS) return github();
  if (env.GITLAB_CI) return gitlab();
  if (env.TF_BUILD) return azureDevOps();
  throw new Error("this is neither GitHub Actions nor GitLab nor Azure DevOps");
}

async function comment(result) {
  const words = result?.words ?? "**No preview**: its job did not get so far.";
  await forge.comment(`${MARK}\n${markdown(words)}`);
  return "The pull request has the preview.";
}

/** Silence is no proof that nothing has drifted: only a result of all stacks closes the issue. */
async function issue(result) {
  const outcomes = (result?.stacks ?? []).map((stack) => stack.result);
  const open = await forge.openIssue();
  if (outcomes.includes("drifted")) {
    const body = forge.page(result.words);
    await (open === undefined ? forge.create(body) : forge.update(open, body));
    return "Something has drifted: the issue says what.";
  }
  const isWhole = outcomes.length > 0 && result.notRun.length === 0;
  if (!isWhole || !outcomes.every((outcome) => outcome === "same")) {
    return "Not every stack could be read: an issue stays as it is.";
  }
  if (open === undefined) return "No drift.";
  await forge.close(open);
  return `No drift. Issue ${open} is closed.`;
}

const actions = { comment, issue };
const forge = currentForge();
try {
  const action = actions[process.argv[2]];
  if (action === undefined) throw new Error("say what to write: comment or issue");
  console.log(await action(found()));
} catch (error) {
  console.error(`report: ${error.message}`);
  process.exitCode = 1;
}
