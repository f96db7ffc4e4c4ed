import { spawn } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";
import { firstLine } from "../webhooks/run-script.ts";

/** Beginnings of the credentials; the rest is the id of the source. */
export const ACCESS_TOKEN_PREFIX = "access-sandbox-";
export const API_KEY_PREFIX = "sk_test_";

const accountSchema = z.object({
  id: z.string(),
  transactions: z.number(),
  /** Time of the first call of each poll, epoch milliseconds. */
  polls: z.array(z.number()),
  lastCallMs: z.number(),
});
/** What the upstream knows of one source. */
export type AccountReport = z.infer<typeof accountSchema>;

const totalsSchema = z.object({
  calls: z.number(),
  /** Calls above the limits of an account. */
  overLimit: z.number(),
  /** Number of sources that were polled at least once. */
  begun: z.number(),
  lastCallMs: z.number(),
});
export type UpstreamTotals = z.infer<typeof totalsSchema>;

/** The upstream of all sources, in a process of its own. It ends with its scope. */
export interface BenchUpstream extends AsyncDisposable {
  readonly url: string;
  totals(): Promise<UpstreamTotals>;
  accounts(): Promise<readonly AccountReport[]>;
  /** Adds one transaction to every account. */
  grow(): Promise<void>;
  /** Delays every response from now on. */
  delay(ms: number): Promise<void>;
}

/** Starts it with accounts of three transactions each. */
export async function startUpstream(): Promise<BenchUpstream> {
  const child = spawn(process.execPath, ["test/bench/sources/upstream.ts"], { stdio: ["pipe", "pipe", "inherit"] });
  const closed = once(child, "close");
  const url = await firstLine(child);
  const control = async (path: string, body: object = {}): Promise<unknown> => {
    const response = await fetch(`${url}/control/${path}`, { method: "POST", body: JSON.stringify(body) });
    return response.json();
  };
  return {
    url,
    totals: async () => totalsSchema.parse(await control("totals")),
    accounts: async () => z.object({ accounts: z.array(accountSchema) }).parse(await control("accounts")).accounts,
    grow: async () => void (await control("grow")),
    delay: async (ms) => void (await control("delay", { ms })),
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await closed;
    },
  };
}
