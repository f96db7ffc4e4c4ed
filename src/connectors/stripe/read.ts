import type { ReadInput } from "../../connector-api/connector.ts";
import type { RawPointer } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { Query } from "./client.ts";
import type { StripeConfig } from "./config.ts";
import type { Position, StripeCursor } from "./cursor.ts";
import { eventObjectName, listingOf, messagesOfEvent, parseEvent } from "./event.ts";
import { KINDS } from "./kinds.ts";
import { messagesOf } from "./messages.ts";
import { type ItemMessage, oneByOne, type PageMessages, readPass, type Pass, type StripeMessage } from "./pass.ts";
import { readBalance } from "./read-balance.ts";
import { BALANCE_STREAM, LIST_STREAMS, type ListStream } from "./streams.ts";

/** Stripe keeps events for 30 days. An hour less, so that none expires while we read towards it. */
const EVENT_RETENTION_SECONDS = 30 * 86_400 - 3600;

/** Reads a stream; see `Connector.read`. */
export function readStream(input: ReadInput<StripeConfig, StripeCursor>): AsyncGenerator<StripeMessage, void> {
  if (input.stream === BALANCE_STREAM.name) return readBalance(input, input.cursor);
  const stream = LIST_STREAMS.find(({ name }) => name === input.stream);
  if (stream === undefined) throw new ServiceError("INVALID_INPUT", "Stripe has no such stream");
  return oneByOne(readList(input, stream), input.signal);
}

async function* readList(
  input: ReadInput<StripeConfig, StripeCursor>,
  stream: ListStream,
): AsyncGenerator<PageMessages, void> {
  const { cursor, range } = input;
  const changed = cursor?.phase === "incremental" && range === undefined;
  let since = changed ? yield* readPass(input, changesPass(stream, cursor)) : undefined;
  // First read, a range, or a cursor from before the oldest event that Stripe still has.
  since ??= yield* readPass(input, everythingPass(stream, input));
  if (since === undefined) return;
  yield [{ type: "checkpoint", cursor: { phase: "incremental", since }, progress: 1 }];
}

/** Everything, or everything made in a range. A range that was read to its end is read again. */
function everythingPass(stream: ListStream, { cursor, range }: ReadInput<StripeConfig, StripeCursor>): Pass {
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

/** What changed since the last read: told by events, or by listing the newest objects again where there are none. */
function changesPass(stream: ListStream, cursor: StripeCursor & { readonly phase: "incremental" }): Pass {
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
  const types: Query = stream.eventTypes.map((type) => ["types[]", type]);
  return {
    ...shared,
    listing: { path: "/v1/events", query: [...types, ...created] },
    messagesOfItem: (item, _version, raw) => messagesOfListedEvent(stream, item, raw),
    isVoid: (now) => now - cursor.since > EVENT_RETENTION_SECONDS,
  };
}

function messagesOfListedEvent(stream: ListStream, item: unknown, raw: RawPointer): readonly ItemMessage[] {
  const event = parseEvent(item);
  if (event === undefined) {
    const { entity } = KINDS[stream.object];
    return [{ type: "malformed", entity, externalId: undefined, path: "", problem: "must be an event", raw }];
  }
  const messages = eventObjectName(event) === stream.object ? messagesOfEvent(event, raw) : [];
  return [...listingOf(event), ...messages];
}

/** Stripe's times are whole seconds, so a bound within a second means the next one, from inclusive and to exclusive alike. */
function secondAtOrAfter(time: string): number {
  const timeMs = Date.parse(time);
  if (Number.isNaN(timeMs)) throw new ServiceError("INVALID_INPUT", "a range must have RFC 3339 times");
  return Math.ceil(timeMs / 1000);
}
