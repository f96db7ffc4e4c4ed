import type { RawPayload } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { Version } from "../../domain/version.ts";
import { isMissing, rejection, stripeGet, type Query, type StripeAnswer, type StripeCall } from "./client.ts";
import { listedWire, listWire } from "./wire/list.ts";

/** Stripe's maximum: the fewest requests for the same objects. */
const PAGE_SIZE = "100";

/** One list page, newest object first. */
export interface Page {
  readonly items: readonly unknown[];
  readonly payload: RawPayload;
  readonly version: Version;
  /** Id of the last item that has one; undefined on an empty page. */
  readonly lastId: string | undefined;
  readonly hasMore: boolean;
}

/** `lost`: the object after which a page was asked for is gone, so that nothing can be read after it. */
export type PageStep = Page | "lost";

/** A newest-first list. */
export interface Listing {
  readonly path: string;
  readonly query: Query;
}

/**
 * The pages of a list after an object. While the consumer handles a page the next one is already asked for: one, so
 * that memory is bounded by two pages. Leaving the iteration early ends the request in flight.
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
        page === "lost" || !page.hasMore ? undefined : fetchPage(inner, listing, continueAfter(page, seen, listing));
      next?.catch(() => {}); // reported when it is awaited; until then it must not count as unhandled
      yield page;
    }
  } finally {
    leaving.abort();
    await next?.catch(() => {}); // left early: nobody waits for it any more, but it must be over when we are
  }
}

/** A list that comes back to an object it already gave would never end. */
function continueAfter(page: Page, seen: Set<string>, { path }: Listing): string {
  const { lastId } = page;
  if (lastId === undefined || seen.has(lastId)) {
    throw new ServiceError("UPSTREAM_GARBLED", "Stripe's paging does not advance", {
      detail: `${path}: ${lastId === undefined ? "more is announced after a page without ids" : "a page came again"}`,
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
  // 400 and 404 only matter where an id is named that may be gone.
  const answer = await stripeGet(call, listing.path, query, after === undefined ? [] : [400, 404]);
  if (answer.status >= 400) {
    if (isMissing(answer, "starting_after")) return "lost";
    throw rejection(answer, listing.path);
  }
  return pageOf(answer, listing);
}

function pageOf(answer: StripeAnswer, { path }: Listing): Page {
  const parsed = listWire.safeParse(answer.json);
  if (!parsed.success) {
    throw new ServiceError("UPSTREAM_MALFORMED", "Stripe's answer is no list", { detail: `${path} gave no list` });
  }
  const { data, has_more } = parsed.data;
  return { items: data, payload: answer.payload, version: answer.version, lastId: lastIdOf(data), hasMore: has_more };
}

function lastIdOf(items: readonly unknown[]): string | undefined {
  const last = items.findLast((item) => listedWire.safeParse(item).success);
  return last === undefined ? undefined : listedWire.parse(last).id;
}
