/**
 * The load generator, a process of its own. Requests are made and signed before the clock starts, so that what it takes
 * from the machine while it runs is as little as can be, and the same for every contestant.
 */
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type LoadResult, type LoadTask, loadSchema } from "./task.ts";

/** Between two tries of what was put off. */
const RETRY_MS = 1_000;

const task = loadSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")));
const target = new URL(task.url);
const requests = signedRequests(task);
const latencies: number[] = [];
let failed = 0;
const deferred: number[] = [];
process.stdout.write(`${JSON.stringify(await run())}\n`);

/** Distinct events: each number stands for an event, an intent and a charge of its own. */
function signedRequests({ templates, prefix, events, secret }: LoadTask): Buffer[] {
  const timestamp = Math.floor(Date.now() / 1000);
  return Array.from({ length: events }, (_, index) => {
    const tail = `${prefix}${String(index).padStart(8, "0")}`;
    const template = templates[index % templates.length] ?? "";
    const body = template.replaceAll(/"((?:evt|pi|ch|py|txn)_)[A-Za-z0-9]+"/g, `"$1${tail}"`);
    const signature = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
    const head = [
      `POST ${target.pathname} HTTP/1.1`,
      `Host: ${target.host}`,
      "Content-Type: application/json; charset=utf-8",
      "User-Agent: Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      `Stripe-Signature: t=${timestamp},v1=${signature}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}

async function run(): Promise<LoadResult> {
  const sockets = await Promise.all(Array.from({ length: task.connections }, open));
  const startedAtMs = performance.now();
  await (task.perSecond === undefined ? closedLoop(sockets, [...requests.keys()]) : openLoop(sockets, task.perSecond));
  const ms = performance.now() - startedAtMs;
  const putOff = deferred.length;
  for (let again = deferred.splice(0); again.length > 0; again = deferred.splice(0)) {
    await pause(RETRY_MS); // as the provider would
    await closedLoop(sockets, again);
  }
  for (const socket of sockets) socket.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { events: requests.length, ms, failed, deferred: putOff, p50: at(0.5), p99: at(0.99), max: at(1) };
}

function open(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    socket.once("connect", () => resolve(socket)).once("error", reject);
  });
}

/** Each connection sends the next event when its last one is answered. */
async function closedLoop(sockets: readonly Socket[], indexes: readonly number[]): Promise<void> {
  let next = 0;
  await Promise.all(
    sockets.map(async (socket) => {
      for (let index = indexes[next++]; index !== undefined; index = indexes[next++])
        await exchange(socket, index, performance.now());
    }),
  );
}

/** Events are due by the clock. One that finds no idle connection waits for one, and its waiting counts. */
function openLoop(sockets: readonly Socket[], perSecond: number): Promise<void> {
  const idle = [...sockets];
  const startedAtMs = performance.now();
  let next = 0;
  let answered = 0;
  return new Promise((resolve, reject) => {
    const send = (): void => {
      const due = Math.min(requests.length, Math.floor(((performance.now() - startedAtMs) / 1000) * perSecond) + 1);
      while (next < due && idle.length > 0) {
        const [socket, index] = [idle.pop(), next++];
        if (socket === undefined) return;
        exchange(socket, index, startedAtMs + (index / perSecond) * 1000).then(() => {
          idle.push(socket);
          answered += 1;
          if (answered === requests.length) {
            clearInterval(timer);
            resolve();
          } else send();
        }, reject);
      }
    };
    const timer = setInterval(send, 1);
  });
}

/** One request and its whole answer. */
function exchange(socket: Socket, index: number, dueMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const onData = (chunk: Buffer): void => {
      answer += chunk.toString("latin1");
      const end = endOf(answer);
      if (end === undefined || answer.length < end) return;
      socket.off("data", onData).off("close", onClose);
      latencies.push(performance.now() - dueMs);
      if (answer.startsWith("HTTP/1.1 503") && /\r\nretry-after: /i.test(answer)) deferred.push(index);
      else if (!answer.startsWith("HTTP/1.1 200")) failed += 1;
      resolve();
    };
    const onClose = (): void => reject(new Error(`the connection was closed: ${answer.slice(0, 200)}`));
    socket.on("data", onData).once("close", onClose);
    socket.write(requests[index] ?? Buffer.alloc(0));
  });
}

/** Length of the answer, once its head is there: by its content length, or to the last chunk. */
function endOf(answer: string): number | undefined {
  const head = answer.indexOf("\r\n\r\n");
  if (head === -1) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, head))?.[1];
  if (length !== undefined) return head + 4 + Number(length);
  const last = answer.indexOf("0\r\n\r\n", head);
  return last === -1 ? undefined : last + 5;
}
