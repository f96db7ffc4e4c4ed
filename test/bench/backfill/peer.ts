import type * as Peer from "@supabase/stripe-sync-engine";
import { createRequire } from "node:module";
import pg from "pg";
import { pino } from "pino";
import Stripe from "stripe";
import { printResult, readTask } from "./task.ts";

// Its ES build looks for its migrations with __dirname, which only CommonJS has. `require` gives no types.
const { runMigrations, StripeSync } = createRequire(import.meta.url)("@supabase/stripe-sync-engine") as typeof Peer;

/** The same charges through the peer's own backfill. */
const { connection, baseUrl, apiKey } = readTask();
const logger = pino({ level: "warn" }, pino.destination(2));
const pool = new pg.Pool(connection);
await pool.query("create schema if not exists stripe");
await runMigrations({
  databaseUrl: `postgres://${connection.user}@/${connection.database}?host=${encodeURIComponent(connection.host)}&port=${connection.port}`,
  schema: "stripe",
  logger,
});
const sync = new StripeSync({
  schema: "stripe",
  stripeSecretKey: apiKey,
  stripeWebhookSecret: "whsec_unused",
  poolConfig: { ...connection, max: 10 },
  logger,
});
const { hostname, port } = new URL(baseUrl);
// It has no setting for the API's address, so its client is replaced.
Object.assign(sync, { stripe: new Stripe(apiKey, { host: hostname, port: Number(port), protocol: "http" }) });
const startedAtMs = performance.now();
await sync.syncBackfill({ object: "charge" });
const ms = performance.now() - startedAtMs;
const stored = await pool.query<{ count: string }>("select count(*) from stripe.charges");
printResult({ records: Number(stored.rows[0]?.count), ms });
await pool.end();
process.exit(0); // it has a pool of its own that cannot be closed
