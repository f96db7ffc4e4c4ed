import { z } from "zod";
import type { ChangeFeed, FeedInput, FeedMessage } from "../../connector-api/change-feed.ts";
import { cardProcessorChannel, MEDIA_TYPE } from "./client.ts";
import type { CardProcessorConfig } from "./config.ts";
import { kindNamed } from "./kinds.ts";
import { readObject } from "./messages.ts";
import { LIST_STREAMS } from "./streams.ts";
import { type Change, readChange } from "./wire/change.ts";
import { contract, pathOf } from "./wire/contract.ts";

/** Token after which the processor continues. */
const positionSchema = z.strictObject({ resumeToken: z.string().min(1) });
type Position = z.infer<typeof positionSchema>;
type Message = FeedMessage<Position>;

/** The processor sends a heartbeat every five seconds. */
const SILENCE_MS = 30_000;
/** A heartbeat is a reason to store the position only once in this time. */
const CHECKPOINT_MS = 10_000;

/** The server stream of changes. It carries every list; balances are read on their schedule. */
export const changeFeed: ChangeFeed<CardProcessorConfig, Position> = {
  streams: LIST_STREAMS.map(({ name }) => name),
  via: "STREAM",
  position: positionSchema,
  open(input) {
    const closing = new AbortController();
    const signal = AbortSignal.any([input.signal, closing.signal]);
    return {
      messages: follow(input, signal),
      committed: () => undefined, // the processor keeps changes for a fixed time, read or not
      close() {
        closing.abort();
        return Promise.resolve();
      },
    };
  },
};

async function* follow(
  { client, position, nowMs }: FeedInput<CardProcessorConfig, Position>,
  signal: AbortSignal,
): AsyncGenerator<Message, void> {
  const { path, input } = contract.method(pathOf("StreamChanges"));
  const message = input.encode({ resume_token: position?.resumeToken ?? "" });
  const changes = client.follow(
    {
      via: cardProcessorChannel,
      name: "StreamChanges",
      silenceTimeoutMs: SILENCE_MS,
      open: async (channel, limits) => channel.serverStream({ path, message }, limits),
    },
    signal,
  );
  let storedAtMs = position === undefined ? -Infinity : nowMs();
  for await (const bytes of changes) {
    const change = readChange(bytes);
    const isDue = nowMs() - storedAtMs >= CHECKPOINT_MS;
    const checkpoint: Message = {
      type: "checkpoint",
      cursor: { resumeToken: change.resumeToken },
      progress: undefined,
    };
    if (change.object?.name === "heartbeat") {
      if (isDue) yield checkpoint;
      yield { type: "lag", lagMs: 0, lagBytes: undefined, waitsFor: undefined };
    } else {
      yield* messagesOf(change, bytes);
      yield checkpoint;
    }
    if (isDue) storedAtMs = nowMs();
  }
}

function messagesOf({ object }: Change, bytes: Uint8Array): readonly Message[] {
  if (object === undefined) return []; // of a kind that a newer contract has
  if (object.name === "token_too_old") {
    return [{ type: "gap", reason: "the card processor no longer has the changes after the last one that was stored" }];
  }
  const kind = kindNamed(object.name);
  if (kind === undefined) return [];
  return readObject(kind, object.bytes, { payload: { bytes, mediaType: MEDIA_TYPE }, path: `/${object.name}` })
    .messages;
}
