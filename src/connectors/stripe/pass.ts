import type {
  CheckpointMessage,
  ContractMessage,
  FindingMessage,
  HintMessage,
  ListedEventMessage,
  ObjectMessage,
  PayoutLinesMessage,
  RawPointer,
} from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { StripeCall } from "./client.ts";
import type { Position, StripeCursor } from "./cursor.ts";
import { readPages, type Listing, type Page } from "./paging.ts";
import type { Version } from "../../domain/version.ts";
import { createdWire } from "./wire/list.ts";

/** A message of one list item. */
export type ItemMessage = ObjectMessage | HintMessage | ListedEventMessage | PayoutLinesMessage;
export type StripeMessage = ItemMessage | FindingMessage | ContractMessage | CheckpointMessage<StripeCursor>;

/**
 * Messages of one page, in order. Whole pages go through the layers: an asynchronous step per message would cost more
 * than its parsing.
 */
export type PageMessages = readonly StripeMessage[];

/** One walk over a newest-first list, from its head or from where an earlier walk stopped. */
export interface Pass {
  readonly listing: Listing;
  readonly position: Position | undefined;
  /** The oldest second in the list, if known, for the progress figure. */
  readonly oldest: number | undefined;
  /** Returns the checkpoint after a page that is not the last. */
  cursorAt(position: Position): StripeCursor;
  /** Returns the cursor at which the read of later changes continues, for a walk over all objects by creation. */
  nextAt?(since: number): StripeCursor;
  messagesOfItem(item: unknown, version: Version, raw: RawPointer): readonly ItemMessage[];
  /** Called once, when the upstream's clock is known: true ends the pass before anything is read from it. */
  isVoid?(now: number): boolean;
}

/**
 * Objects at which paging continues may be deleted while we read; more often than this in one read is not a
 * coincidence.
 */
const MAX_RESTARTS = 3;

/**
 * Reads a pass. Returns the second up to which everything is read when it is complete, undefined if it was void.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function* readPass(call: StripeCall, pass: Pass): AsyncGenerator<PageMessages, number | undefined> {
  let { position } = pass;
  for (let restarts = 0; restarts <= MAX_RESTARTS; restarts += 1) {
    const end = yield* readFrom(call, pass, position);
    if (end !== "lost") return end;
    position = undefined;
  }
  throw new ServiceError("UPSTREAM_GARBLED", "Stripe's paging does not advance", {
    detail: `${pass.listing.path}: the object to continue after had been deleted ${MAX_RESTARTS + 1} times`,
  });
}

async function* readFrom(
  call: StripeCall,
  pass: Pass,
  position: Position | undefined,
): AsyncGenerator<PageMessages, number | undefined | "lost"> {
  let since = position?.since;
  let reached = Infinity;
  let isFirst = true;
  for await (const page of readPages(call, pass.listing, position?.after)) {
    if (page === "lost" || page === "unknown") return "lost";
    const now = secondOf(page.version);
    if (isFirst && pass.isVoid?.(now)) return undefined;
    // Once for a read; a connected account has the version of the key's own.
    const contract = isFirst && call.account === undefined ? page.contract : [];
    isFirst = false;
    since ??= now;
    const messages = [...contract, ...messagesOfPage(pass, page)];
    if (!page.hasMore || page.lastId === undefined) {
      yield messages;
      continue;
    }
    reached = Math.min(reached, reachedBy(page));
    yield [...messages, checkpointAt(pass, { since, after: page.lastId }, reached)];
  }
  return since;
}

function messagesOfPage({ messagesOfItem }: Pass, { items, version, payload }: Page): ItemMessage[] {
  return items.flatMap((item, index) => messagesOfItem(item, version, { payload, path: `/data/${index}` }));
}

/**
 * Yields the messages of the pages one by one. The consumer may take any time for a page, and an abort in between does
 * not wait for the page's end.
 * @throws ServiceError CANCELED
 */
export async function* oneByOne(
  pages: AsyncIterable<PageMessages>,
  signal: AbortSignal,
): AsyncGenerator<StripeMessage, void> {
  for await (const page of pages) {
    for (const message of page) {
      throwIfCanceled(signal);
      yield message;
    }
    throwIfCanceled(signal);
  }
}

function throwIfCanceled(signal: AbortSignal): void {
  if (signal.aborted) throw new ServiceError("CANCELED", "the read was canceled", { cause: signal.reason });
}

/** The earliest second that the page can contain: everything before it is in the page, or on the pages after it. */
function secondOf(version: Version): number {
  return Number(version.from / 1000n);
}

function checkpointAt(pass: Pass, position: Position, reached: number): CheckpointMessage<StripeCursor> {
  const { since } = position;
  const checkpoint = {
    type: "checkpoint",
    cursor: pass.cursorAt(position),
    progress: progressOf(pass, since, reached),
  } as const;
  if (pass.nextAt === undefined) return checkpoint;
  const at = reached === Infinity ? {} : { reached: new Date(reached * 1000).toISOString() };
  return { ...checkpoint, ...at, next: pass.nextAt(since) };
}

/**
 * Number of items that must agree on the second that a page reaches: a range ends by it, and one wrongly dated item
 * must not cut off the rest.
 */
const CONFIRMATIONS = 2;

/**
 * Returns the second from which on everything is read with this page: more objects of the last second may be on the
 * next page. Infinity: no item is dated.
 */
function reachedBy({ items }: Page): number {
  const seconds: number[] = [];
  for (const item of items.toReversed()) {
    const dated = createdWire.safeParse(item);
    if (dated.success && seconds.push(dated.data.created) === CONFIRMATIONS) break;
  }
  return seconds.length === 0 ? Infinity : Math.max(...seconds) + 1;
}

function progressOf({ oldest }: Pass, newest: number, reached: number): number | undefined {
  if (oldest === undefined || reached === Infinity || newest <= oldest) return undefined;
  return Math.min(1, Math.max(0, (newest - reached) / (newest - oldest)));
}
