import { z } from "zod";
import { GraphAnswerError } from "./errors/graphAnswerError";
import type { RequestFacts } from "./errors/requestFacts";
import type { GraphPage, GraphResponse } from "./types";

/** More pages than any tenant has: an endless service must not block an update forever. */
const MAX_PAGES = 10_000;

const pageSchema = z.looseObject({
  value: z.array(z.unknown()),
  "@odata.nextLink": z.string().min(1).nullish(),
});

/** A page, and the request that fetched it. */
export interface FetchedPage {
  readonly request: RequestFacts;
  readonly response: GraphResponse;
}

/**
 * Reads a collection to its end, one page at a time. Follows links unchanged, and only on the host of the
 * first page: the next request carries the token.
 *
 * @param first - The address of the collection's first page.
 * @param from - The page to begin with, if another one.
 * @throws GraphAnswerError for an answer that is not a page, and for a link that leads to another host or
 *   in a circle.
 */
export async function* readPages(
  first: URL,
  fetchPage: (url: URL) => Promise<FetchedPage>,
  from = first,
): AsyncGenerator<GraphPage, undefined> {
  const seen = new Set<string>();
  let next: URL | undefined = from;
  while (next !== undefined) {
    seen.add(next.href);
    const fetched = await fetchPage(next);
    const page: GraphPage = readPage(fetched, first);
    const following = page.next;
    if (following !== undefined && seen.has(following.href)) {
      throw unreadable(fetched, "has a nextLink to a page already read");
    }
    if (following !== undefined && seen.size >= MAX_PAGES) {
      throw unreadable(fetched, `has more than ${MAX_PAGES} pages`);
    }
    next = following;
    yield page;
  }
}

/**
 * Reads one page.
 *
 * @param first - The address of the collection's first page.
 * @throws GraphAnswerError for an answer that is not a page, and for a link that leads to another host.
 */
export function readPage(fetched: FetchedPage, first: URL): GraphPage {
  const { success, data } = pageSchema.safeParse(fetched.response.body);
  if (!success) throw unreadable(fetched, "is no collection: it has no list `value`");
  const next = nextPage(fetched, data["@odata.nextLink"], first);
  return { items: data.value, ...(next !== undefined && { next }) };
}

function nextPage(
  fetched: FetchedPage,
  link: string | null | undefined,
  first: URL,
): URL | undefined {
  if (link == null) return undefined;
  const url = URL.canParse(link, first.href) ? new URL(link, first) : undefined;
  if (url === undefined) throw unreadable(fetched, "has a nextLink that is no address");
  if (url.origin !== first.origin) {
    const where = `${url.origin}: no token is sent there`;
    throw unreadable(fetched, `has a nextLink to another host, ${where}`);
  }
  if (url.username !== "" || url.password !== "") {
    throw unreadable(fetched, "has a nextLink with a user or a password in it");
  }
  return url;
}

function unreadable(
  { request, response: { status, requestId, clientRequestId } }: FetchedPage,
  problem: string,
): GraphAnswerError {
  return new GraphAnswerError(problem, {
    ...request,
    ...(requestId !== undefined && { requestId }),
    ...(clientRequestId !== undefined && { clientRequestId }),
    status,
  });
}
