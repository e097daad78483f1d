/**
 * A stand-in on loopback for the comments and issues of GitHub, GitLab and Azure DevOps, as far as examples/ci/report.mjs
 * uses them. It knows one token, and one bot that has it.
 *
 * @module
 */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { type Context, Hono } from "hono";

/** The token that recipes have in tests. */
export const FORGE_TOKEN = "forge-token";

/** A comment or an issue. */
export interface Entry {
  readonly id: number;
  readonly byBot: boolean;
  text: string;
  title?: string;
  label?: string;
  isOpen: boolean;
  properties?: unknown;
}

/** Id of the bot, for GitLab. */
const BOT = 7;

/** A forge that listens. */
export class EmulatedForge {
  readonly comments: Entry[] = [];
  readonly issues: Entry[] = [];
  /** Method and path of each write. */
  readonly writes: string[] = [];
  #server: Server | undefined;

  /** @param token - The one that it takes. */
  constructor(private readonly token = FORGE_TOKEN) {}

  /** Starts to listen. */
  async listen(): Promise<void> {
    const app = new Hono();
    app.use(async (c, next) => {
      const { authorization, "private-token": token } = c.req.header();
      if (authorization !== `Bearer ${this.token}` && token !== this.token) {
        // Azure DevOps shows the page of its sign-in.
        return c.req.path.startsWith("/azure")
          ? c.html("<html>Sign in</html>", 203)
          : c.json({ message: "Unauthorized" }, 401);
      }
      if (c.req.method !== "GET" && !c.req.path.endsWith("/wiql")) {
        this.writes.push(`${c.req.method} ${c.req.path}`);
      }
      return next();
    });
    app.route("/github", this.#github());
    app.route("/gitlab", this.#gitlab());
    app.route("/azure", this.#azure());
    this.#server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }) as Server;
    await once(this.#server, "listening");
  }

  /** Its address. */
  get url(): string {
    const { port } = (this.#server as Server).address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Ends it. */
  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** Adds a comment or an issue. */
  add(list: Entry[], entry: Partial<Entry> & { readonly text: string }): Entry {
    const added = { id: list.length + 1, byBot: true, isOpen: true, ...entry };
    list.push(added);
    return added;
  }

  #github(): Hono {
    const app = new Hono().basePath("/repos/contoso/office-policies");
    const shown = ({ id, byBot, text, isOpen }: Entry) => ({
      id,
      number: id,
      body: text,
      state: isOpen ? "open" : "closed",
      user: { type: byBot ? "Bot" : "User" },
    });
    app.get("/issues/12/comments", (c) => c.json(page(c, this.comments).map(shown)));
    app.post("/issues/12/comments", async (c) => {
      const { body } = await c.req.json<{ body: string }>();
      return c.json(shown(this.add(this.comments, { text: body })), 201);
    });
    app.patch("/issues/comments/:id", async (c) => {
      const found = entryOf(c, this.comments);
      found.text = (await c.req.json<{ body: string }>()).body;
      return c.json(shown(found));
    });
    app.get("/issues", (c) => {
      const some = this.issues.filter(
        ({ isOpen, label }) => isOpen && label === c.req.query("labels"),
      );
      return c.json(page(c, some).map(shown));
    });
    app.post("/issues", async (c) => {
      const { title, body, labels } = await c.req.json<{
        title: string;
        body: string;
        labels: string[];
      }>();
      return c.json(shown(this.add(this.issues, { title, text: body, label: labels.join() })), 201);
    });
    app.patch("/issues/:id", async (c) => {
      const found = entryOf(c, this.issues);
      const { body, state } = await c.req.json<{ body?: string; state?: string }>();
      found.text = body ?? found.text;
      found.isOpen = state !== "closed";
      return c.json(shown(found));
    });
    return app;
  }

  #gitlab(): Hono {
    const app = new Hono().basePath("/api/v4");
    const shown = ({ id, byBot, text }: Entry) => ({
      id,
      iid: id,
      body: text,
      description: text,
      author: { id: byBot ? BOT : 1 },
    });
    app.get("/user", (c) => c.json({ id: BOT }));
    const notes = "/projects/34/merge_requests/12/notes";
    app.get(notes, (c) => c.json(page(c, this.comments).map(shown)));
    app.post(notes, async (c) => {
      const { body } = await c.req.json<{ body: string }>();
      return c.json(shown(this.add(this.comments, { text: body })), 201);
    });
    app.put(`${notes}/:id`, async (c) => {
      const found = entryOf(c, this.comments);
      found.text = (await c.req.json<{ body: string }>()).body;
      return c.json(shown(found));
    });
    app.get("/projects/34/issues", (c) => {
      const some = this.issues.filter(
        ({ isOpen, label }) => isOpen && label === c.req.query("labels"),
      );
      return c.json(page(c, some).map(shown));
    });
    app.post("/projects/34/issues", async (c) => {
      const { title, description, labels } = await c.req.json<Record<string, string>>();
      const issue = { title: title ?? "", text: description ?? "", label: labels ?? "" };
      return c.json(shown(this.add(this.issues, issue)), 201);
    });
    app.put("/projects/34/issues/:id", async (c) => {
      const found = entryOf(c, this.issues);
      const { description, state_event } = await c.req.json<Record<string, string>>();
      found.text = description ?? found.text;
      found.isOpen = state_event !== "close";
      return c.json(shown(found));
    });
    return app;
  }

  #azure(): Hono {
    const app = new Hono().basePath("/contoso/Office policies/_apis");
    const threads = "/git/repositories/repo/pullRequests/12/threads";
    const shown = ({ id, text, properties }: Entry) => ({
      id,
      isDeleted: false,
      properties: properties ?? {},
      comments: [{ id: 1, content: text }],
    });
    app.get(threads, (c) => c.json({ value: this.comments.map(shown) }));
    app.post(threads, async (c) => {
      const { comments, properties } = await c.req.json<{
        comments: { content: string }[];
        properties: unknown;
      }>();
      const text = comments[0]?.content ?? "";
      return c.json(shown(this.add(this.comments, { text, properties })));
    });
    app.patch(`${threads}/:id/comments/1`, async (c) => {
      const found = entryOf(c, this.comments);
      found.text = (await c.req.json<{ content: string }>()).content;
      return c.json(shown(found));
    });
    app.get("/wit/workitemtypes/Issue/states", (c) =>
      c.json({
        value: [
          { name: "To Do", category: "Proposed" },
          { name: "Doing", category: "InProgress" },
          { name: "Done", category: "Completed" },
        ],
      }),
    );
    app.post("/wit/wiql", async (c) => {
      const { query } = await c.req.json<{ query: string }>();
      const label = /\[System\.Tags\] CONTAINS '([^']*)'/.exec(query)?.[1];
      const isOver = query.includes("[System.State] <> 'Done'");
      const found = this.issues.filter((each) => each.label === label && (each.isOpen || !isOver));
      return c.json({ workItems: found.map(({ id }) => ({ id })) });
    });
    const write = async (c: Context, entry: Entry) => {
      if (c.req.header("content-type") !== "application/json-patch+json") return c.text("", 415);
      for (const { path, value } of await c.req.json<{ path: string; value: string }[]>()) {
        if (path === "/fields/System.Title") entry.title = value;
        if (path === "/fields/System.Tags") entry.label = value;
        if (path === "/fields/System.Description") entry.text = value;
        if (path === "/fields/System.State") entry.isOpen = value !== "Done";
      }
      return c.json({ id: entry.id });
    };
    app.post("/wit/workitems/$Issue", (c) => write(c, this.add(this.issues, { text: "" })));
    app.patch("/wit/workitems/:id", (c) => write(c, entryOf(c, this.issues)));
    return app;
  }
}

function entryOf(c: Context, list: readonly Entry[]): Entry {
  const found = list.find(({ id }) => id === Number(c.req.param("id")));
  if (found === undefined) throw new Error(`no entry ${c.req.param("id")}`);
  return found;
}

/** A page of a list, as GitHub and GitLab give it. */
function page(c: Context, list: readonly Entry[]): Entry[] {
  const [size, number] = [Number(c.req.query("per_page")), Number(c.req.query("page"))];
  return list.slice((number - 1) * size, number * size);
}
