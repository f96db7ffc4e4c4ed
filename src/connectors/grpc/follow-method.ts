import type { UpstreamClient } from "../../connector-api/client.ts";
import type { ObjectMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { FINALITY } from "../../domain/version.ts";
import { encodedField } from "../../protocols/protobuf/encoded-field.ts";
import { channelKind, MEDIA_TYPE } from "./client.ts";
import { ItemFault } from "./fields/item.ts";
import { absenceVersion, type ItemContext, malformed, observe } from "./observe.ts";
import type { StreamPlan } from "./plan/plan.ts";
import { encodedToken } from "./plan/token.ts";
import type { WatchPlan } from "./plan/watch-plan.ts";
import { pointerOf } from "./read.ts";

/** A method that sends changes, and the streams whose objects they are. */
export interface Watched {
  readonly method: string;
  readonly streams: readonly { readonly stream: StreamPlan; readonly watch: WatchPlan }[];
}

export type WatchEvent =
  /** The server has accepted the call. */
  | { readonly type: "open"; readonly method: string }
  /** Changes before those that follow are unknown. */
  | { readonly type: "gap"; readonly method: string; readonly reason: string }
  /** One message of the server; without objects it is a sign of life. */
  | {
      readonly type: "changes";
      readonly method: string;
      readonly token: string | undefined;
      readonly messages: readonly ObjectMessage[];
    };

export interface FollowOptions {
  readonly client: UpstreamClient;
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  readonly watched: Watched;
  /** Undefined: the changes begin at the present. */
  readonly token: string | undefined;
  /** True if the feed was never followed: without a token nothing is missing yet. */
  readonly isNew: boolean;
}

/** Follows the changes of one method. A token that the server refuses is a gap, after which the present follows. */
export async function* followMethod(options: FollowOptions): AsyncGenerator<WatchEvent, void> {
  const { watched, token, isNew } = options;
  const { method } = watched;
  if (token === undefined && !isNew) {
    yield { type: "gap", method, reason: `${method} had sent no token after which it could continue` };
  }
  try {
    yield* changesAfter(options, token);
  } catch (reason) {
    if (token === undefined || ServiceError.from(reason).code !== "UPSTREAM_REJECTED") throw reason;
    yield { type: "gap", method, reason: `${method} no longer accepts the token of the last change that was stored` };
    yield* changesAfter(options, undefined);
  }
}

async function* changesAfter(options: FollowOptions, token: string | undefined): AsyncGenerator<WatchEvent, void> {
  const { client, signal, watched } = options;
  const { method: path } = watched;
  const message = watched.streams[0]?.watch.request(token) ?? new Uint8Array();
  const opened = Promise.withResolvers<"open">();
  const messages = client
    .follow(
      {
        via: channelKind,
        name: path,
        async open(channel, limits) {
          const stream = await channel.serverStream({ path, message, mayBeSilent: true }, limits);
          opened.resolve("open");
          return stream;
        },
      },
      signal,
    )
    [Symbol.asyncIterator]();
  try {
    let next = messages.next();
    const first = await Promise.race([opened.promise, next.then(() => "open" as const)]);
    yield { type: first, method: path };
    for (let result = await next; result.done !== true; result = await next) {
      yield* eventsOf(options, result.value);
      next = messages.next();
    }
  } finally {
    await messages.return?.();
  }
  throw new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream ended its stream of changes");
}

function* eventsOf({ watched, nowMs }: FollowOptions, bytes: Uint8Array): Generator<WatchEvent, void> {
  const { method } = watched;
  const now = BigInt(nowMs());
  const payload = { bytes, mediaType: MEDIA_TYPE };
  const hasGap = watched.streams.some(
    ({ watch: { gap } }) => gap !== undefined && encodedField(gap, bytes) !== undefined,
  );
  if (hasGap)
    yield { type: "gap", method, reason: `${method} says that it no longer has the changes after the last one` };
  const messages = watched.streams.flatMap(({ stream, watch }): readonly ObjectMessage[] => {
    const context = {
      raw: { payload, path: watch.item === undefined ? "" : pointerOf(watch.item.text) },
      span: { from: now, until: now },
    };
    const removed = deletionIn(stream, watch, bytes, context);
    if (removed !== undefined) return [removed];
    const encoded = watch.item === undefined ? bytes : encodedField(watch.item, bytes);
    return encoded === undefined ? [] : [observe(stream, encoded, context)];
  });
  yield { type: "changes", method, token: tokenIn(watched, bytes), messages };
}

/** Returns the deletion that a message reports; undefined if it reports none. */
function deletionIn(
  stream: StreamPlan,
  { deleted, method }: WatchPlan,
  bytes: Uint8Array,
  { raw, span }: ItemContext,
): ObjectMessage | undefined {
  const encoded = deleted && encodedField(deleted.id, bytes);
  const externalId = deleted && encoded && encodedToken(deleted.id, encoded);
  if (deleted === undefined || externalId === undefined) return undefined;
  const at = { payload: raw.payload, path: "" };
  try {
    const value = deleted.version?.(method.output.decode(bytes));
    const version =
      value === undefined
        ? absenceVersion(span, stream.hasTimedVersions)
        : { from: value, until: value, finality: FINALITY.ordinary };
    if (value !== undefined || !stream.hasNumberedVersions) {
      return { type: "tombstone", entity: stream.entity, externalId, version, raw: at };
    }
    return malformed(stream, externalId, new ItemFault("", "the deletion has no version"), at);
  } catch (reason) {
    return malformed(stream, externalId, ItemFault.of(reason, deleted.id.text), at);
  }
}

function tokenIn({ streams }: Watched, bytes: Uint8Array): string | undefined {
  const path = streams[0]?.watch.token;
  const encoded = path && encodedField(path, bytes);
  return path && encoded && encodedToken(path, encoded);
}
