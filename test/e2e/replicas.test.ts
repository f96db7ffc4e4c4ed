import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type TestSandbox, useSandbox } from "../../sandbox/stripe/testing.ts";
import { eventually } from "../helpers/eventually.ts";
import { logFaults } from "../helpers/log-faults.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";
import { differences, readTruth } from "../helpers/sandbox-truth.ts";
import { type Query, withQuery } from "../helpers/service-database.ts";
import { type Service, startService } from "../helpers/service.ts";
import { writeSluiceYaml } from "../helpers/sluice-yaml.ts";
import { customer, deliver, eventBody, sign } from "../helpers/stripe-deliveries.ts";

const SECRET = "whsec_replicas";
const HOUR_MS = 3_600_000;
const preload = (name: string) => `--import=${new URL(`../helpers/${name}.ts`, import.meta.url).href}`;

/**
 * Three replicas during one backfill that does not end before the tests let it. The first one reads it: its event loop
 * can be blocked. The clocks of the others are an hour off, which is no reason not to answer.
 */
const opened = new AsyncDisposableStack();
let stripe: TestSandbox;
let dataDir: Awaited<ReturnType<typeof useReadyDataDir>>;
let reading: Service | undefined;
let wrong: readonly Service[] = [];

beforeAll(async () => {
  stripe = opened.use(await useSandbox({ payments: 150 }));
  dataDir = opened.use(await useReadyDataDir());
  await stripe.control("POST", "faults", { latencyMs: 8_000, path: "/v1/" });
  const config = { baseUrl: stripe.url, apiKey: stripe.config.apiKey, webhookSecrets: [SECRET] };
  const env = {
    SLUICE_CONFIG: await writeSluiceYaml(dataDir.path, config, { schedule: "1h", requestsPerSecond: 100 }),
    DATA_DIR: dataDir.path,
    PORT: "0",
    LOG_LEVEL: "warn",
  };
  const start = async (more: Readonly<Record<string, string>> = {}) => {
    const service = await startService({ env: { ...env, ...more } });
    opened.defer(() => service.kill());
    return service;
  };
  reading = await start({ NODE_OPTIONS: preload("block-loop"), BLOCK_LOOP_MS: "5000" });
  await queried(async (query) =>
    eventually("streams that are read", async () => {
      const leased = await query("select 1 from sluice.stream_states where lease_until > now()");
      return leased.length > 0;
    }),
  );
  const clocks = [HOUR_MS, -HOUR_MS].map((shift) => ({
    NODE_OPTIONS: preload("shift-clock"),
    CLOCK_SHIFT_MS: String(shift),
  }));
  wrong = await Promise.all(clocks.map(start));
}, 240_000);
afterAll(() => opened.disposeAsync());

function queried<T>(use: (query: Query) => Promise<T>): Promise<T> {
  return withQuery(dataDir.path, use);
}

function replica(service: Service | undefined): Service {
  if (service === undefined) throw new Error("the replica was not started");
  return service;
}

const readiness = async (service: Service | undefined): Promise<number> =>
  (await fetch(`${replica(service).url}/readyz`)).status;

async function answerOf(service: Service | undefined, id: string): Promise<number> {
  const body = eventBody({ id, type: "customer.created", object: customer(`cus_${id}`, id) });
  return (await deliver(replica(service).url, "stripe-main", sign(body, SECRET))).status;
}

test("replicas whose clocks are an hour ahead and behind start no run, and say that they refuse webhooks (F13)", async () => {
  for (const service of wrong) {
    await eventually("the report of the clock", () => /the clock of this process differs/.test(service.output()));
    expect(await answerOf(service, "evt_refused")).toBe(401);
  }
  expect(wrong.length).toBe(2);
  expect(await answerOf(reading, "evt_taken")).toBe(200);
  expect(await queried((query) => query("select status from sluice.sync_runs"))).toEqual([{ status: "RUNNING" }]);
});

// A block that is longer than a lease is what takeover.test.ts shows by SIGSTOP (F6): the lease is lost, and late writes
// are refused.
test("a replica whose event loop is blocked for 5 s keeps its leases and is ready again; the others are ready throughout (F113)", async () => {
  const blocked = replica(reading);
  process.kill(blocked.pid, "SIGUSR2");
  await eventually("the block to begin", () => /^blocked$/m.test(blocked.output()));
  const answer = readiness(blocked); // waits for the end of the block
  for (const other of wrong) expect(await readiness(other)).toBe(200);
  expect(await answer).toBe(200);
});

test("no replica took over a lease from the blocked one, not even those with a wrong clock (F13, F113)", async () => {
  await queried(async (query) => {
    await stripe.control("DELETE", "faults");
    await eventually("the backfill to end", async () => {
      const open = await query("select 1 from sluice.sync_runs where finished_at is null");
      return open.length === 0;
    });
    const ended = await query("select stream, lease_token from sluice.stream_states");
    // The lease of each stream was acquired once, so no process took it over from another one.
    expect(ended.length).toBeGreaterThan(0);
    expect(ended.filter((row) => String(row["lease_token"]) !== "1")).toEqual([]);
    expect(await query("select status from sluice.sync_runs")).toEqual([{ status: "SUCCEEDED" }]);
    // Only what this test sent in Stripe's name.
    expect(await differences(await readTruth(stripe), query)).toEqual(["parties cus_evt_taken is not at the upstream"]);
    expect(await logFaults(query)).toEqual([]);
  });
});
