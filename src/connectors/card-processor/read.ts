import type { ReadInput } from "../../connector-api/connector.ts";
import type { ReadMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { DateTime } from "../../domain/values.ts";
import type { CardProcessorCall } from "./client.ts";
import type { CardProcessorConfig } from "./config.ts";
import type { CardProcessorCursor, PassPosition } from "./cursor.ts";
import { type Page, readPages } from "./paging.ts";
import { readBalances } from "./read-balances.ts";
import { serverContract } from "./server-contract.ts";
import { linesOf } from "./settlement-lines.ts";
import { BALANCES, LIST_STREAMS, type ListStream, SETTLEMENTS } from "./streams.ts";

type CardProcessorMessage = ReadMessage<CardProcessorCursor>;
type Input = ReadInput<CardProcessorConfig, CardProcessorCursor>;

/**
 * How far before the last change that was read the next read begins: a change may become visible some seconds after its
 * time, and the clocks of the processor's servers differ.
 */
const OVERLAP_MS = 60_000;
const BEGINNING = "1970-01-01T00:00:00.000Z";

/** Reads a stream; see `Connector.read`. */
export async function* readStream(input: Input): AsyncGenerator<CardProcessorMessage, void> {
  const { signal } = input;
  const messages = input.stream === BALANCES.name ? readBalances(input) : readList(input, streamNamed(input.stream));
  for await (const message of messages) {
    if (signal.aborted) throw new ServiceError("CANCELED", "the read was canceled");
    yield message;
  }
}

function streamNamed(name: string): ListStream {
  const stream = LIST_STREAMS.find((one) => one.name === name);
  if (stream === undefined) throw new ServiceError("INVALID_INPUT", "the card processor has no such stream");
  return stream;
}

async function* readList(input: Input, stream: ListStream): AsyncGenerator<CardProcessorMessage, void> {
  const { cursor } = input;
  const since = cursor?.phase === "changes" ? cursor.since : undefined;
  const call: CardProcessorCall = since === undefined ? { ...input, isBackfill: true } : input;
  const cursorAt = (pass: PassPosition): CardProcessorCursor =>
    since === undefined ? { phase: "everything", pass } : { phase: "changes", since, pass };
  if (cursor === undefined && call.config.reflection) yield* serverContract(call);
  let { reached }: PassPosition = cursor?.pass ?? {};
  for await (const page of readPages(call, stream.kind, { since, position: cursor?.pass ?? {} })) {
    yield* page.messages;
    if (stream.name === SETTLEMENTS) yield* linesOf(call, page.messages);
    reached = later(reached, page.reached);
    if (page.nextPageToken === "") break;
    yield { type: "checkpoint", cursor: cursorAt(positionOf(page, reached)), progress: undefined };
  }
  const next = reached === undefined ? (since ?? BEGINNING) : before(reached);
  yield { type: "checkpoint", cursor: { phase: "changes", since: next }, progress: 1 };
}

function positionOf({ nextPageToken: pageToken }: Page, reached: DateTime | undefined): PassPosition {
  return { pageToken, ...(reached !== undefined && { reached }) };
}

/** Text order of our times is time order. */
function later(one: DateTime | undefined, other: DateTime | undefined): DateTime | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? other : one;
}

/** Not before 1970, which Protobuf's times would allow and no object of the processor has. */
function before(time: DateTime): DateTime {
  return new Date(Math.max(0, Date.parse(time) - OVERLAP_MS)).toISOString();
}
