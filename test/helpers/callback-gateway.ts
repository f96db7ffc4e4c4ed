import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A call of the callback protocol. */
export interface CallbackCall {
  readonly kind: "subscription";
  readonly action: "check" | "next" | "complete";
  readonly id: string;
  readonly verifier: string;
  readonly payload?: { readonly data?: Readonly<Record<string, unknown>> | null; readonly errors?: readonly unknown[] };
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** One subscription of the gateway, as it was registered. */
export interface GatewaySubscription {
  readonly id: string;
  /** `extensions.subscription` of the request to the subgraph. */
  readonly extension: Readonly<Record<string, unknown>>;
  /** Accepted calls, in order. */
  readonly calls: readonly CallbackCall[];
  /** Answers of the gateway to all calls, in order. */
  readonly statuses: readonly number[];
  /** True once no call has come within the gateway's tolerance: it has then given the subscription up. */
  readonly gaveUp: boolean;
  /** The client has left: the gateway answers 404 from now on. */
  cancel(): void;
}

/** A gateway that subscribes by callback. */
export interface CallbackGateway extends AsyncDisposable {
  readonly url: string;
  /** Number of calls that are being answered; and the largest one so far. */
  readonly mostAtATime: number;
  /** Number of all calls, also of unknown subscriptions. */
  readonly received: number;
  subscribe(heartbeatIntervalMs: number): GatewaySubscription;
  /** Answers the next calls with these statuses instead; 0 resets the connection. */
  answerWith(...statuses: readonly number[]): void;
  /** Holds every answer until `release` is called. */
  hold(): void;
  release(): void;
}

/**
 * - `router`: Apollo Router: a verifier for each subscription, an HMAC of its id; the id in the URL must be the one in the
 *   body; it gives up after three intervals.
 * - `hive`: Hive Gateway: one random verifier for all, ids are UUIDs; it gives up after exactly one interval.
 */
export type GatewayKind = "router" | "hive";

interface Entry extends GatewaySubscription {
  readonly calls: CallbackCall[];
  readonly statuses: number[];
  readonly verifier: string;
  readonly toleranceMs: number;
  gaveUp: boolean;
  isCanceled: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Starts the gateway. Source of its behaviour: `callback.rs` and `notification.rs` of Apollo Router. */
export async function startCallbackGateway(kind: GatewayKind): Promise<CallbackGateway> {
  const key = randomBytes(32);
  const oneVerifier = randomUUID();
  const entries = new Map<string, Entry>();
  const scripted: number[] = [];
  let [current, most, received] = [0, 0, 0];
  let pending: PromiseWithResolvers<void> | undefined;

  function arm(entry: Entry): void {
    clearTimeout(entry.timer);
    if (entry.toleranceMs > 0) entry.timer = setTimeout(() => (entry.gaveUp = true), entry.toleranceMs);
  }

  function statusOf(path: string, headers: IncomingMessage["headers"], call: CallbackCall): number {
    const entry = entries.get(call.id);
    if (headers["subscription-protocol"] !== "callback/1.0" || call.kind !== "subscription") return 400;
    if (path !== `/callback/${call.id}`) return 400;
    if (entry === undefined || entry.isCanceled || entry.gaveUp) return 404;
    if (call.verifier !== entry.verifier) return 401;
    arm(entry);
    entry.calls.push(call);
    if (call.action === "check") return 204;
    if (call.action === "next") return 200;
    entry.isCanceled = true;
    clearTimeout(entry.timer);
    return 202;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    current += 1;
    received += 1;
    most = Math.max(most, current);
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const call = JSON.parse(body) as CallbackCall; // of our own server; the tests check what they use
    const given = scripted.shift();
    const status = given ?? statusOf(request.url ?? "", request.headers, call);
    entries.get(call.id)?.statuses.push(status);
    if (pending !== undefined) await pending.promise;
    current -= 1;
    if (status === 0) response.destroy();
    else response.writeHead(status, { "subscription-protocol": "callback/1.0", location: "/elsewhere" }).end();
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    get mostAtATime() {
      return most;
    },
    get received() {
      return received;
    },
    subscribe(heartbeatIntervalMs) {
      const id = kind === "router" ? randomBytes(32).toString("hex") : randomUUID();
      const verifier = kind === "router" ? createHmac("sha256", key).update(id).digest("hex") : oneVerifier;
      const entry: Entry = {
        id,
        verifier,
        toleranceMs: heartbeatIntervalMs * (kind === "router" ? 3 : 1),
        extension: { callbackUrl: `${url}/callback/${id}`, subscriptionId: id, verifier, heartbeatIntervalMs },
        calls: [],
        statuses: [],
        gaveUp: false,
        isCanceled: false,
        timer: undefined,
        cancel: () => void (entry.isCanceled = true),
      };
      entries.set(id, entry);
      return entry;
    },
    answerWith: (...statuses) => void scripted.push(...statuses),
    hold: () => void (pending ??= Promise.withResolvers()),
    release() {
      pending?.resolve();
      pending = undefined;
    },
    async [Symbol.asyncDispose]() {
      pending?.resolve();
      for (const { timer } of entries.values()) clearTimeout(timer);
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
