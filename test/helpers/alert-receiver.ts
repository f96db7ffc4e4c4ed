import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { type LocalServer, startHttpServer } from "./local-server.ts";

/** One call that a receiver of alerts got. */
export interface ReceivedAlert {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Exact text of the body. */
  readonly text: string;
  /** `webhook-id`, or "" of a chat service. */
  readonly id: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows the members of its message
  readonly body: any;
}

/** A receiver of alerts on a free port. */
export interface AlertReceiver extends AsyncDisposable {
  readonly url: string;
  readonly server: LocalServer;
  readonly calls: readonly ReceivedAlert[];
  /** Answers the next calls in this way; undefined: with 204. */
  answer(answer: ((response: ServerResponse, call: ReceivedAlert) => void) | undefined): void;
}

export async function startAlertReceiver(): Promise<AlertReceiver> {
  const calls: ReceivedAlert[] = [];
  let own: ((response: ServerResponse, call: ReceivedAlert) => void) | undefined;
  const server = await startHttpServer((request, response) => {
    void request.toArray().then((pieces) => {
      const text = Buffer.concat(pieces as Buffer[]).toString();
      const id = String(request.headers["webhook-id"] ?? "");
      const call = { path: request.url ?? "", headers: request.headers, text, id, body: JSON.parse(text) as unknown };
      calls.push(call);
      if (own === undefined) response.writeHead(204).end();
      else own(response, call);
    });
  });
  return {
    url: `${server.url}/hook?key=canary-in-the-url`,
    server,
    calls,
    answer: (answer) => void (own = answer),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Verifies a call by the library of Standard Webhooks. @throws if its signature is wrong */
export function verifyByLibrary(secret: string, { text, headers }: ReceivedAlert): void {
  new Webhook(secret).verify(text, {
    "webhook-id": String(headers["webhook-id"]),
    "webhook-timestamp": String(headers["webhook-timestamp"]),
    "webhook-signature": String(headers["webhook-signature"]),
  });
}
