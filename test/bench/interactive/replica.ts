/** The upstream layer of a service's replica; its commands arrive line by line. */
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { singleBucket } from "../../../src/connector-api/budget.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { openSharedBudgets } from "../../../src/upstream/budget/shared-budgets.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import type { Lane } from "../../../src/upstream/budget/lane.ts";
import { createUpstream } from "../../../src/upstream/upstream.ts";
import { type Latencies, type Order, orderSchema, taskSchema } from "./task.ts";

const task = taskSchema.parse(JSON.parse(process.argv[2] ?? ""));
const database = createDatabase({ connection: task.connection, max: 4, quickCommits: true });
const shared = openSharedBudgets({ database, replica: randomUUID(), clock: systemClock, onProblem: console.error });
const waitedMs: number[] = [];
const upstream = createUpstream({
  target: { baseUrl: task.baseUrl, credential: task.apiKey },
  budget: singleBucket({ requestsPerSecond: task.limit, maxConcurrent: 100 }),
  shared,
  onCall: ({ lane, waitedMs: ms }) => void (lane === "interactive" && waitedMs.push(ms)),
});
const authorization = `Bearer ${task.apiKey}`;

async function call(lane: Lane, signal: AbortSignal): Promise<void> {
  await upstream.client(lane).send({ method: "GET", path: "/v1/balance", headers: { authorization } }, signal);
}

let background = new AbortController();
let loops: Promise<void>[] = [];

async function loop(lane: Lane, { signal }: AbortController): Promise<void> {
  // Aborted at the end, and sometimes at a deadline, like a storm's last calls.
  while (!signal.aborted) await call(lane, signal).catch(() => undefined);
}

async function beQuiet(): Promise<void> {
  background.abort();
  await Promise.all(loops);
  background = new AbortController();
  loops = [];
}

/** Open loop: a call is made when it is due, regardless of the number of unanswered ones. */
async function measure(perSecond: number, calls: number): Promise<Latencies> {
  waitedMs.length = 0;
  const startMs = performance.now();
  const { signal } = new AbortController();
  const answered: Promise<number>[] = [];
  for (let index = 0; index < calls; index += 1) {
    const dueMs = startMs + (index * 1_000) / perSecond;
    await pause(Math.max(0, dueMs - performance.now()));
    answered.push(call("interactive", signal).then(() => performance.now() - dueMs));
  }
  return { answeredMs: await Promise.all(answered), waitedMs: [...waitedMs] };
}

async function obey(order: Order): Promise<object> {
  switch (order.do) {
    case "background":
      loops = Array.from({ length: order.calls }, () => loop(order.lane, background));
      return {};
    case "quiet":
      await beQuiet();
      return {};
    case "interactive":
      return measure(order.perSecond, order.calls);
  }
}

const answer = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
answer({});
for await (const line of createInterface({ input: process.stdin })) {
  answer(await obey(orderSchema.parse(JSON.parse(line))));
}
await beQuiet();
await upstream.close();
await shared.close();
await database.close();
