import type { Hono } from "hono";
import type { Access } from "../graph/access";
import type { EmulatedApi } from "../graph/api";
import { insufficientPrivileges } from "../graph/errors";
import { Query } from "../graph/query";
import type { EmulatorMode } from "../modes";
import type { EmulatedGroup } from "../types";
import { VOCABULARY } from "./vocabulary";

interface GroupsOptions {
  readonly mode: EmulatorMode;
  readonly groups: readonly EmulatedGroup[];
  /** Root of Graph's version: `http://127.0.0.1:1234/beta`. */
  readonly graphUrl: () => string;
}

/** The names of groups, of Graph's `/groups`. */
export class GroupsApi implements EmulatedApi {
  readonly vocabulary = VOCABULARY;
  readonly access: Access = {
    segment: "groups",
    road: "open",
    permissions: {
      read: ["GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All"],
      write: [],
    },
    unlicensed: insufficientPrivileges,
    forbidden: insufficientPrivileges,
  };
  readonly #options: GroupsOptions;

  constructor(options: GroupsOptions) {
    this.#options = options;
  }

  routes(app: Hono): void {
    const { mode, groups, graphUrl } = this.#options;
    const all = groups.map(({ id, displayName }) => ({ id: id.toLowerCase(), displayName }));
    app.get("/beta/groups", (c) => {
      if (mode.groupReads === "refused") throw insufficientPrivileges();
      const query = new Query(new URL(c.req.url), VOCABULARY);
      const context = `${graphUrl()}/$metadata#groups`;
      return c.json(
        query.page(query.apply(all), { mode, origin: new URL(graphUrl()).origin, context }),
      );
    });
  }

  /** Nobody can change groups. */
  controls(): void {}

  fill(): void {}
}
