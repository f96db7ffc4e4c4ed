import { createHmac } from "node:crypto";
import { connect, type Socket } from "node:net";

export interface RequestsOptions {
  /** Of the endpoint, path included. */
  readonly url: string;
  readonly secret: string;
  /** Texts of real events; the ids in them are made distinct. */
  readonly templates: readonly string[];
  readonly prefix: string;
  readonly events: number;
}

/** The parts that make the ids of one event unique. */
export function tailOf(prefix: string, index: number): string {
  return `${prefix}${String(index).padStart(8, "0")}`;
}

/** Distinct events: each number is an event, an intent and a charge. */
export function signedRequests({ url, templates, prefix, events, secret }: RequestsOptions): Buffer[] {
  const target = new URL(url);
  const timestamp = Math.floor(Date.now() / 1000);
  return Array.from({ length: events }, (_, index) => {
    const template = templates[index % templates.length] ?? "";
    const body = template.replaceAll(/"((?:evt|pi|ch|py|txn)_)[A-Za-z0-9]+"/g, `"$1${tailOf(prefix, index)}"`);
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

/** A connection to the service. */
export function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.once("connect", () => resolve(socket)).once("error", reject);
  });
}

/** `deferred`: a 503 with a time to retry after. */
export type Reception = "taken" | "deferred" | "failed";

/** One request and its complete response. */
export function exchange(socket: Socket, request: Buffer): Promise<Reception> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const onData = (chunk: Buffer): void => {
      answer += chunk.toString("latin1");
      const end = endOf(answer);
      if (end === undefined || answer.length < end) return;
      socket.off("data", onData).off("close", onClose);
      resolve(receptionOf(answer));
    };
    const onClose = (): void => reject(new Error(`the connection was closed: ${answer.slice(0, 200)}`));
    socket.on("data", onData).once("close", onClose);
    socket.write(request);
  });
}

function receptionOf(answer: string): Reception {
  if (answer.startsWith("HTTP/1.1 200")) return "taken";
  return answer.startsWith("HTTP/1.1 503") && /\r\nretry-after: /i.test(answer) ? "deferred" : "failed";
}

/** Length of the response, once its head has arrived: by its content length, or to the last chunk. */
function endOf(answer: string): number | undefined {
  const head = answer.indexOf("\r\n\r\n");
  if (head === -1) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, head))?.[1];
  if (length !== undefined) return head + 4 + Number(length);
  const last = answer.indexOf("0\r\n\r\n", head);
  return last === -1 ? undefined : last + 5;
}
