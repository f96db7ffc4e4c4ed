import type { EventFeed } from "../src/events/feed.ts";
import type { Loaders } from "../src/loaders/index.ts";
import type { ListPosition, SourceWebhooksModel } from "../src/loaders/models.ts";
import type { Principal } from "./principal.ts";
import type { UseCases } from "./use-cases.ts";

/** What is needed to page one list: which tenant, which list (`payments`, `Payment.refunds pay_…`), which filter. */
export interface ListScope {
  readonly tenantId: string;
  readonly list: string;
  /** Plain data; the order of its keys is of no account. */
  readonly filter: unknown;
}

/**
 * Positions as opaque text with a MAC: they cannot be made up, nor used at another tenant, another list or with
 * another filter.
 */
export interface Cursors {
  encodeListCursor(scope: ListScope, position: ListPosition): string;
  /** @throws ServiceError INVALID_CURSOR */
  decodeListCursor(scope: ListScope, text: string): ListPosition;
  /** Position after event number `seq` of the tenant's log. */
  encodeEventCursor(tenantId: string, seq: bigint): string;
  /** @throws ServiceError INVALID_CURSOR */
  decodeEventCursor(tenantId: string, text: string): bigint;
}

/** Where sources take webhooks: what only their connectors and settings know. */
export interface WebhookEndpoints {
  /** Undefined for a source that takes none, or is not configured, or not the tenant's. */
  find(tenantId: string, sourceId: string): SourceWebhooksModel | undefined;
}

/** What resolvers are given: made anew for each operation over HTTP and for each event of a subscription. */
export interface Context {
  readonly principal: Principal;
  /** Stands in the log and in each error. */
  readonly requestId: string;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
  /** Caching: one object is read once per operation, or per event. */
  readonly loaders: Loaders;
  readonly useCases: UseCases;
  readonly events: Pick<EventFeed, "subscribe">;
  readonly cursors: Cursors;
  readonly webhooks: WebhookEndpoints;
}
