/**
 * The load generator, a separate process. Requests are created and signed before the clock starts, so that its own use
 * of the machine is as low as possible, and the same for every contestant.
 */
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { exchange, openSocket, signedRequests } from "./signed-requests.ts";
import { type LoadResult, loadSchema } from "./task.ts";

const FIRST_CONNECTIONS = 64;
/** The pause that the service requests with Retry-After. */
const RETRY_MS = 5_000;

const task = loadSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")));
const requests = signedRequests(task);
const latencies: number[] = [];
let failed = 0;
const deferred: number[] = [];
process.stdout.write(`${JSON.stringify(await run())}\n`);
process.exit(0); // connections that are still open

async function run(): Promise<LoadResult> {
  // More are opened when they are needed: the service answers 408 when a connection has had no request for long.
  const first = Math.min(FIRST_CONNECTIONS, task.connections);
  const sockets = await Promise.all(Array.from({ length: first }, () => openSocket(task.url)));
  const startedAtMs = performance.now();
  await (task.perSecond === undefined ? closedLoop(sockets, [...requests.keys()]) : openLoop(sockets, task.perSecond));
  const ms = performance.now() - startedAtMs;
  const putOff = deferred.length;
  for (let again = deferred.splice(0); again.length > 0; again = deferred.splice(0)) {
    await pause(RETRY_MS); // like the provider
    await closedLoop(sockets, again);
  }
  for (const socket of sockets) socket.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { events: requests.length, ms, failed, deferred: putOff, p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** Each connection sends the next event when its last one is answered. */
async function closedLoop(sockets: readonly Socket[], indexes: readonly number[]): Promise<void> {
  let next = 0;
  await Promise.all(
    sockets.map(async (first) => {
      let socket = first;
      for (let index = indexes[next++]; index !== undefined; index = indexes[next++])
        socket = await send(socket, index, performance.now());
    }),
  );
}

/** Events are due by the clock. One that finds no idle connection waits for one, and its waiting time counts. */
function openLoop(sockets: readonly Socket[], perSecond: number): Promise<void> {
  const idle = [...sockets];
  let opened = sockets.length;
  const startedAtMs = performance.now();
  let next = 0;
  let answered = 0;
  return new Promise((resolve, reject) => {
    const sendDue = (): void => {
      const due = Math.min(requests.length, Math.floor(((performance.now() - startedAtMs) / 1000) * perSecond) + 1);
      while (next < due && (idle.length > 0 || opened < task.connections)) {
        const [socket, index] = [idle.pop(), next++];
        if (socket === undefined) opened += 1;
        send(socket, index, startedAtMs + (index / perSecond) * 1000).then((open) => {
          idle.push(open);
          answered += 1;
          if (answered === requests.length) {
            clearInterval(timer);
            resolve();
          } else sendDue();
        }, reject);
      }
    };
    const timer = setInterval(sendDue, 1);
  });
}

/** @returns the connection to continue with: the service closes those that were idle for long */
async function send(socket: Socket | undefined, index: number, dueMs: number): Promise<Socket> {
  const open = socket?.readyState === "open" ? socket : await openSocket(task.url);
  const reception = await exchange(open, requests[index] ?? Buffer.alloc(0));
  latencies.push(performance.now() - dueMs);
  if (reception === "deferred") deferred.push(index);
  else if (reception === "failed") failed += 1;
  return open;
}
