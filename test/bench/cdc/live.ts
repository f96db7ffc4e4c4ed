/**
 * A writer of the core database and a subscriber to the events of the store, in a process of their own: one clock measures
 * the time from a transaction's COMMIT to the event of each of its rows, when the row is in the graph.
 */
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { entityId } from "../../../src/domain/ids.ts";
import { createEventFeed } from "../../../src/events/feed.ts";
import type { StreamItem } from "../../../src/events/stream-item.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { rowsOf, SOURCE_ID, TENANT } from "./core.ts";
import { type LiveResult, liveSchema } from "./task.ts";

/** On a busy machine a commit may take longer than the time between two transactions. */
const WRITERS = 4;
/** Time in which the last events must arrive. */
const ARRIVE_MS = 60_000;

const task = liveSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
const { perSecond, perTransaction, seconds, warmUpSeconds } = task;
const warmUp = (warmUpSeconds * perSecond) / perTransaction;
const transactions = warmUp + (seconds * perSecond) / perTransaction;
const nameOf = (transaction: number): string => `live-${transaction}`;
/** Transaction of each row's object. */
const transactionOf = new Map<string, number>();
for (let index = 0; index < transactions; index += 1) {
  for (let n = 1; n <= perTransaction; n += 1) {
    transactionOf.set(entityId(TENANT, SOURCE_ID, "Payment", `${nameOf(index)}-${n}`), index);
  }
}
const committedAtMs: number[] = [];
const latencies: number[] = [];
const arrived = Promise.withResolvers<void>();
process.stdout.write(`${JSON.stringify(await run())}\n`);
process.exit(0);

async function run(): Promise<LiveResult> {
  const feed = createEventFeed({ database: createDatabase({ connection: task.store, max: 4 }) });
  const items = feed.subscribe({ tenantId: TENANT, after: undefined, filter: { kinds: ["EntityChanged"] } });
  await items.next(); // the position: from here on nothing is missed
  void receive(items);
  const startedAtMs = await write();
  const writtenPerSecond = (transactions * perTransaction * 1_000) / (performance.now() - startedAtMs);
  await Promise.race([arrived.promise, pause(ARRIVE_MS)]);
  latencies.sort((a, b) => a - b);
  const at = (share: number): number =>
    Number((latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Infinity).toFixed(1));
  const missing = seconds * perSecond - latencies.length;
  return { perSecond: Math.round(writtenPerSecond), missing, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

/** Writes all transactions, each at its time. Returns when the first one was due. */
async function write(): Promise<number> {
  const idle = await Promise.all(Array.from({ length: WRITERS }, connect));
  const writing: Promise<void>[] = [];
  const startedAtMs = performance.now();
  for (let index = 0; index < transactions; index += 1) {
    await pause(Math.max(0, startedAtMs + (1_000 * perTransaction * index) / perSecond - performance.now()));
    const client = idle.pop() ?? (await connect());
    writing.push(writeOne(client, index).then(() => void idle.push(client)));
  }
  await Promise.all(writing);
  await Promise.all(idle.map((client) => client.end()));
  return startedAtMs;
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ ...task.core, ssl: false });
  await client.connect();
  return client;
}

async function writeOne(client: pg.Client, index: number): Promise<void> {
  await client.query(`begin; insert into core.payments ${rowsOf(nameOf(index), perTransaction)}`);
  committedAtMs[index] = performance.now();
  await client.query("commit");
}

async function receive(items: AsyncIterable<StreamItem>): Promise<void> {
  let left = transactionOf.size;
  for await (const item of items) {
    if (item.type !== "event" || !("entityId" in item.event.body)) continue;
    const index = transactionOf.get(item.event.body.entityId);
    const committed = index === undefined ? undefined : committedAtMs[index];
    if (index === undefined || committed === undefined) continue;
    if (index >= warmUp) latencies.push(performance.now() - committed);
    left -= 1;
    if (left === 0) arrived.resolve();
  }
}
