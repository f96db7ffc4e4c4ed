import type { ContractMessage, RawPayload } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { Version } from "../../domain/version.ts";
import { isAbout, isMissing, rejection, stripeGet, type Query, type StripeAnswer, type StripeCall } from "./client.ts";
import { listedWire, listWire } from "./wire/list.ts";

/** Stripe's maximum: the fewest requests for the same objects. */
const PAGE_SIZE = "100";

/** One list page, newest object first. */
export interface Page {
  readonly items: readonly unknown[];
  readonly payload: RawPayload;
  readonly version: Version;
  readonly contract: readonly ContractMessage[];
  /** Id of the last item that has one; undefined on an empty page. */
  readonly lastId: string | undefined;
  readonly hasMore: boolean;
}

/**
 * `lost`: the object after which a page was requested is deleted, so that nothing can be read after it. `unknown`:
 * there is no such list, see `Listing.acceptUnknown`.
 */
export type PageStep = Page | "lost" | "unknown";

/** A newest-first list. */
export interface Listing {
  readonly path: string;
  readonly query: Query;
  /** Parameter of a list that may not exist: a response that refuses it is `unknown`. */
  readonly acceptUnknown?: string;
}

/**
 * Yields the pages of a list after an object. While the consumer handles a page the next one is already requested: only
 * one, so that memory is bounded by two pages. Leaving the iteration early ends the request in flight.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function* readPages(
  call: StripeCall,
  listing: Listing,
  after: string | undefined,
): AsyncGenerator<PageStep> {
  const leaving = new AbortController();
  const inner = { ...call, signal: AbortSignal.any([call.signal, leaving.signal]) };
  const seen = new Set<string>();
  let next: Promise<PageStep> | undefined = fetchPage(inner, listing, after);
  try {
    while (next !== undefined) {
      const page: PageStep = await next;
      next =
        page === "lost" || page === "unknown" || !page.hasMore
          ? undefined
          : fetchPage(inner, listing, continueAfter(page, seen, listing));
      next?.catch(() => {}); // reported when it is awaited; until then it must not count as unhandled
      yield page;
    }
  } finally {
    leaving.abort();
    // left early: its result is not needed any more, but it must have ended before we return
    await next?.catch(() => {});
  }
}

/** Returns the id after which to continue. A list that returns to an earlier object would never end. */
function continueAfter(page: Page, seen: Set<string>, { path }: Listing): string {
  const { lastId } = page;
  if (lastId === undefined || seen.has(lastId)) {
    throw new ServiceError("UPSTREAM_GARBLED", "Stripe's paging does not advance", {
      detail: `${path}: ${lastId === undefined ? "has_more is true on a page without ids" : "a page was repeated"}`,
    });
  }
  seen.add(lastId);
  return lastId;
}

async function fetchPage(call: StripeCall, listing: Listing, after: string | undefined): Promise<PageStep> {
  const query: Query = [
    ["limit", PAGE_SIZE],
    ...listing.query,
    ...(after === undefined ? [] : [["starting_after", after] as const]),
  ];
  // 400 and 404 matter only if the request names an id that may be deleted.
  const namesId = after !== undefined || listing.acceptUnknown !== undefined;
  const answer = await stripeGet(call, listing.path, query, namesId ? [400, 404] : []);
  if (answer.status >= 400) {
    if (listing.acceptUnknown !== undefined && isAbout(answer, listing.acceptUnknown)) return "unknown";
    if (isMissing(answer, "starting_after")) return "lost";
    throw rejection(answer, listing.path);
  }
  return pageOf(answer, listing);
}

function pageOf(answer: StripeAnswer, { path }: Listing): Page {
  const parsed = listWire.safeParse(answer.json);
  if (!parsed.success) {
    throw new ServiceError("UPSTREAM_MALFORMED", "Stripe's response is not a list", {
      detail: `${path} did not return a list`,
    });
  }
  const { data, has_more } = parsed.data;
  const { payload, version, contract } = answer;
  return { items: data, payload, version, contract, lastId: lastIdOf(data), hasMore: has_more };
}

function lastIdOf(items: readonly unknown[]): string | undefined {
  const last = items.findLast((item) => listedWire.safeParse(item).success);
  return last === undefined ? undefined : listedWire.parse(last).id;
}
