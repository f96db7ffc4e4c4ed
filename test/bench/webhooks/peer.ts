/**
 * The peer behind a plain HTTP server: verifies, upserts from the payload, responds. It has no inbox and no
 * deduplication.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type * as StripeSyncEngine from "@supabase/stripe-sync-engine";
import { pino } from "pino";
import { contestantSchema } from "./task.ts";

// Its ES build looks for its migrations with __dirname, which only CommonJS has. `require` gives no types.
const { runMigrations, StripeSync } = createRequire(import.meta.url)(
  "@supabase/stripe-sync-engine",
) as typeof StripeSyncEngine;

const { connection, secret } = contestantSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
const logger = pino({ level: "warn" }, pino.destination(2));
await runMigrations({
  databaseUrl: `postgres://${connection.user}@/${connection.database}?host=${encodeURIComponent(connection.host)}&port=${connection.port}`,
  schema: "stripe",
  logger,
});
// Nothing that would call Stripe: entities are taken from the payload, lists in them are not completed.
const sync = new StripeSync({
  schema: "stripe",
  stripeSecretKey: "sk_test_bench",
  stripeWebhookSecret: secret,
  autoExpandLists: false,
  backfillRelatedEntities: false,
  poolConfig: { ...connection, max: 20 },
  logger,
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set, so they are buffers
  try {
    await sync.processWebhook(Buffer.concat(chunks), String(request.headers["stripe-signature"]));
    response.writeHead(200, { "content-type": "application/json" }).end('{"received":true}');
  } catch (reason) {
    logger.error(reason);
    response.writeHead(500).end();
  }
}

const server = createServer((request, response) => void answer(request, response));
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  process.stdout.write(`http://127.0.0.1:${port}/webhooks\n`);
});
process.stdin.resume().once("end", () => process.exit(0)); // its pool cannot be closed
