import type { RunningSandbox } from "../../sandbox/shared/sandbox.ts";
import { startHttpServer } from "../helpers/local-server.ts";
import { control } from "./sandbox-control.ts";

/** A webhook call as it was received. */
export interface ReceivedDelivery {
  readonly body: Uint8Array;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/** A receiver that accepts every delivery. */
export interface WebhookReceiver extends AsyncDisposable {
  /** All received calls, once the sandbox has no more deliveries. */
  whenQuiet(): Promise<readonly ReceivedDelivery[]>;
}

/** Registers a receiver with the sandbox. */
export async function useWebhooks(sandbox: RunningSandbox): Promise<WebhookReceiver> {
  const received: ReceivedDelivery[] = [];
  const server = await startHttpServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.entries(request.headersDistinct).map(([name, values]) => [name, values ?? []] as const);
      received.push({ body: Buffer.concat(chunks), headers: new Map(headers) });
      response.writeHead(200).end();
    });
  });
  await control(sandbox, "POST", "webhook-endpoints", { url: `${server.url}/webhooks` });
  return {
    async whenQuiet() {
      await control(sandbox, "POST", "quiesce", {});
      return received;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
