import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";
import { callControl } from "../../sandbox/shared/call-control.ts";

/** A Stripe sandbox as a separate process: it continues when the service is killed, as Stripe would. */
export interface StripeProcess extends AsyncDisposable {
  readonly url: string;
  readonly apiKey: string;
  /** Rejects when the call is refused. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
}

export async function startStripe(payments: number, seed = 1): Promise<StripeProcess> {
  const child = spawn(
    process.execPath,
    ["sandbox/cli.ts", "stripe", "--seed", String(seed), "--payments", String(payments)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /ready (http:\S+)$/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("close", () => reject(new Error("the sandbox ended before it was ready")));
  });
  const control = (method: string, path: string, body?: unknown) => callControl(url, { method, path, body });
  const { keys } = z.object({ keys: z.record(z.string(), z.string()) }).parse(await control("GET", "keys"));
  return {
    url,
    apiKey: Object.keys(keys)[0] ?? "",
    control,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.kill("SIGTERM")) await once(child, "close");
    },
  };
}
