import { expect, test } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import { loadCursors } from "../../src/server/load-cursors.ts";
import type { ConnectionSettings as Connection } from "../../src/store/connection.ts";
import { createDatabase } from "../../src/store/database.ts";
import { eventually } from "../helpers/eventually.ts";
import type { FaultProxy } from "../helpers/fault-proxy.ts";
import { type EventFollower, followEvents } from "../helpers/follow-events.ts";
import { freePort, type Service, startService } from "../helpers/service.ts";
import { usePartitionedDatabase } from "../helpers/partitioned-database.ts";
import { startStripe, type StripeProcess } from "../helpers/stripe-process.ts";
import { logFaults } from "../helpers/log-faults.ts";
import { type Query, withQuery } from "../helpers/service-database.ts";
import { writeSluiceYaml } from "../helpers/sluice-yaml.ts";
import { differences, readTruth } from "../helpers/sandbox-truth.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";

const SOURCE = "stripe-main";
/** In the backfill, and at least as many again in the burst. */
const KILLS = 10;
/** The burst goes on for so long, with a kill every half to three seconds. */
const BURST_MS = 600_000;

/** A time within the wait that differs from kill to kill, and is the same in each run. */
function momentMs(kill: number): number {
  return 500 + ((kill * 7919) % 2_500);
}

/** By turns as the kernel ends a process when memory runs out, and as V8 does when its heap is full (F17). */
function signalOf(kill: number): NodeJS.Signals {
  return kill % 2 === 0 ? "SIGKILL" : "SIGABRT";
}

/** How long the service is without its database before a kill, and before the last events. */
const PARTITION_MS = 700;

/** By turns: packets wait, packets are lost for good with their connections, connections are reset. */
async function partition(network: FaultProxy, round: number): Promise<void> {
  if (round % 3 === 0) network.cut("up", "down");
  else if (round % 3 === 1) network.swallow();
  else network.reset();
  await pause(PARTITION_MS); // the tested case: the service works for some time without its database
  await network.heal();
}

/** The subscriber was interrupted every two seconds, and has tens of thousands of events to catch up on. */
const CATCH_UP_MS = 600_000;

/** Every event after the position at which the subscriber began, once and in order. */
async function requireAllReceived(follower: EventFollower, connection: Connection, query: Query): Promise<void> {
  await using closers = new AsyncDisposableStack();
  const database = createDatabase({ connection, max: 1 });
  closers.defer(() => database.close());
  const cursors = await loadCursors(database);
  const [row] = await query("select head from sluice.event_heads");
  const all = Array.from({ length: Number(row?.["head"]) }, (_, index) =>
    cursors.encodeEventCursor("acme", BigInt(index + 1)),
  );
  const expected = all.slice(all.indexOf(follower.start ?? "") + 1);
  await eventually(
    `the subscriber to have all ${expected.length} events`,
    () => follower.cursors.length >= expected.length,
    CATCH_UP_MS,
  );
  const received = follower.cursors.slice(0, expected.length);
  expect(received.findIndex((cursor, index) => cursor !== expected[index])).toBe(-1);
  expect(expected.length).toBeGreaterThan(60);
  expect(follower.connections).toBeGreaterThan(KILLS); // kills and partitions did interrupt it
}

async function caughtUp(stripe: StripeProcess, query: Query): Promise<boolean> {
  const rows = await query(
    `select (select count(*) from sluice.deliveries where status = 'PENDING')
          + (select count(*) from sluice.refetches) + (select count(*) from sluice.sync_runs where finished_at is null)
          as open, (select count(*) from sluice.sync_runs where status = 'SUCCEEDED') as done`,
  );
  if (Number(rows[0]?.["open"]) > 0 || Number(rows[0]?.["done"]) === 0) return false;
  return (await differences(await readTruth(stripe), query)).length === 0;
}

test("kills and partitions of the database in a backfill and a webhook burst lose nothing, do nothing twice, and leave a subscriber without gap or duplicate (F1, F2, F3, F5, F14, F17)", async () => {
  await using stripe = await startStripe(1_500, 7);
  await using dataDir = await useReadyDataDir();
  await using database = await usePartitionedDatabase(dataDir.path);
  const secret = "whsec_kill_test";
  const port = await freePort();
  const env = {
    SLUICE_CONFIG: await writeSluiceYaml(
      dataDir.path,
      { baseUrl: stripe.url, apiKey: stripe.apiKey, webhookSecrets: [secret] },
      { requestsPerSecond: 400 },
    ),
    DATABASE_URL: database.url,
    DATA_DIR: dataDir.path,
    PORT: String(port),
    LOG_LEVEL: "error",
  };
  await stripe.control("POST", "faults", { latencyMs: 15, path: "/v1/" });
  await using follower = followEvents(`ws://127.0.0.1:${port}/graphql/ws`);
  let service: Service | undefined;
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      service = await startService({ env });
      await pause(momentMs(kill)); // the tested case: the process dies at some time of the backfill
      if (kill % 2 === 1) await partition(database.network, kill);
      await service.stop(signalOf(kill));
    }
    await stripe.control("POST", "webhook-endpoints", {
      url: `http://127.0.0.1:${port}/webhooks/${SOURCE}`,
      secrets: [secret],
    });
    await stripe.control("DELETE", "faults");
    const endMs = performance.now() + BURST_MS;
    let kills = 0;
    for (; kills < KILLS || performance.now() < endMs; kills += 1) {
      service = await startService({ env });
      await stripe.control("POST", "activity", { count: 60 });
      await pause(momentMs(kills + KILLS)); // the process dies at some time of the burst
      if (kills % 2 === 0) await partition(database.network, kills / 2);
      await service.stop(signalOf(kills));
    }
    service = await startService({ env });
    await partition(database.network, 0); // this one is not followed by a kill: the service has to recover
    const quiet = await stripe.control("POST", "quiesce", { timeoutMs: 60_000 });
    expect(quiet).toMatchObject({ quiet: true });
    await withQuery(dataDir.path, async (query) => {
      await eventually("the store to equal the sandbox", () => caughtUp(stripe, query)).catch(() => undefined);
      expect(await differences(await readTruth(stripe), query)).toEqual([]);
      expect(await logFaults(query)).toEqual([]);
      const applied = await query("select count(*) as count from sluice.deliveries where status = 'APPLIED'");
      expect(Number(applied[0]?.["count"])).toBeGreaterThan(kills * 60);
      await requireAllReceived(follower, database.connection, query);
    });
  } finally {
    await service?.kill();
  }
}, 1_500_000);
