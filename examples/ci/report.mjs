/**
 * Shows the results of stacks.sh where people look. A later run updates what an earlier one wrote.
 *
 *   node ci/report.mjs comment   one comment on the pull request
 *   node ci/report.mjs issue     one issue while something has drifted; closes it once nothing has
 *
 * It knows GitHub Actions, Azure DevOps and GitLab by the variables that they set, and reads the files *.txt and *.code
 * below the folder $REPORT, or else `report`. A stack of $STACKS without them is named.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LABEL = "office-configuration-drift";
const TITLE = "Drift in policies of Microsoft 365 Apps";
/** First line of a comment, which nobody sees. */
const MARK = "<!-- office-configuration preview -->";
/** Characters for the outputs of all stacks: GitHub takes comments of 65,536. */
const MOST = 60_000;
/** Exit code of a preview that found a difference, with --expect-no-changes. */
const DIFFERENT = 7;

const { env } = process;

/** A variable of the CI system. */
function given(name) {
  const value = env[name];
  if (value) return value;
  throw new Error(`the variable ${name} is not set`);
}

/** The results of all stacks; one without files has neither code nor text. */
function results() {
  const folder = env.REPORT ?? "report";
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
  const found = new Map();
  for (const file of files.filter((name) => name.endsWith(".code"))) {
    const path = join(folder, file).slice(0, -".code".length);
    const text = existsSync(`${path}.txt`) ? readFileSync(`${path}.txt`, "utf8") : "";
    const code = Number(readFileSync(`${path}.code`, "utf8"));
    found.set(path.split(/[\\/]/).at(-1), { code, text });
  }
  const stacks = (env.STACKS ?? "").split(/\s+/).filter((name) => name !== "");
  return stacks.map((stack) => ({ stack, text: "", ...found.get(stack.replaceAll("/", ".")) }));
}

function outcome({ code }) {
  if (code === undefined) return ": no result, see the log";
  if (code === DIFFERENT) return ": drift";
  return code === 0 ? "" : `: failed (exit code ${code})`;
}

/** As many lines of an output as fit, and how many do not. */
function fitted(text, most) {
  const whole = text.trim();
  if (whole.length <= most) return whole;
  const shown = whole.slice(0, whole.lastIndexOf("\n", most)).trimEnd();
  const rest = whole.slice(shown.length).trim().split("\n").length;
  return `${shown}\n… ${rest} more ${rest === 1 ? "line is" : "lines are"} in the log`;
}

/** Parts of a page: a heading for each stack, and its output. */
function parts(stacks) {
  const most = Math.floor(MOST / Math.max(1, stacks.length));
  return stacks.map((each) => ({
    heading: `${each.stack}${outcome(each)}`,
    text: fitted(each.text, most),
  }));
}

function markdown(head, stacks) {
  const sections = parts(stacks).map(({ heading, text }) => {
    const ticks = (text.match(/`{3,}/g) ?? []).map((run) => run.length);
    const fence = "`".repeat(Math.max(2, ...ticks) + 1);
    return `#### ${heading}\n${text === "" ? "" : `\n${fence}text\n${text}\n${fence}\n`}`;
  });
  return [`${head}\n`, ...sections, `[Log of the run](${forge.log()})\n`].join("\n");
}

/** The same for Azure Boards, whose descriptions are HTML. */
function html(head, stacks) {
  const escaped = (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const sections = parts(stacks).map(
    ({ heading, text }) => `<h4>${escaped(heading)}</h4><pre>${escaped(text)}</pre>`,
  );
  return `<p>${head}</p>${sections.join("")}<p><a href="${forge.log()}">Log of the run</a></p>`;
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

async function comment(stacks) {
  await forge.comment(`${MARK}\n${markdown("### Preview of the policies", stacks)}`);
  return `The pull request has the preview of ${stacks.length} stacks.`;
}

/** Silence is no proof that nothing has drifted: a stack without result keeps the issue open. */
async function issue(stacks) {
  const told = stacks.filter(({ code }) => code !== 0);
  const drifted = stacks.filter(({ code }) => code === DIFFERENT);
  const open = await forge.openIssue();
  if (drifted.length > 0) {
    const head = `Something was changed in the tenants of ${drifted.length} of ${stacks.length} stacks.`;
    const body = forge.page(head, told);
    await (open === undefined ? forge.create(body) : forge.update(open, body));
    return `Drift in ${drifted.length} of ${stacks.length} stacks: the issue has it.`;
  }
  if (told.length > 0) return `No result for ${told.length} stacks: issues stay as they are.`;
  if (open !== undefined) await forge.close(open);
  return `No drift.${open === undefined ? "" : ` Issue ${open} is closed.`}`;
}

const actions = { comment, issue };
const forge = currentForge();
try {
  const action = actions[process.argv[2]];
  if (action === undefined) throw new Error("say what to write: comment or issue");
  const stacks = results();
  if (stacks.length === 0) throw new Error("the variable STACKS names no stack");
  console.log(await action(stacks));
} catch (error) {
  console.error(`report: ${error.message}`);
  process.exitCode = 1;
}
