import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { LoggedEvent } from "./event.ts";
import { createMatcher, type EventFilter, type EventMatcher } from "./filter.ts";
import type { Follower } from "./follower.ts";
import type { Limit } from "./limit.ts";
import { type LogPage, readLog } from "./read-log.ts";
import type { StreamItem } from "./stream-item.ts";

/** Unwanted events passed over before the subscriber is told its new position. */
const SKIPPED_MAX = 1_000n;
const RETRY_MS = 500;

export interface SubscriberOptions {
  readonly database: Database;
  readonly tenantId: string;
  /** Number of the last event already had; undefined starts at the head. */
  readonly after: bigint | undefined;
  readonly filter: EventFilter;
  readonly follower: Follower;
  /** Events that a subscriber behind the ring reads and holds at a time. */
  readonly pageSize: number;
  /** Shared by all subscribers: a crowd that replays must not take the pool from interactive reads. */
  readonly limitReads: Limit;
  /** A subscriber whose filter passes nothing learns its newer position this often. */
  readonly positionIntervalMs: number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Told of failed reads; they are repeated. */
  readonly onProblem: (problem: ServiceError) => void;
}

/** Where a subscriber stands. */
interface Subscriber extends SubscriberOptions {
  readonly matches: EventMatcher;
  /** Everything up to this number was sent or not wanted; undefined until the head is known. */
  position: bigint | undefined;
  /** Position of the last item sent. */
  reported: bigint;
  reportedAtMs: number;
  /** The log had nothing after this number when it was asked, since the last move of the tail. */
  exhausted: bigint | undefined;
  /** What it is taking from, when behind the ring. */
  page: { readonly events: readonly LoggedEvent[]; taken: number; readonly through: bigint } | undefined;
}

/**
 * The next item of one subscriber, made when it is asked for. The subscriber is a number, its position: at the tip it
 * takes from the shared ring, behind it from a page of the log of its own, and since the number is the same in both,
 * the change from one to the other neither loses nor repeats anything. What is in memory is one page, however slowly
 * the items are taken.
 * @returns a function that resolves with undefined once the follower was closed
 */
export function createSubscriber(options: SubscriberOptions): () => Promise<StreamItem | undefined> {
  const self: Subscriber = {
    ...options,
    matches: createMatcher(options.filter),
    position: options.after,
    reported: options.after ?? 0n,
    reportedAtMs: options.clock(),
    exhausted: undefined,
    page: undefined,
  };
  return async () => {
    while (!self.follower.closed) {
      const item = fromPage(self) ?? fromRing(self) ?? newerPosition(self) ?? (await advance(self));
      if (item !== undefined) return item;
    }
    return undefined;
  };
}

/** Notes that an item is sent. */
function report<Item extends StreamItem>(self: Subscriber, item: Item): Item {
  self.position = self.reported = item.seq;
  self.reportedAtMs = self.clock();
  return item;
}

function reportEvent(self: Subscriber, event: LoggedEvent): StreamItem {
  return report(self, { type: "event", seq: event.seq, at: event.at, event });
}

function reportPosition(self: Subscriber, seq: bigint): StreamItem {
  return report(self, { type: "position", seq, at: now(self) });
}

function now({ clock }: Subscriber): string {
  return new Date(clock()).toISOString();
}

function fromPage(self: Subscriber): StreamItem | undefined {
  if (self.page === undefined) return undefined;
  const event = self.page.events[self.page.taken];
  self.page.taken += 1;
  if (event !== undefined) return reportEvent(self, event);
  self.position = self.page.through;
  self.page = undefined;
  return undefined;
}

function fromRing(self: Subscriber): StreamItem | undefined {
  const { ring } = self.follower;
  if (ring === undefined) return undefined;
  if (self.position === undefined) return reportPosition(self, ring.to);
  if (self.position < ring.from) return undefined;
  while (self.position < ring.to) {
    const event = ring.after(self.position);
    self.position = event?.seq ?? ring.to;
    if (event !== undefined && self.matches(event)) return reportEvent(self, event);
  }
  return undefined;
}

/** Told after many unwanted events or a while, so that a resume does not begin far back. */
function newerPosition(self: Subscriber): StreamItem | undefined {
  const { position, reported, reportedAtMs, positionIntervalMs, clock } = self;
  if (position === undefined || position <= reported) return undefined;
  if (position - reported < SKIPPED_MAX && clock() - reportedAtMs < positionIntervalMs) return undefined;
  return reportPosition(self, position);
}

/** Until there may be something to take: reads the log when outside the ring, else waits for the tail. */
async function advance(self: Subscriber): Promise<StreamItem | undefined> {
  const { position } = self;
  const { ring } = self.follower;
  const isOutside = ring !== undefined && position !== undefined && (position < ring.from || position > ring.to);
  if (isOutside && position !== undefined && position !== self.exhausted) return await readOn(self, position);
  await waitForTail(self);
  return undefined;
}

/** Reads on from a position; a reset when the log cannot go on from there. */
async function readOn(self: Subscriber, from: bigint): Promise<StreamItem | undefined> {
  const read = await readPage(self, from);
  if (read === undefined) return undefined;
  const { head, floor, events, through } = read;
  if (floor > from || head < from) {
    const reason = floor > from ? "RETENTION" : "UNKNOWN_POSITION";
    return report(self, { type: "reset", seq: head, at: now(self), reason, floor });
  }
  if (through === from) self.exhausted = from;
  self.page = { events, taken: 0, through };
  return undefined;
}

/** Until the tail moves, or it is time to tell a newer position. */
async function waitForTail(self: Subscriber): Promise<void> {
  const { position, reported, reportedAtMs, positionIntervalMs, clock, follower } = self;
  const isUntold = position !== undefined && position > reported;
  await follower.changed(isUntold ? Math.max(0, reportedAtMs + positionIntervalMs - clock()) : undefined);
  self.exhausted = undefined;
}

/**
 * A page of the log. Undefined, after a pause, when the store could not be asked: it will be asked again, so that a
 * restart of the database does not end every subscription.
 * @throws ServiceError INTERNAL
 */
async function readPage(self: Subscriber, after: bigint): Promise<LogPage | undefined> {
  const { database, tenantId, filter, pageSize, limitReads, follower, onProblem } = self;
  try {
    return await limitReads(async () =>
      follower.closed ? undefined : await readLog(database, { tenantId, after, filter, limit: pageSize }),
    );
  } catch (reason) {
    const problem = ServiceError.from(reason);
    if (!problem.retryable) throw problem;
    onProblem(problem);
    await follower.changed(RETRY_MS);
    return undefined;
  }
}
