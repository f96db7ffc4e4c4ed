import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { FRESH_BUCKET, type BucketState } from "../../../src/upstream/budget/bucket-rules.ts";
import type { LeaseRequest } from "../../../src/upstream/budget/budget-store.ts";
import { leaseStatement, refuseStatement } from "../../../src/upstream/budget/lease-statement.ts";
import { leaseTurns } from "../../../src/upstream/budget/lease-turns.ts";
import { refuseBucket } from "../../../src/upstream/budget/refuse-bucket.ts";
import { amountOf } from "../../helpers/length.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { anyState, anyStep, BUCKETS, isRefusal, START_MS, type Step } from "./bucket-histories.ts";

const LEASE = leaseStatement("$9::float8");
const REFUSE = refuseStatement("$7::float8");
const RUNS = amountOf({ short: 12, long: 100 });
const STEPS = 30;
/** Epoch milliseconds are stored to a four-thousandth. */
const TIME_TOLERANCE = 0.01;

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

type Row = Record<string, number | string | null>;
type Buckets = Readonly<Record<string, BucketState>>;

async function insert(credential: string, buckets: Buckets): Promise<void> {
  for (const [bucket, state] of Object.entries(buckets)) {
    await store.db.query(
      `insert into budget_buckets (credential, bucket, next_turn_ms, reserve_ms, rate, rate_at_ms, ceiling, refused_at_ms,
         pace_rate, pace_until_ms, closed_until_ms) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        credential,
        bucket,
        state.nextTurnMs,
        state.reserveMs,
        state.rate ?? null,
        state.rateAtMs,
        state.ceiling ?? null,
        state.refusedAtMs,
        state.paceRate ?? null,
        state.paceUntilMs,
        state.closedUntilMs,
      ],
    );
  }
}

/** Returns the stored buckets of a credential by name. */
async function storedBuckets(credential: string): Promise<Buckets> {
  const rows = await store.db.query<Record<string, number | null> & { readonly bucket: string }>(
    "select * from budget_buckets where credential = $1",
    [credential],
  );
  return Object.fromEntries(
    rows.map((row) => [
      row.bucket,
      {
        nextTurnMs: row["next_turn_ms"] ?? 0,
        reserveMs: row["reserve_ms"] ?? 0,
        rate: row["rate"] ?? undefined,
        rateAtMs: row["rate_at_ms"] ?? 0,
        ceiling: row["ceiling"] ?? undefined,
        refusedAtMs: row["refused_at_ms"] ?? 0,
        paceRate: row["pace_rate"] ?? undefined,
        paceUntilMs: row["pace_until_ms"] ?? 0,
        closedUntilMs: row["closed_until_ms"] ?? 0,
      },
    ]),
  );
}

function rowOf(bucket: string, state: BucketState): Row {
  return {
    bucket,
    next_turn_ms: state.nextTurnMs,
    reserve_ms: state.reserveMs,
    rate: state.rate ?? null,
    rate_at_ms: state.rateAtMs,
    ceiling: state.ceiling ?? null,
    refused_at_ms: state.refusedAtMs,
    pace_rate: state.paceRate ?? null,
    pace_until_ms: state.paceUntilMs,
    closed_until_ms: state.closedUntilMs,
  };
}

/** The same rows: times to a rounding error, other numbers to one in a thousand millions, the rest exactly. */
function expectSame(actual: Row, expected: Row, where: string): void {
  const found = Object.entries(expected).map(([name, value]) => [name, unlessFar(name, actual[name], value)]);
  expect([where, Object.fromEntries(found)]).toEqual([where, expected]);
}

/** `expected` when `actual` is near enough, otherwise `actual`. */
function unlessFar(name: string, actual: Row[string] | undefined, expected: Row[string]): Row[string] | undefined {
  if (typeof expected !== "number" || typeof actual !== "number") return actual;
  const tolerance = name.endsWith("_ms") ? TIME_TOLERANCE : Math.abs(expected) * 1e-9;
  return Math.abs(actual - expected) <= tolerance ? expected : actual;
}

/**
 * The result of the TypeScript rules for the step: the buckets after it, and the rows that the SQL statement should
 * return.
 */
function mirror(before: Buckets, { asks, replicas }: Step, nowMs: number): { after: Buckets; answers: Row[] } {
  const answers: Row[] = [];
  const after = { ...before };
  for (const ask of asks) {
    const current = before[ask.bucket] ?? FRESH_BUCKET;
    if (isRefusal(ask)) {
      const state = refuseBucket(current, ask, nowMs);
      after[ask.bucket] = state;
      answers.push({
        bucket: ask.bucket,
        closed_until_ms: state.closedUntilMs,
        was_open: String(current.closedUntilMs <= nowMs),
      });
    } else {
      const { state, ...leased } = leaseTurns(current, ask, nowMs, replicas);
      after[ask.bucket] = state;
      answers.push({
        bucket: ask.bucket,
        immediate: leased.immediate,
        turns: leased.turns,
        start_ms: leased.startMs,
        step: leased.intervalMs,
        ask_again_ms: leased.askAgainMs,
        closed_until_ms: state.closedUntilMs,
        used_rate: leased.rate,
      });
    }
  }
  return { after, answers };
}

async function run(credential: string, { asks, replicas }: Step, nowMs: number): Promise<Row[]> {
  const leases = asks.filter((ask): ask is LeaseRequest => !isRefusal(ask));
  const refusals = asks.filter(isRefusal);
  const common = [asks.map(({ bucket }) => bucket), asks.map(({ declared }) => declared ?? null)];
  const rows =
    refusals.length > 0
      ? await store.db.query<Row>(REFUSE, [
          credential,
          ...common,
          refusals.map(({ closeForMs }) => closeForMs),
          refusals.map(({ reason }) => reason),
          refusals.map(({ slowDown }) => slowDown),
          nowMs,
        ])
      : await store.db.query<Row>(LEASE, [
          leases.map(() => credential),
          leases.map(() => replicas),
          ...common,
          leases.map(({ needed }) => needed),
          leases.map(({ interactive }) => interactive),
          leases.map(({ pace }) => pace?.rate ?? null),
          leases.map(({ pace }) => pace?.forMs ?? null),
          nowMs,
        ]);
  return rows.map((row) => ("was_open" in row ? { ...row, was_open: String(row["was_open"]) } : row));
}

describe("the SQL of the shared row", () => {
  test("leases from a bucket that was never used, and stores its row, by one statement", async () => {
    const ask = { declared: 25, needed: 3, interactive: 1, pace: undefined };
    const step: Step = { pauseMs: 0, replicas: 2, asks: BUCKETS.map((bucket) => ({ ...ask, bucket })) };
    for (const nowMs of [START_MS, START_MS + 40]) {
      const before = await storedBuckets("unused");
      const { after, answers } = mirror(before, step, nowMs);
      const rows = await run("unused", step, nowMs);
      for (const answer of answers)
        expectSame(rows.find(({ bucket }) => bucket === answer["bucket"]) ?? {}, answer, "answer");
      expect(rows).toHaveLength(BUCKETS.length);
      for (const [bucket, state] of Object.entries(await storedBuckets("unused")))
        expectSame(rowOf(bucket, state), rowOf(bucket, after[bucket] ?? FRESH_BUCKET), "row");
    }
  });

  test(`gives the same results as the rules in TypeScript, over ${RUNS * STEPS} steps of random histories`, async () => {
    let [histories, steps] = [0, 0];
    const seen = { immediate: 0, turns: 0, closed: 0, slowed: 0 };
    const history = fc.record({
      states: fc.tuple(...BUCKETS.map(() => anyState(START_MS))),
      steps: fc.array(anyStep, { minLength: STEPS, maxLength: STEPS }),
    });
    await fc.assert(
      fc.asyncProperty(history, async (drawn) => {
        histories += 1;
        const credential = `mirror ${histories}`;
        let buckets: Buckets = Object.fromEntries(
          BUCKETS.map((name, index) => [name, drawn.states[index] ?? FRESH_BUCKET]),
        );
        await insert(credential, buckets);
        let nowMs = START_MS;
        for (const [index, step] of drawn.steps.entries()) {
          steps += 1;
          nowMs += step.pauseMs;
          const { after, answers } = mirror(buckets, step, nowMs);
          const rows = await run(credential, step, nowMs);
          expect(rows.length).toBe(answers.length);
          for (const answer of answers) {
            const row = rows.find(({ bucket }) => bucket === answer["bucket"]);
            expectSame(row ?? {}, answer, `answer to step ${index}`);
            if (Number(answer["immediate"]) > 0) seen.immediate += 1;
            if (Number(answer["turns"]) > 0) seen.turns += 1;
            if (Number(answer["closed_until_ms"]) > nowMs) seen.closed += 1;
          }
          const stored = await store.db.query<Row>("select * from budget_buckets where credential = $1", [credential]);
          for (const [bucket, state] of Object.entries(after)) {
            expectSame(
              stored.find((row) => row["bucket"] === bucket) ?? {},
              rowOf(bucket, state),
              `row after step ${index}`,
            );
            if (state.ceiling !== buckets[bucket]?.ceiling) seen.slowed += 1;
          }
          buckets = after;
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(steps).toBeGreaterThanOrEqual(300);
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0); // the histories reached every state
  });
});
