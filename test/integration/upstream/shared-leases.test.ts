import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { ServiceError } from "../../../src/domain/error.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import type { Database } from "../../../src/store/database.ts";
import type { LeaseRequest } from "../../../src/upstream/budget/budget-store.ts";
import { createClockOffset } from "../../../src/upstream/budget/clock-offset.ts";
import { leaseStatement } from "../../../src/upstream/budget/lease-statement.ts";
import { createSharedLeases } from "../../../src/upstream/budget/shared-leases.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

const failureOf = async (answer: Promise<unknown>): Promise<ServiceError | undefined> =>
  answer.then(
    () => undefined,
    (reason: unknown) => reason as ServiceError, // everything that the store throws is one
  );

const REPLICAS = 1;
const demand = (bucket: string, changes: Partial<LeaseRequest> = {}): LeaseRequest => ({
  bucket,
  declared: 10,
  needed: 1,
  interactive: 0,
  pace: undefined,
  ...changes,
});

/** Leases through a database whose statements are recorded, or kept from being answered. */
function open(answer: (text: string) => Promise<void> = async () => undefined) {
  const statements: string[] = [];
  const database: Database = {
    ...store.db,
    async query(text, values, options) {
      statements.push(text);
      await answer(text);
      return store.db.query<never>(text, values, options);
    },
  };
  const leases = createSharedLeases({ database, clock: systemClock, offset: createClockOffset() });
  const count = () => statements.filter((text) => text === leaseStatement()).length;
  return { leases, count };
}

test("requests of many credentials at once are a few statements, and each gets the permits of its own buckets", async () => {
  const { leases, count } = open();
  const credentials = Array.from({ length: 40 }, (_, index) => `many ${index}`);
  const granted = await Promise.all(
    credentials.map((credential, index) =>
      leases.lease({ credential, replicas: REPLICAS, asks: [demand("a", { declared: 10 + index }), demand("b")] }),
    ),
  );
  expect(count()).toBeLessThanOrEqual(4);
  for (const [index, grants] of granted.entries()) {
    const found = grants.map(({ bucket, turns, rate }) => ({ bucket, turns, rate }));
    expect(found.toSorted((a, b) => (a.bucket < b.bucket ? -1 : 1))).toEqual([
      { bucket: "a", turns: 1, rate: 10 + index },
      { bucket: "b", turns: 1, rate: 10 },
    ]);
  }
  const rows = await store.db.query<{ credential: string }>(
    "select credential from budget_buckets where credential like 'many %' and next_turn_ms > 0",
  );
  expect(rows).toHaveLength(2 * credentials.length);
});

test("two requests for one bucket at once get different permits (F32)", async () => {
  const { leases } = open();
  const request = { credential: "twice", replicas: REPLICAS, asks: [demand("calls", { declared: 100 })] };
  await leases.lease(request); // the row exists
  const grants = (
    await Promise.all([leases.lease(request), leases.lease({ ...request }), leases.lease({ ...request })])
  ).flat();
  expect(grants.map(({ turns }) => turns)).toEqual([1, 1, 1]);
  const starts = grants.map(({ startMs }) => startMs).toSorted((a, b) => a - b);
  const intervalMs = grants[0]?.intervalMs ?? 0;
  const gaps = starts.slice(1).map((startMs, index) => startMs - (starts[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(intervalMs / 2);
});

test("statements that are never answered fail their requests, and not those that come after them (F33)", async () => {
  let isAway = false;
  const never = new Promise<void>(() => undefined);
  const { leases } = open((text) => (isAway && text === leaseStatement() ? never : Promise.resolve()));
  const lease = (credential: string) => leases.lease({ credential, replicas: REPLICAS, asks: [demand("calls")] });
  await lease("away 0");
  isAway = true;
  const failures = await Promise.all([1, 2, 3, 4].map((index) => failureOf(lease(`away ${index}`))));
  expect(failures.map((failure) => failure?.code)).toEqual(Array.from({ length: 4 }, () => "STORE_UNAVAILABLE"));
  isAway = false;
  expect(await lease("away 5")).toMatchObject([{ bucket: "calls", turns: 1 }]);
});
