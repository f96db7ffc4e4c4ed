import { z } from "zod";
import type { ChangeFeed, FeedInput, FeedMessage, OpenFeed } from "../../src/connector-api/change-feed.ts";
import type { ServiceError } from "../../src/domain/error.ts";
import { createNotifier } from "../../src/runtime/notifier.ts";

/** Position in the script: number of messages of the upstream's log that are committed. */
const position = z.object({ index: z.number().int().nonnegative() });
export type ScriptPosition = z.infer<typeof position>;

/** A message of the script; a checkpoint gets its position from its place. */
export type ScriptMessage = Exclude<FeedMessage<ScriptPosition>, { type: "checkpoint" }> | "checkpoint";

/** The upstream's side of a feed: a log of messages that each connection reads from its position. */
export interface FeedScript {
  /** Sends messages to the process that follows the feed. */
  send(...messages: readonly ScriptMessage[]): void;
  /** Ends every open connection with an error; each later one too, until `accept`. */
  fail(error: ServiceError): void;
  accept(): void;
  /** Positions with which connections were opened, in order. */
  readonly opened: readonly (ScriptPosition | undefined)[];
  /** Positions that were acknowledged, in order. */
  readonly committed: readonly number[];
  /** Number of messages that the engine has requested, over all connections. */
  requested(): number;
  /** Number of connections that are open. */
  connected(): number;
  readonly feed: ChangeFeed<unknown, ScriptPosition>;
}

export interface FeedScriptOptions {
  readonly streams?: readonly string[];
  readonly via?: "CDC" | "STREAM";
  /** Called for each acknowledged position. */
  readonly onCommitted?: (index: number) => void;
}

/** A feed whose upstream is a log in memory; the first connection begins at its first message. */
export function scriptedFeed({ streams = ["parties"], via = "CDC", onCommitted }: FeedScriptOptions = {}): FeedScript {
  const log: ScriptMessage[] = [];
  const opened: (ScriptPosition | undefined)[] = [];
  const committed: number[] = [];
  const changed = createNotifier();
  let refusal: ServiceError | undefined;
  let requested = 0;
  let connected = 0;

  async function* messages({ position: from, signal }: FeedInput<unknown, ScriptPosition>) {
    opened.push(from);
    connected += 1;
    try {
      let index = from?.index ?? 0;
      yield* begin(from, index);
      for (;;) {
        const count = changed.count();
        signal.throwIfAborted();
        if (refusal !== undefined) throw refusal;
        const message = log[index];
        if (message === undefined) {
          await changed.wait(count, { signal });
          continue;
        }
        index += 1;
        requested += 1;
        yield message === "checkpoint" ? checkpointAt(index) : message;
      }
    } finally {
      connected -= 1;
    }
  }

  function* begin(from: ScriptPosition | undefined, index: number): Generator<FeedMessage<ScriptPosition>> {
    if (refusal !== undefined) throw refusal;
    yield { type: "lag", lagMs: 0, lagBytes: 0n, waitsFor: undefined };
    if (from === undefined) yield checkpointAt(index);
  }

  return {
    send(...more) {
      log.push(...more);
      changed.fire();
    },
    fail(error) {
      refusal = error;
      changed.fire();
    },
    accept() {
      refusal = undefined;
    },
    opened,
    committed,
    requested: () => requested,
    connected: () => connected,
    feed: {
      streams,
      via,
      position,
      open(input): OpenFeed<ScriptPosition> {
        return {
          messages: messages(input),
          committed({ index }) {
            committed.push(index);
            onCommitted?.(index);
          },
          close: () => Promise.resolve(),
        };
      },
    },
  };
}

function checkpointAt(index: number): FeedMessage<ScriptPosition> {
  return { type: "checkpoint", cursor: { index }, progress: undefined };
}
