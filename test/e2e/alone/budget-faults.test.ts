import { expect, test } from "@jest/globals";
import { migrate } from "../../../src/store/migrate.ts";
import { openEmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";
import { stopEmbeddedPostgres } from "../../../src/store/embedded/release.ts";
import { startReplicas } from "../../helpers/replica-processes.ts";
import { type Sight, usedShare, watch, watchUntil } from "../../helpers/sandbox-witness.ts";
import { startStripe } from "../../helpers/stripe-process.ts";
import { undisturbed } from "../../helpers/undisturbed.ts";
import { useDataDir } from "../../helpers/use-embedded.ts";

const LIMIT = 100;
const FIVE_PERCENT = 5;
const WINDOW_MS = 6_000;

/** A server that nobody brings back when it is stopped: who has opened it would. */
async function startUnwatched(dataDir: string) {
  const settings = { fsync: "off", max_connections: "200" };
  const postgres = await openEmbeddedPostgres({ dataDir, settings, keepRunning: true });
  await postgres.close();
  return postgres.connection;
}

async function startLimitedStripe() {
  const stripe = await startStripe(20);
  await stripe.control("POST", "limits", {
    limits: [{ name: "account", kind: "token-bucket", perSecond: LIMIT }],
  });
  return stripe;
}

/** What the sandbox saw of a hundred replicas from their first call on. */
async function watchColdStart(): Promise<Sight> {
  await using dataDir = await useDataDir();
  const connection = await startUnwatched(dataDir.path);
  await migrate(connection);
  await using stripe = await startLimitedStripe();
  const task = { connection, baseUrl: stripe.url, apiKey: stripe.apiKey, perSecond: LIMIT, replicas: 25, readers: 2 };
  await using replicas = await startReplicas(4, task);
  replicas.begin();
  return await watchUntil("all of them to have called", stripe, ({ accepted }) => accepted >= 5 * LIMIT);
}

test("a hundred replicas that start at once on a limit that none has used keep to it from the first second on (F32)", async () => {
  const sight = await undisturbed(watchColdStart);
  // The first to ask holds five: half of what lies within the horizon of 100 ms.
  expect(sight.peakPerSecond).toBeLessThanOrEqual(LIMIT + 5);
  expect(sight.refused).toBe(0);
}, 90_000);

test("replicas whose store is away go on within the limit together, and share it again when it is back (F33)", async () => {
  await using dataDir = await useDataDir();
  const connection = await startUnwatched(dataDir.path);
  await migrate(connection);
  await using stripe = await startLimitedStripe();
  const task = { connection, baseUrl: stripe.url, apiKey: stripe.apiKey, perSecond: LIMIT, replicas: 1, readers: 16 };
  await using replicas = await startReplicas(4, task);
  replicas.begin();
  await watchUntil("everybody to be at work", stripe, ({ accepted }) => accepted >= 3 * LIMIT);

  const { away, back, shared } = await undisturbed(async () => {
    const [leaving] = await Promise.all([watch(stripe, WINDOW_MS), stopEmbeddedPostgres({ dataDir: dataDir.path })]);
    const [returning] = await Promise.all([watch(stripe, WINDOW_MS), startUnwatched(dataDir.path)]);
    return { away: leaving, back: returning, shared: await watch(stripe, WINDOW_MS) };
  });
  for (const sight of [away, back, shared]) {
    expect(sight.peakPerSecond).toBeLessThanOrEqual(LIMIT + FIVE_PERCENT);
    expect(sight.refused).toBe(0);
  }
  expect(usedShare(away, LIMIT)).toBeGreaterThanOrEqual(0.6);
  expect(usedShare(shared, LIMIT)).toBeGreaterThanOrEqual(0.8);
}, 90_000);
