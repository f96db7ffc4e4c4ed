import { expect, test } from "@jest/globals";
import { migrate } from "../../../src/store/migrate.ts";
import { openEmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";
import { stopEmbeddedPostgres } from "../../../src/store/embedded/release.ts";
import { startReplicas } from "../../helpers/replica-processes.ts";
import { type CounterSample, usedShare, watch, watchUntil } from "../../helpers/sandbox-counters.ts";
import { startStripe } from "../../helpers/stripe-process.ts";
import { undisturbed } from "../../helpers/undisturbed.ts";
import { useReadyDataDir } from "../../helpers/ready-data-dir.ts";

const LIMIT = 100;
const FIVE_PERCENT = 5;
const WINDOW_MS = 6_000;

/** A server that is not restarted when it is stopped: the process that opened it would restart it. */
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

/** The calls that the sandbox received from a hundred replicas, from their first call on. */
async function watchColdStart(): Promise<CounterSample> {
  await using dataDir = await useReadyDataDir();
  const connection = await startUnwatched(dataDir.path);
  await migrate(connection);
  await using stripe = await startLimitedStripe();
  const task = { connection, baseUrl: stripe.url, apiKey: stripe.apiKey, perSecond: LIMIT, replicas: 100, readers: 2 };
  await using replicas = await startReplicas(task);
  replicas.begin();
  return await watchUntil("all of them to have called", stripe, ({ accepted }) => accepted >= 5 * LIMIT);
}

test("a hundred replicas that start at once with an unused limit keep to it from the first second (F32)", async () => {
  const sample = await undisturbed(watchColdStart);
  // The first lease has five: half of the permits within the horizon of 100 ms.
  expect(sample.peakPerSecond).toBeLessThanOrEqual(LIMIT + 5);
  expect(sample.refused).toBe(0);
});

test("replicas whose store is unavailable stay within the limit together, and share it again afterwards (F33)", async () => {
  await using dataDir = await useReadyDataDir();
  const connection = await startUnwatched(dataDir.path);
  await migrate(connection);
  await using stripe = await startLimitedStripe();
  const task = { connection, baseUrl: stripe.url, apiKey: stripe.apiKey, perSecond: LIMIT, replicas: 4, readers: 16 };
  await using replicas = await startReplicas(task);
  replicas.begin();
  await watchUntil("everybody to be at work", stripe, ({ accepted }) => accepted >= 3 * LIMIT);

  const { away, back, shared } = await undisturbed(async () => {
    const leaving = await watch(stripe, WINDOW_MS, () => stopEmbeddedPostgres({ dataDir: dataDir.path }));
    const returning = await watch(stripe, WINDOW_MS, () => startUnwatched(dataDir.path));
    return { away: leaving, back: returning, shared: await watch(stripe, WINDOW_MS) };
  });
  for (const sample of [away, back, shared]) {
    expect(sample.peakPerSecond).toBeLessThanOrEqual(LIMIT + FIVE_PERCENT);
    expect(sample.refused).toBe(0);
  }
  expect(usedShare(away, LIMIT)).toBeGreaterThanOrEqual(0.6);
  expect(usedShare(shared, LIMIT)).toBeGreaterThanOrEqual(0.8);
});
