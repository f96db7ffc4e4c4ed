import { z } from "zod";
import type { ChangeFeed, FeedInput, FeedMessage } from "../../connector-api/change-feed.ts";
import type { GrpcConfig } from "./config.ts";
import { MAPPINGS } from "./entities/streams.ts";
import { followMethod, type Watched } from "./follow-method.ts";
import { mergeInTurn } from "./merge-in-turn.ts";
import type { Plan } from "./plan/plan.ts";
import { planOf } from "./source-plan.ts";

/** Token after which each method continues; a method without one has sent none yet. */
const positionSchema = z.strictObject({ tokens: z.record(z.string(), z.string().min(1)) });
type Position = z.infer<typeof positionSchema>;
type Message = FeedMessage<Position>;

/** A message without a change is a reason to store the position only once in this time. */
const CHECKPOINT_MS = 10_000;

/** The server streams of a source. */
export const changeFeed: ChangeFeed<GrpcConfig, Position> = {
  streams: Object.keys(MAPPINGS),
  via: "STREAM",
  position: positionSchema,
  open(input) {
    const closing = new AbortController();
    const signal = AbortSignal.any([input.signal, closing.signal]);
    return {
      messages: follow(input, signal, closing),
      committed: () => undefined, // the protocol has no acknowledgement
      close() {
        closing.abort();
        return Promise.resolve();
      },
    };
  },
};

async function* follow(
  { config, client, position, nowMs }: FeedInput<GrpcConfig, Position>,
  signal: AbortSignal,
  closing: AbortController,
): AsyncGenerator<Message, void> {
  const watched = watchedMethods(await planOf(config, signal));
  const tokens: Record<string, string> = { ...position?.tokens };
  const isNew = position === undefined;
  const checkpoint = (): Message => ({ type: "checkpoint", cursor: { tokens: { ...tokens } }, progress: undefined });
  const sources = watched.map((one) =>
    followMethod({ client, signal, nowMs, watched: one, token: tokens[one.method], isNew }),
  );
  let storedAtMs = nowMs();
  for await (const event of mergeInTurn(sources, closing)) {
    if (event.type === "gap") {
      delete tokens[event.method];
      yield { type: "gap", reason: event.reason };
      yield checkpoint();
      continue;
    }
    if (event.type === "open") {
      if (isNew) yield checkpoint();
    } else {
      yield* event.messages;
      if (event.token !== undefined) tokens[event.method] = event.token;
      if (event.messages.length > 0 || nowMs() - storedAtMs >= CHECKPOINT_MS) {
        yield checkpoint();
        storedAtMs = nowMs();
      }
      if (event.messages.length > 0) continue;
    }
    yield { type: "lag", lagMs: undefined, lagBytes: undefined, waitsFor: undefined };
  }
}

/** Methods with the streams whose items they send. */
function watchedMethods(plan: Plan): readonly Watched[] {
  const streams = [...plan.values()].flatMap((stream) =>
    stream.watch === undefined ? [] : [{ stream, watch: stream.watch }],
  );
  return [...Map.groupBy(streams, ({ watch }) => watch.method.path)].map(([method, group]) => ({
    method,
    streams: group,
  }));
}
