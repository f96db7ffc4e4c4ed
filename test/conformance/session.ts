import { singleBucket } from "../../src/connector-api/budget.ts";
import type { UpstreamClient } from "../../src/connector-api/client.ts";
import type { AnyConnector, ReadRange } from "../../src/connector-api/connector.ts";
import type { HintMessage, ObjectMessage, ReadMessage } from "../../src/connector-api/messages.ts";
import type { VerifyInput } from "../../src/connector-api/webhook.ts";
import type { EntityType } from "../../src/domain/ids.ts";
import type { RunningSandbox, Sandbox } from "../../sandbox/shared/sandbox.ts";
import { createUpstream } from "../../src/upstream/upstream.ts";
import { channelOf } from "../../src/upstream/upstream-settings.ts";
import type { ObjectKey } from "./subject.ts";
import { targetOf } from "../helpers/target-of.ts";

export type Message = ReadMessage<unknown>;

/** A connector with a running sandbox, through the real upstream client. */
export interface Session extends AsyncDisposable {
  readonly sandbox: RunningSandbox;
  /** As `connector.config` parsed it. */
  readonly config: unknown;
  readonly client: UpstreamClient;
  /** Iterates once; stop early with `return`. */
  read(stream: string, cursor?: unknown, signal?: AbortSignal): AsyncIterator<Message>;
  readAll(stream: string, cursor?: unknown): Promise<readonly Message[]>;
  /** Everything of a range, from its beginning. */
  readRange(stream: string, range: ReadRange): Promise<readonly Message[]>;
  fetchMany(
    entity: EntityType,
    externalIds: readonly string[],
    of?: EntityType,
  ): Promise<readonly (ObjectMessage | HintMessage)[]>;
  check(): Promise<void>;
  /** The key that a webhook call names, as the upstream returns it; undefined if the webhook has no keys. */
  keyOfCall(call: Omit<VerifyInput<unknown>, "key">): Promise<unknown>;
}

export interface SessionOptions {
  /** Size of the world in payments. Default: 0. */
  readonly payments?: number;
  /** Settings that replace the sandbox's. */
  readonly configure?: (config: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

/** Starts a sandbox and a client for it; both are closed at the end of the scope. */
export async function openSession(
  connector: AnyConnector,
  system: Sandbox,
  { payments = 0, configure = (config) => config }: SessionOptions = {},
): Promise<Session> {
  const sandbox = await system.start({ port: 0, seed: 7, payments });
  const config: unknown = connector.config.parse(configure(sandbox.sourceConfig));
  // Pauses between attempts are drawn as zero and the budget is wide: the suite checks results, not times.
  const upstream = createUpstream({
    target: targetOf(connector, config),
    ...channelOf(connector, config),
    budget: singleBucket({ requestsPerSecond: 2000, maxConcurrent: 10 }),
    random: () => 0,
    graceMs: 0,
  });
  const client = upstream.client("backfill");
  const deadline = (): AbortSignal => AbortSignal.timeout(20_000);
  const read = (stream: string, cursor: unknown, signal: AbortSignal, range?: ReadRange): AsyncIterable<Message> =>
    connector.read({ config, client, stream, cursor, range, nowMs: Date.now(), signal });
  return {
    sandbox,
    config,
    client,
    read: (stream, cursor, signal = deadline()) => read(stream, cursor, signal)[Symbol.asyncIterator](),
    readAll: (stream, cursor) => Array.fromAsync(read(stream, cursor, deadline())),
    readRange: (stream, range) => Array.fromAsync(read(stream, undefined, deadline(), range)),
    fetchMany: (entity, externalIds, of) =>
      connector.fetchMany({
        config,
        client,
        entity,
        externalIds,
        ...(of !== undefined && { of }),
        signal: deadline(),
      }),
    check: () => connector.check({ config, client, signal: deadline() }),
    async keyOfCall(call) {
      const keys = connector.webhook?.trust === "SIGNED" ? connector.webhook.keys : undefined;
      const keyId = keys?.keyId(call);
      return keyId === undefined ? undefined : keys?.fetchKey({ config, client, keyId, signal: deadline() });
    },
    async [Symbol.asyncDispose]() {
      await upstream.close();
      await sandbox.close();
    },
  };
}

/** The object of a message; undefined for a message without one. */
export function keyOf(message: Message): ObjectKey | undefined {
  if (message.type === "record") return `${message.record.type}:${message.record.externalId}`;
  if (!("entity" in message) || ("of" in message && message.of !== undefined)) return undefined;
  return `${message.entity}:${message.externalId}`;
}

/** The objects of the messages. */
export function keysOf(messages: readonly Message[]): ReadonlySet<ObjectKey> {
  return new Set(messages.map(keyOf).filter((key) => key !== undefined));
}

/** The cursors of the checkpoints, in order. */
export function cursorsOf(messages: readonly Message[]): readonly unknown[] {
  return messages.flatMap((message) => (message.type === "checkpoint" ? [message.cursor] : []));
}
