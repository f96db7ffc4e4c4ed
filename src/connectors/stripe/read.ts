import type { ReadInput } from "../../connector-api/connector.ts";
import type { RawPointer } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { placesOf } from "./account-places.ts";
import type { Query, StripeCall } from "./client.ts";
import { isPlatform, type StripeConfig } from "./config.ts";
import type { Position, StripeCursor } from "./cursor.ts";
import { eventObjectName, listingOf, messagesOfEvent, parseEvent } from "./event.ts";
import { KINDS } from "./kinds.ts";
import { messagesOf } from "./messages.ts";
import { type ItemMessage, oneByOne, type PageMessages, readPass, type Pass, type StripeMessage } from "./pass.ts";
import { withPayoutLines } from "./payout-lines.ts";
import { type AccountRead, type ReadAccount, readAccounts } from "./read-accounts.ts";
import { readBalance } from "./read-balance.ts";
import { BALANCE_STREAM, LIST_STREAMS, type ListStream, PAYOUT_LINES } from "./streams.ts";

/** Stripe's retention of events is 30 days. This is an hour less, so that none expires while we read towards it. */
const EVENT_RETENTION_SECONDS = 30 * 86_400 - 3600;

/** Reads a stream; see `Connector.read`. */
export function readStream(input: ReadInput<StripeConfig, StripeCursor>): AsyncGenerator<StripeMessage, void> {
  const read = readerOf(input.stream);
  const isOfAll = isPlatform(input.config) && input.isPart === undefined;
  const pages = isOfAll ? readAccounts(input, read) : read({ ...input, cursor: placesOf(input.cursor).own });
  return oneByOne(pages, input.signal);
}

/** Returns the reader of one account's part of a stream. */
function readerOf(name: string): ReadAccount {
  if (name === BALANCE_STREAM.name) return readBalance;
  const stream = LIST_STREAMS.find((one) => one.name === name);
  if (stream === undefined) throw new ServiceError("INVALID_INPUT", "Stripe has no such stream");
  return (input) => readList(input, stream);
}

async function* readList(input: AccountRead, stream: ListStream): AsyncGenerator<PageMessages, void> {
  const { account, cursor, range } = input;
  const pagesOf = (call: StripeCall, pass: Pass) => {
    const pages = readPass(call, pass);
    return stream.name === PAYOUT_LINES ? withPayoutLines(call, pages) : pages;
  };
  const changed = cursor?.phase === "incremental" && range === undefined;
  let since = changed ? yield* pagesOf(input, changesPass(stream, cursor, account ?? input.config.account)) : undefined;
  // First read, a range, or a cursor from before the oldest event that Stripe still retains.
  since ??= yield* pagesOf({ ...input, isBackfill: true }, everythingPass(stream, input));
  if (since === undefined) return;
  yield [{ type: "checkpoint", cursor: { phase: "incremental", since }, progress: 1 }];
}

/**
 * Returns a pass over all objects, or over all objects created in a range. A range that was read to its end is read
 * again.
 */
function everythingPass(stream: ListStream, { cursor, range }: AccountRead): Pass {
  const from = range?.from === undefined ? undefined : secondAtOrAfter(range.from);
  const to = range?.to === undefined ? undefined : secondAtOrAfter(range.to);
  const query: Query = [
    ...(from === undefined ? [] : [["created[gte]", String(from)] as const]),
    ...(to === undefined ? [] : [["created[lt]", String(to)] as const]),
  ];
  return {
    listing: { path: stream.path, query: [...stream.query, ...query] },
    position: cursor?.phase === "backfill" ? cursor : undefined,
    oldest: from,
    cursorAt: ({ since, after }) => ({ phase: "backfill", since, after }),
    nextAt: (since) => ({ phase: "incremental", since }),
    messagesOfItem: (item, version, raw) => messagesOf(KINDS[stream.object], item, { version, raw }),
  };
}

/**
 * Returns a pass over the changes since the last read: by events, or by listing the newest objects again for types
 * without events.
 */
function changesPass(
  stream: ListStream,
  cursor: StripeCursor & { readonly phase: "incremental" },
  account: string | undefined,
): Pass {
  const oldest = Math.max(0, cursor.since - stream.lookbackSeconds);
  const created: Query = [["created[gte]", String(oldest)]];
  const shared = {
    position: cursor.pass,
    oldest,
    cursorAt: (pass: Position): StripeCursor => ({ phase: "incremental", since: cursor.since, pass }),
  };
  if (stream.eventTypes.length === 0) {
    return {
      ...shared,
      listing: { path: stream.path, query: [...stream.query, ...created] },
      messagesOfItem: (item, version, raw) => messagesOf(KINDS[stream.object], item, { version, raw }),
    };
  }
  const types: Query = [...stream.eventTypes, ...stream.affectedBy].map((type) => ["types[]", type]);
  return {
    ...shared,
    listing: { path: "/v1/events", query: [...types, ...created] },
    messagesOfItem: (item, _version, raw) => messagesOfListedEvent(stream, item, raw, account),
    isVoid: (now) => now - cursor.since > EVENT_RETENTION_SECONDS,
  };
}

function messagesOfListedEvent(
  stream: ListStream,
  item: unknown,
  raw: RawPointer,
  account: string | undefined,
): readonly ItemMessage[] {
  const event = parseEvent(item);
  if (event === undefined) {
    const { entity } = KINDS[stream.object];
    return [{ type: "malformed", entity, externalId: undefined, path: "", problem: "must be an event", raw }];
  }
  // The event belongs to another account than the one whose list this is: it is in that account's list too.
  if (event.account && event.account !== account) return [];
  if (stream.affectedBy.includes(event.type)) return hintsFor(stream, messagesOfEvent(event, raw));
  const messages = eventObjectName(event) === stream.object ? messagesOfEvent(event, raw) : [];
  return [listingOf(event), ...messages];
}

function hintsFor({ entities }: ListStream, messages: readonly ItemMessage[]): readonly ItemMessage[] {
  return messages.filter((message) => message.type === "hint" && entities.includes(message.entity));
}

/**
 * Rounds up to whole seconds, which Stripe's times are: a bound within a second means the next one, both for an
 * inclusive `from` and an exclusive `to`.
 */
function secondAtOrAfter(time: string): number {
  const timeMs = Date.parse(time);
  if (Number.isNaN(timeMs)) throw new ServiceError("INVALID_INPUT", "a range must have RFC 3339 times");
  return Math.ceil(timeMs / 1000);
}
