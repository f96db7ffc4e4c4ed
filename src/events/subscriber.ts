import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { LoggedEvent } from "./event.ts";
import { createMatcher, type EventFilter, type EventMatcher } from "./filter.ts";
import type { Follower } from "./follower.ts";
import type { Semaphore } from "../runtime/semaphore.ts";
import { type LogPage, readLog } from "./read-log.ts";
import type { StreamItem } from "./stream-item.ts";

/** Number of non-matching events that are skipped before the subscriber receives its new position. */
const SKIPPED_MAX = 1_000n;
const RETRY_MS = 500;

export interface SubscriberOptions {
  readonly database: Database;
  readonly tenantId: string;
  /** Sequence number of the last event already received; undefined starts at the head. */
  readonly after: bigint | undefined;
  /** True: with a cursor too, the first item is the position at which the stream begins. */
  readonly announcesStart: boolean;
  readonly filter: EventFilter;
  readonly follower: Follower;
  /** Number of events that a subscriber behind the ring reads and keeps in memory at a time. */
  readonly pageSize: number;
  /** Shared by all subscribers: many replaying subscribers must not take the connection pool from interactive reads. */
  readonly reads: Semaphore;
  /** Interval at which a subscriber whose filter matches nothing receives its newer position. */
  readonly positionIntervalMs: number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Called for each failed read; the read is repeated. */
  readonly onProblem: (problem: ServiceError) => void;
}

/** State of one subscriber. */
interface Subscriber extends SubscriberOptions {
  readonly matches: EventMatcher;
  /** Every event up to this number was sent or did not match; undefined until the head is known. */
  position: bigint | undefined;
  /** Position of the last item sent. */
  reported: bigint;
  reportedAtMs: number;
  /** The log had no event after this number at the last read, since the tail last advanced. */
  exhausted: bigint | undefined;
  /** Page that events are taken from while the subscriber is behind the ring. */
  page: { readonly events: readonly LoggedEvent[]; taken: number; readonly through: bigint } | undefined;
}

/** Items of one subscriber, for `createPullIterator`. */
export interface SubscriberItems {
  /** Resolves with undefined once the follower is closed. */
  readonly pull: () => Promise<StreamItem | undefined>;
  /** Returns the next item if it is in memory. */
  readonly pullReady: () => StreamItem | undefined;
}

/**
 * Returns the items of one subscriber, produced on request. The subscriber's state is a number, its position: at
 * the head of the log it takes events from the shared ring, behind it from its own page of the log. The number is the
 * same in both, so switching between them neither loses nor repeats an event. At most one page is in memory, however
 * slowly the items are taken.
 */
export function createSubscriber(options: SubscriberOptions): SubscriberItems {
  const self: Subscriber = {
    ...options,
    matches: createMatcher(options.filter),
    position: options.after,
    reported: options.after ?? 0n,
    reportedAtMs: options.clock(),
    exhausted: undefined,
    page: undefined,
  };
  let isAnnounced = !options.announcesStart;
  const announcement = (): StreamItem | undefined => {
    if (isAnnounced || options.after === undefined) return undefined;
    isAnnounced = true;
    return reportPosition(self, options.after);
  };
  const pullReady = () => announcement() ?? fromPage(self) ?? fromRing(self) ?? newerPosition(self);
  return {
    async pull() {
      while (!self.follower.closed) {
        const ready = pullReady();
        if (ready !== undefined) return ready;
        const from = unreadFrom(self);
        if (from === undefined) await waitForTail(self);
        else {
          const reset = await readOn(self, from);
          if (reset !== undefined) return reset;
        }
      }
      return undefined;
    },
    pullReady,
  };
}

/** Records that an item is sent. */
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

/** Returns a position item after many non-matching events or some time, so that a resume does not start far back. */
function newerPosition(self: Subscriber): StreamItem | undefined {
  const { position, reported, reportedAtMs, positionIntervalMs, clock } = self;
  if (position === undefined || position <= reported) return undefined;
  if (position - reported < SKIPPED_MAX && clock() - reportedAtMs < positionIntervalMs) return undefined;
  return reportPosition(self, position);
}

/** Returns the position from which the log is to be read; undefined if the next events come from the ring. */
function unreadFrom({ position, follower: { ring }, exhausted }: Subscriber): bigint | undefined {
  const isOutside = ring !== undefined && position !== undefined && (position < ring.from || position > ring.to);
  return isOutside && position !== exhausted ? position : undefined;
}

/** Reads on from a position; returns a reset if the log cannot continue from there. */
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

/** Waits until the tail advances, or until a newer position is due. Waiting subscribers are many: it has no frame. */
function waitForTail(self: Subscriber): Promise<void> {
  const { position, reported, reportedAtMs, positionIntervalMs, clock, follower } = self;
  self.exhausted = undefined; // it is read only after the wait
  const isUnreported = position !== undefined && position > reported;
  return follower.changed(isUnreported ? Math.max(0, reportedAtMs + positionIntervalMs - clock()) : undefined);
}

/**
 * Reads a page of the log. Undefined, after a pause, if the store could not be read: the read will be repeated, so that
 * a restart of the database does not end every subscription.
 * @throws ServiceError INTERNAL
 */
async function readPage(self: Subscriber, after: bigint): Promise<LogPage | undefined> {
  const { database, tenantId, filter, pageSize, reads, follower, onProblem } = self;
  try {
    return await reads.run(async () =>
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
