import { z } from "zod";
import type { RunningSandbox, SandboxOptions } from "../shared/sandbox.ts";
import { callControl } from "../shared/call-control.ts";
import { plaidSandbox } from "./index.ts";

const sourceConfig = z.object({
  clientId: z.string(),
  secret: z.string(),
  accessToken: z.string(),
  itemId: z.string(),
});
const transaction = z.looseObject({ transaction_id: z.string() });
const syncAnswer = z.object({
  added: z.array(transaction),
  modified: z.array(transaction),
  removed: z.array(transaction),
  next_cursor: z.string(),
  has_more: z.boolean(),
});
const truthAnswer = z.looseObject({
  transactions: z.array(z.looseObject({ id: z.string() })),
  removed: z.array(z.string()),
});

/** A running sandbox, called without any client library. Closed by `await using`. */
export interface TestSandbox extends AsyncDisposable {
  readonly running: RunningSandbox;
  readonly config: z.infer<typeof sourceConfig>;
  /** Returns the body, whatever the status. Keys are added unless `body` has them. */
  ask(path: string, body?: Readonly<Record<string, unknown>>): Promise<unknown>;
  sync(cursor: string, count?: number): Promise<z.infer<typeof syncAnswer>>;
  truth(): Promise<z.infer<typeof truthAnswer>>;
  /** Calls the control API. Rejects when the call is refused. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** Starts a sandbox: by default an empty one of seed 1. */
export async function useSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const running = await plaidSandbox.start({ port: 0, seed: 1, payments: 0, ...options });
  const config = sourceConfig.parse(running.sourceConfig);
  const keys = { client_id: config.clientId, secret: config.secret, access_token: config.accessToken };
  const control = (method: string, path: string, body?: unknown) => callControl(running.url, { method, path, body });
  const ask = async (path: string, body: Readonly<Record<string, unknown>> = {}): Promise<unknown> => {
    const text = JSON.stringify({ ...keys, ...body });
    return await (await fetch(`${running.url}${path}`, { method: "POST", body: text })).json();
  };
  return {
    running,
    config,
    ask,
    control,
    sync: async (cursor, count = 500) => syncAnswer.parse(await ask("/transactions/sync", { cursor, count })),
    truth: async () => truthAnswer.parse(await control("GET", "truth")),
    [Symbol.asyncDispose]: () => running.close(),
  };
}
