import {
  followSyncEvents,
  type Item,
  multipart,
  sse,
  type SocketClass,
  type Transport as EventTransport,
  webSocket,
} from "../clients/sluice-events/src/index.ts";
import { createRandom, type Random } from "../sandbox/shared/random.ts";
import { loadCursors } from "../src/server/load-cursors.ts";
import { eventually, WAIT_LIMIT_MS } from "../test/helpers/eventually.ts";
import { type FaultProxy, startFaultProxy } from "../test/helpers/fault-proxy.ts";
import { isDeepStrictEqual } from "node:util";
import { WebSocket } from "ws";
import type { Subgraph } from "./subgraph.ts";
import type { StartGateway } from "./gateways.ts";
import { PLACE } from "./partners.ts";
import type { World } from "./supergraphs.ts";
import { type ClientTransport, openSubscriptions, type Transport } from "./transports.ts";

/** Cuts on each side that a check has to see. */
const CUTS = 12;
/** A cut comes within so many bytes toward the client: some messages, so that most are within one. */
const MOST_BYTES = 2_000;
/** Connections that write events at a time. */
const WRITERS = 3;
/** Events are written until the client is so many behind. */
const MOST_BEHIND = 20;
const RETRY = { baseMs: 1, capMs: 50 };

const CLIENTS: Readonly<Record<ClientTransport, () => EventTransport>> = {
  sse: () => sse(),
  multipart: () => multipart(),
  webSocket: () => webSocket(WebSocket as unknown as SocketClass), // the same members
};

export interface CutCheck {
  readonly world: World;
  readonly subgraphs: readonly Subgraph[];
  readonly start: StartGateway;
  /** Transport between the gateway and us. */
  readonly transport: Transport;
  /** Transport between the client and the gateway. */
  readonly client: ClientTransport;
  /** The same seed cuts after the same numbers of bytes. */
  readonly seed: number;
}

/**
 * Follows the events by the package `sluice-events` through a gateway, while the connections between client and gateway,
 * and between gateway and us, are cut at random.
 * @throws Error unless every event has come once, in the order of commit, and we have released every subscription
 */
export async function followThroughCuts({ world, subgraphs, start, transport, client, seed }: CutCheck): Promise<void> {
  await using ours = await startFaultProxy(world.graph.url);
  const port = new URL(ours.url).host;
  const throughProxy = (url: string): string => url.replace(new URL(world.graph.url).host, port);
  const gateway = await start({
    subgraphs: subgraphs.map((subgraph) => ({
      ...subgraph,
      url: throughProxy(subgraph.url),
      webSocketUrl: subgraph.webSocketUrl && throughProxy(subgraph.webSocketUrl),
    })),
    transport,
    port: world.port,
    callbackOrigin: world.portProxy.url,
  });
  try {
    const target = gateway.clientUrls[client];
    if (target === undefined) throw new Error(`the gateway does not speak ${client}`);
    await using theirs = await startFaultProxy(target);
    const url = `${theirs.url}${new URL(target).pathname}`;
    const between = transport === "HTTP callback" ? world.portProxy : ours; // there we connect to the gateway
    await followAndCut({ world, url, client, proxies: [between, theirs], random: createRandom(seed) });
  } finally {
    await gateway.close();
  }
  await eventually("the end of all subscriptions", () => openSubscriptions(world.graph.server, transport) === 0);
}

interface Following {
  readonly world: World;
  readonly url: string;
  readonly client: ClientTransport;
  readonly proxies: readonly FaultProxy[];
  readonly random: Random;
}

async function followAndCut({ world, url, client, proxies, random }: Following): Promise<void> {
  const items: Item[] = [];
  const received = (): number => eventsOf(items).length;
  const leave = new AbortController();
  const { signal } = leave;
  let lost = 0;
  const onDisconnect = (): void => void (lost += 1);
  const follow = async (): Promise<never> => {
    const options = { url, transport: CLIENTS[client](), fields: "at", retry: RETRY, signal, onDisconnect };
    for await (const item of followSyncEvents(options)) items.push(item);
    throw new Error("the follower ended");
  };
  const read = async (): Promise<void> => {
    await eventually("the first position", () => items.length > 0);
    const numbers = await writeWhileCutting({ world, proxies, random, received, signal });
    await eventually("the last event", () => received() >= numbers.length);
    await expectEvents(world, items, numbers);
    if (lost < CUTS) throw new Error(`expected ${CUTS} lost connections of the client, got ${lost}`);
  };
  const following = follow();
  try {
    await Promise.race([following, read()]);
  } finally {
    leave.abort();
    await following.catch(() => undefined); // has ended the race, or ended because of the abort
  }
}

const eventsOf = (items: readonly Item[]): readonly Item[] => items.filter(({ type }) => type === "event");

interface Writing extends Pick<Following, "world" | "proxies" | "random"> {
  readonly received: () => number;
  readonly signal: AbortSignal;
}

/** Writes events until each side was cut often enough; resolves with their numbers. */
async function writeWhileCutting({ world, proxies, random, received, signal }: Writing): Promise<readonly bigint[]> {
  const numbers: bigint[] = [];
  const sides = proxies.map((proxy) => ({ proxy, before: proxy.wereReset(), cuts: -1 }));
  const isDone = (): boolean => sides.every(({ proxy, before }) => proxy.wereReset() - before >= CUTS);
  const deadlineMs = performance.now() + WAIT_LIMIT_MS;
  while (!isDone()) {
    for (const side of sides) {
      const cuts = side.proxy.wereReset() - side.before;
      if (cuts >= CUTS || side.cuts === cuts) continue;
      side.cuts = cuts;
      side.proxy.resetAfter(random.integer(1, MOST_BYTES), 1);
    }
    const writing = Array.from({ length: random.integer(1, WRITERS) }, () => world.announcePayment());
    numbers.push(...(await Promise.all(writing)));
    await eventually("the progress of the client", () => {
      signal.throwIfAborted();
      return numbers.length - received() < MOST_BEHIND;
    });
    if (performance.now() > deadlineMs) throw new Error(`too few cuts: ${sides.map(({ cuts }) => cuts).join()}`);
  }
  return numbers;
}

async function expectEvents({ graph }: World, items: readonly Item[], numbers: readonly bigint[]): Promise<void> {
  const cursors = await loadCursors(graph.database);
  const inOrder = numbers.toSorted((a, b) => Number(a - b));
  const expected = inOrder.map((number) => cursors.encodeEventCursor(PLACE.tenantId, number));
  const got = eventsOf(items).map(({ cursor }) => cursor);
  if (!isDeepStrictEqual(got, expected)) throw new Error(`expected ${expected.join()}, got ${got.join()}`);
  const resets = items.filter(({ type }) => type === "reset");
  if (resets.length > 0) throw new Error(`unexpected resets: ${JSON.stringify(resets)}`);
}
