import type { FeedLagMessage, FeedMessage } from "../../connector-api/change-feed.ts";
import type { CheckpointMessage, RawPayload } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { type FeedChange, UNIT_LIMITS } from "./feed-unit.ts";

/** Changes of one transaction of the upstream, or its beginning. */
export interface FeedPart {
  readonly changes: readonly FeedChange[];
  /** Size of their raw bytes. */
  readonly bytes: number;
  /** Undefined: the limits of a part were reached before a checkpoint. */
  readonly checkpoint: CheckpointMessage<unknown> | undefined;
}

/** Reads the messages of a feed part by part. */
export interface FeedReader {
  /** Reads up to the next checkpoint, or to the limits of a part. @throws ServiceError when the connection fails */
  next(): Promise<FeedPart>;
  /** Lets the iterator end. Not waited for, because an iterator that hangs would hang here too. */
  release(): void;
}

/** Called for what is not committed with a checkpoint: at once. */
export interface FeedObserver {
  /** Called for each message other than `lag`. Cheap. */
  onReceived(): void;
  onLag(lag: FeedLagMessage): void;
}

/** Nothing is requested from the upstream before the first call of `next`, and only as much as its calls return. */
export function createFeedReader(messages: AsyncIterable<FeedMessage<unknown>>, observer: FeedObserver): FeedReader {
  const iterator = messages[Symbol.asyncIterator]();
  return {
    async next() {
      const changes: FeedChange[] = [];
      let bytes = 0;
      let payload: RawPayload | undefined;
      while (changes.length < UNIT_LIMITS.maxChanges && bytes < UNIT_LIMITS.maxBytes) {
        const next = await iterator.next();
        if (next.done === true) throw new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream has ended the feed");
        const message = next.value;
        if (message.type === "lag") {
          observer.onLag(message);
          continue;
        }
        observer.onReceived();
        if (message.type === "checkpoint") return { changes, bytes, checkpoint: message };
        changes.push(message);
        if (!("raw" in message) || message.raw.payload === payload) continue; // many records may be in one payload
        payload = message.raw.payload;
        bytes += payload.bytes.byteLength;
      }
      return { changes, bytes, checkpoint: undefined };
    },
    release: () => void iterator.return?.().catch(() => undefined),
  };
}
