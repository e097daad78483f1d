/**
 * Cost of a demo: time, network and disk, printed before it; remaining disk use, printed after it. The
 * figures are those of docs/development/engine.md.
 *
 * @module
 */
import type { Engine } from "./engine/index";

const PAGE = "docs/development/engine.md has the sizes, and how to remove each.";

/** Printed before a demo, when it is not known yet whether an engine is there. */
export const BEFORE = `No account is needed, and the demo itself connects to this machine only. It takes about half a
minute. Where Pulumi's CLI is neither on PATH nor in the cache, it is first downloaded from
get.pulumi.com (250 MB), or built with Go if that fails: 4 more minutes, and 3.3 GB in Go's caches.`;

/** Files that a demo leaves on the disk, by the source of its engine. */
export function leftBehind({ source, folder }: Pick<Engine, "source" | "folder">): string {
  const kept = `the engine (250 MB), for the next run:\n  ${folder}`;
  switch (source) {
    case "explicit":
    case "path":
      return "The demo leaves nothing behind: the engine is your own.";
    case "cache":
      return `The demo leaves nothing new behind. An earlier run left ${kept}\n${PAGE}`;
    case "installer":
      return `The demo leaves ${kept}\n${PAGE}`;
    case "go":
      return `The demo leaves what Go loaded and built for it (3.3 GB), in Go's module and build caches, and\n${kept}\n${PAGE}`;
  }
}
