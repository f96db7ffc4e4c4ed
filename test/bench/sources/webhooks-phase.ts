import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { entityId } from "../../../src/domain/ids.ts";
import { eventTemplates } from "../webhooks/generate.ts";
import { exchange, openSocket, signedRequests, tailOf } from "../webhooks/signed-requests.ts";
import type { SourcesOptions } from "./options.ts";
import { quantile } from "./processes.ts";
import { type BenchSource, sourcesOf, STRIPE_SOURCES, WEBHOOK_SECRET } from "./settings-file.ts";
import { startWorld, type World } from "./world.ts";

export interface WebhookFigures {
  /** Calls of the upstream meanwhile. */
  readonly callsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly missing: number;
}

export interface WebhooksResult {
  /** With three sources. */
  readonly few: WebhookFigures;
  /** With all sources, none of which is due. */
  readonly idle: WebhookFigures;
  /** With all sources, while they are polled by the schedule and most polls find nothing that is not stored already. */
  readonly polled: WebhookFigures;
  readonly sources: number;
  /** p99 by that with three sources. */
  readonly idleRatio: number;
  readonly polledRatio: number;
}

const PER_SECOND = 50;
const WARM_UP = 200;
const EVENTS = 1_500;
const LAST_EVENT_MS = 20_000;
/** What became due while the processes started is read. */
const SETTLE_MS = 20_000;
/** Limit for the first read of every source. */
const FIRST_READS_MS = 600_000;

/** A schedule that no poll reaches within the benchmark. */
const NO_POLL = "20d";

/**
 * Time from a webhook at one process to its event at a subscriber of the other: with three sources, with all while none
 * of them is due, and with all while they are polled by the schedule, after each of them was read once.
 */
export async function measureWebhooks(options: SourcesOptions): Promise<WebhooksResult> {
  const { sources: size, connector, schedule } = options;
  const [template = ""] = await eventTemplates();
  const measureWith = async (count: number, arePolled: "idle" | "due"): Promise<WebhookFigures> => {
    const sources = sourcesOf(count, Math.max(STRIPE_SOURCES, Math.round(count / 10)), connector);
    await using world = await startWorld({
      sources,
      schedule: arePolled === "due" ? schedule : NO_POLL,
      watch: options,
      arePolled,
    });
    if (count === size && arePolled === "due") await untilRead(world, size);
    await pause(SETTLE_MS);
    const { calls } = await world.upstream.totals();
    const startMs = performance.now();
    const latencies = await deliver(world, sources.slice(0, STRIPE_SOURCES), template);
    const measured = latencies.slice(WARM_UP);
    const known = measured.filter((ms) => ms !== undefined);
    const seconds = (performance.now() - startMs) / 1_000;
    const figures = {
      callsPerSecond: Number((((await world.upstream.totals()).calls - calls) / seconds).toFixed(1)),
      p50Ms: quantile(known, 0.5),
      p99Ms: quantile(known, 0.99),
      missing: measured.length - known.length,
    };
    console.log(JSON.stringify({ sources: count, arePolled, ...figures }));
    return figures;
  };
  const few = await measureWith(STRIPE_SOURCES, "due");
  const idle = await measureWith(size, "idle");
  const polled = await measureWith(size, "due");
  const ratioOf = ({ p99Ms }: WebhookFigures): number => Number((p99Ms / few.p99Ms).toFixed(2));
  return { few, idle, polled, sources: size, idleRatio: ratioOf(idle), polledRatio: ratioOf(polled) };
}

/** Resolves when each source was polled: the first poll stores all objects, which the later ones only confirm. */
async function untilRead(world: World, size: number): Promise<void> {
  const endMs = performance.now() + FIRST_READS_MS;
  while ((await world.upstream.totals()).begun < size) {
    if (performance.now() > endMs) throw new Error("not every source was read");
    await pause(1_000);
  }
}

/** Sends the webhooks to the sources by turns; returns the latency of each, undefined if its event never came. */
async function deliver(
  world: World,
  sources: readonly BenchSource[],
  template: string,
): Promise<readonly (number | undefined)[]> {
  const [sending, receiving] = world.services;
  const events = WARM_UP + EVENTS;
  const requests = sources.map(({ id }) =>
    signedRequests({
      url: `${sending.url}/webhooks/${id}`,
      secret: WEBHOOK_SECRET,
      templates: [template],
      prefix: "w",
      events,
    }),
  );
  const indexOf = new Map<string, number>();
  for (let index = 0; index < events; index += 1) {
    const { tenant, id } = sources[index % sources.length] ?? { tenant: "", id: "" };
    indexOf.set(entityId(tenant, id, "Payment", `pi_${tailOf("w", index)}`), index);
  }
  const sentAtMs: number[] = [];
  const latencies: (number | undefined)[] = Array.from({ length: events });
  let received = 0;
  const ends = await Promise.all(
    sources.map(({ tenant }) =>
      subscribe(receiving.url, tenant, (entity) => {
        const index = indexOf.get(entity);
        if (index === undefined || latencies[index] !== undefined) return;
        latencies[index] = performance.now() - (sentAtMs[index] ?? Number.NaN);
        received += 1;
      }),
    ),
  );
  const startedMs = performance.now();
  const sockets: Socket[] = []; // none is opened in advance: the server refuses one that sends nothing for seconds
  const refused: string[] = [];
  const answers: Promise<unknown>[] = [];
  for (let index = 0; index < events; index += 1) {
    await pause(Math.max(0, startedMs + (index / PER_SECOND) * 1_000 - performance.now()));
    while (sockets.at(-1)?.destroyed === true) sockets.pop();
    const socket = sockets.pop() ?? (await openSocket(sending.url)); // a busy connection is not waited for
    sentAtMs[index] = performance.now();
    const request = requests[index % sources.length]?.[index] ?? Buffer.alloc(0);
    const answered = exchange(socket, request).then((reception) => {
      sockets.push(socket);
      if (reception !== "taken") refused.push(reception);
    });
    answers.push(answered);
  }
  await Promise.all(answers);
  if (refused.length > 0) throw new Error(`webhooks were not taken: ${refused.join(", ")}`);
  const endMs = performance.now() + LAST_EVENT_MS;
  while (received < events && performance.now() < endMs) await pause(20);
  for (const socket of sockets) socket.destroy();
  for (const end of ends) await end();
  return latencies;
}

/** Calls back with the id of each changed object; returns how to end it. Resolves when no event is missed any more. */
async function subscribe(
  url: string,
  tenant: string,
  onChanged: (entity: string) => void,
): Promise<() => Promise<void>> {
  const headers = { headers: { "x-sluice-tenant": tenant } };
  class TenantSocket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, headers);
    }
  }
  const client = createClient({ url: `${url.replace("http", "ws")}/graphql/ws`, webSocketImpl: TenantSocket });
  const items = client.iterate<{ readonly syncEvents: { readonly entityId?: string } }>({
    query:
      "subscription { syncEvents(filter: { kinds: [ENTITY_CHANGED] }) { ... on EntityChanged { change entityId } } }",
  });
  await items.next(); // the position
  const receive = async (): Promise<void> => {
    for await (const { data } of items) onChanged(data?.syncEvents.entityId ?? "");
  };
  const receiving = receive().catch(() => undefined); // ends with its connection
  return async () => {
    await client.dispose();
    await receiving;
  };
}
