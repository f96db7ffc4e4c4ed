import type { EventFeed } from "../src/events/feed.ts";
import type { Loaders } from "../src/graph/loaders/index.ts";
import type { ReadMoment } from "../src/graph/loaders/read-moment.ts";
import type { ListPosition, SourceWebhooksModel } from "../src/graph/loaders/models.ts";
import type { Principal } from "./principal.ts";
import type { UseCases } from "./use-cases.ts";

/** Identity of a list for paging: its tenant, the list (`payments`, `Payment.refunds pay_…`), and the filter. */
export interface ListScope {
  readonly tenantId: string;
  readonly list: string;
  /** Plain data; key order does not matter. */
  readonly filter: unknown;
  /** Name of the order. Undefined: the list's own order. */
  readonly order?: string | undefined;
}

/**
 * Positions as opaque text with a MAC: they cannot be forged, nor used for another tenant, another list, another
 * filter or another order.
 */
export interface Cursors {
  encodeListCursor(scope: ListScope, position: ListPosition): string;
  /** @throws ServiceError INVALID_CURSOR */
  decodeListCursor(scope: ListScope, text: string): ListPosition;
  /** Encodes the position after event number `seq` of the tenant's log. */
  encodeEventCursor(tenantId: string, seq: bigint): string;
  /** @throws ServiceError INVALID_CURSOR */
  decodeEventCursor(tenantId: string, text: string): bigint;
}

/** Webhook endpoints of sources: data that only their connectors and settings have. */
export interface WebhookEndpoints {
  /** Undefined for a source that accepts no webhooks, is not configured, or is not the tenant's. */
  find(tenantId: string, sourceId: string): Promise<SourceWebhooksModel | undefined>;
}

/** When a source is compared with what is stored. */
interface ComparisonSchedule {
  /** Undefined: on request only. */
  readonly everyMs: number | undefined;
  /** Number of days that are compared each time, with today. */
  readonly days: number;
}

/** Schedules of the comparisons of sources: data that only their connectors and settings have. */
export interface ComparisonSchedules {
  /** Undefined for a source that cannot be compared, is not configured, or is not the tenant's. */
  find(tenantId: string, sourceId: string): Promise<ComparisonSchedule | undefined>;
}

/** Context of resolvers: created for each operation over HTTP and for each event of a subscription. */
export interface Context {
  readonly principal: Principal;
  /** Included in the log and in each error. */
  readonly requestId: string;
  /** Address of the peer, for the audit trail. Undefined where the transport does not know it. */
  readonly remoteAddress: string | undefined;
  /** Aborted when the client has disconnected. */
  readonly signal: AbortSignal;
  /**
   * Cursor of the last event that the subscriber has received, as its transport says: it is newer than the argument
   * `after`, with which a client reconnects that cannot change its request. Undefined: the transport says nothing.
   */
  readonly resumeAfter: string | undefined;
  /** Moment whose state the loaders read. */
  readonly moment: ReadMoment;
  /** Cached: one object is read once per operation, or per event. */
  readonly loaders: Loaders;
  readonly useCases: UseCases;
  readonly events: Pick<EventFeed, "subscribe">;
  readonly cursors: Cursors;
  readonly webhooks: WebhookEndpoints;
  readonly comparisons: ComparisonSchedules;
}
