import { Agent, request } from "node:http";

/** Result of an attempt: the status, or 0 when there was no response. */
export type Sent = number;

/** Sends bodies to receivers over persistent connections. */
export interface Sender {
  post(url: string, body: string, signature: string): Promise<Sent>;
  close(): void;
}

/** Time in which a receiver must respond. */
const TIMEOUT_MS = 10_000;

/** Creates a sender with at most `connections` open connections per receiver. */
export function createSender(connections: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const closing = new AbortController();
  return {
    post: (url, body, signature) =>
      new Promise((resolve) => {
        const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]);
        const headers = {
          "Content-Type": "application/json; charset=utf-8",
          "Content-Length": Buffer.byteLength(body),
          "Stripe-Signature": signature,
          "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
          Accept: "*/*; q=0.5, application/xml",
        };
        const call = request(url, { method: "POST", agent, headers, signal }, (response) => {
          response.resume();
          response.once("close", () => resolve(response.complete ? (response.statusCode ?? 0) : 0));
        });
        call.once("error", () => resolve(0));
        call.end(body);
      }),
    close() {
      closing.abort();
      agent.destroy();
    },
  };
}
