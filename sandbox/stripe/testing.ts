import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { z } from "zod";
import type { RunningSandbox, SandboxOptions } from "../shared/sandbox.ts";
import { callControl } from "../shared/call-control.ts";
import { stripeSandbox } from "./index.ts";

const sourceConfig = z.object({ baseUrl: z.string(), apiKey: z.string(), webhookSecrets: z.array(z.string()) });

/** A running sandbox with the official client connected to it. Closed by `await using`. */
export interface TestSandbox extends AsyncDisposable {
  readonly running: RunningSandbox;
  readonly url: string;
  readonly config: z.infer<typeof sourceConfig>;
  readonly stripe: Stripe;
  /** Calls the control API. Rejects when the call is refused. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** Starts a sandbox: by default an empty one of seed 1. */
export async function useSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const running = await stripeSandbox.start({ port: 0, seed: 1, payments: 0, ...options });
  const config = sourceConfig.parse(running.sourceConfig);
  return {
    running,
    url: running.url,
    config,
    stripe: clientOf(running.url, config.apiKey),
    control: (method, path, body) => callControl(running.url, { method, path, body }),
    [Symbol.asyncDispose]: () => running.close(),
  };
}

/** Creates the official client, by default without retries. */
export function clientOf(url: string, apiKey: string, maxNetworkRetries = 0): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(apiKey, {
    host: hostname,
    port: Number(port),
    protocol: "http",
    maxNetworkRetries,
    telemetry: false,
  });
}

const objects = z.object({
  objects: z.array(z.looseObject({ id: z.string(), created: z.number() })),
  deleted: z.array(z.string()),
  malformed: z.array(z.string()),
});

/** Reads the true state of one type from the control API, oldest first. */
export async function truthOf(sandbox: TestSandbox, type: string): Promise<z.infer<typeof objects>> {
  return objects.parse(await sandbox.control("GET", `objects?type=${type}`));
}

const tally = z.object({
  arrived: z.number(),
  accepted: z.number(),
  refused: z.number(),
  permits: z.number(),
  foreignAccepted: z.number(),
  foreignRefused: z.number(),
  peakPerSecond: z.number(),
  peakAcceptedPerSecond: z.number(),
  concurrentPeak: z.number(),
  firstAtMs: z.number().nullable(),
  lastAtMs: z.number().nullable(),
});
const keyCounts = tally.extend({
  perSecond: z.array(z.tuple([z.number(), z.number(), z.number()])),
  limits: z.record(z.string(), tally),
});
const counters = z.object({ keys: z.record(z.string(), keyCounts) });

/** Returns the server's counts for a key: by default the account's. Rejects when the key never made a request. */
export async function countsOf(sandbox: TestSandbox, key = sandbox.config.apiKey): Promise<z.infer<typeof keyCounts>> {
  const { keys } = counters.parse(await sandbox.control("GET", "counters"));
  const counts = keys[key];
  if (counts === undefined) throw new Error(`nothing was counted for ${key}`);
  return counts;
}

/** One webhook call as received. */
export interface Received {
  readonly body: string;
  readonly signature: string;
}

/** A receiver of webhooks. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /** Resolves when `done` returns true for the received calls; rejects after ten seconds. */
  until(done: (received: readonly Received[]) => boolean): Promise<void>;
}

/** Listens for webhooks and responds to each with the status that `answer` returns. */
export async function useReceiver(
  answer: (call: Received, count: number) => number = () => 200,
  port = 0,
): Promise<Receiver> {
  const received: Received[] = [];
  const watchers = new Set<() => void>();
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const call = { body, signature: String(request.headers["stripe-signature"]) };
      received.push(call);
      response.writeHead(answer(call, received.length)).end();
      for (const watch of watchers) watch();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  // Listening on a TCP port.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
  return {
    url,
    received,
    until: (done) =>
      new Promise((resolve, reject) => {
        const deadline = setTimeout(
          () => reject(new Error(`the expected webhooks did not arrive; ${received.length} received`)),
          10_000,
        );
        const watch = (): void => {
          if (!done(received)) return;
          clearTimeout(deadline);
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}
