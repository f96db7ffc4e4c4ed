import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { readTask, runReaders } from "./task.ts";

/** A replica that requests a permit from the peer before each call, and waits as long as a refusal states. */
const { connection, baseUrl, limit, readers } = readTask();
const pool = new pg.Pool({ ...connection, max: 10 });
const limiter = await new Promise<RateLimiterPostgres>((resolve, reject) => {
  const made: RateLimiterPostgres = new RateLimiterPostgres(
    { storeClient: pool, tableName: "peer_limits", points: limit, duration: 1, keyPrefix: "bench" },
    (error?: Error) => (error ? reject(error) : resolve(made)),
  );
});
let [sent, storeCalls] = [0, 0];
await runReaders(
  readers,
  async (signal) => {
    storeCalls += 1;
    try {
      await limiter.consume("credential");
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      await pause(Math.max(1, refused.msBeforeNext), undefined, { signal });
      return;
    }
    await fetch(`${baseUrl}/v1/things`, { signal }).then((response) => response.text());
    sent += 1;
  },
  () => ({ sent, storeCalls }),
);
await pool.end();
process.exit();
