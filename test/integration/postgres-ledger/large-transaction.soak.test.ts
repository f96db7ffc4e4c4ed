import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { type LedgerDatabase, useLedgerDatabase } from "../../helpers/ledger-database.ts";
import { startLedgerProcess } from "../../helpers/ledger-process.ts";
import { amountOf } from "../../helpers/length.ts";

/** Payments that the transaction inserts, and then changes: two changes of each, which memory never has together. */
const PAYMENTS = amountOf({ short: 2_000, long: 200_000 });
/** Length of each payment's text. In the long form all changes are several times `MOST_ABOVE_IDLE`. */
const TEXT = 1_000;

const MB = 1_048_576;
/** What parts of the transaction and uncollected garbage may need: 220 MB were measured. */
const MOST_ABOVE_IDLE = 350 * MB;
/** Growth between the first and the last third of the time: 5 MB were measured. */
const MOST_GROWTH = 100 * MB;

const TIMEOUT_MS = amountOf({ short: 240_000, long: 1_500_000 });

let core: LedgerDatabase;
let world: FeedWorld;
beforeAll(async () => {
  [core, world] = await Promise.all([useLedgerDatabase(), useFeedWorld()]);
}, 240_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await core[Symbol.asyncDispose]();
});

const SOURCE = "main";

/** Count and sum of the customer's payments by state. */
const truth = () =>
  core.sql("select state, count(*) as n, sum(amount * 100)::bigint as minor from core.payments group by 1 order by 1");

/** The same of ours. */
const stored = () =>
  world.query(
    `select raw_status as state, count(*)::text as n, sum(amount_minor)::bigint::text as minor from payments
     where source_id = $1 and deleted_at is null group by 1 order by 1`,
    [SOURCE],
  );

/** Memory of a process in the middle of some time: a single sample may be just before or after a collection. */
const median = (samples: readonly number[]): number => samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? NaN;

test(
  `a transaction of ${2 * PAYMENTS} changes is visible at once, each change is applied once, and memory stays flat (F70)`,
  async () => {
    const { connection } = world.store;
    await using replica = startLedgerProcess({ connection, sourceId: SOURCE, config: core.config });
    await core.sql("insert into core.payments (id, state, amount, ccy) values ('before', 'open', 1, 'EUR')");
    await eventually("the payment before it", async () => (await stored()).length === 1);
    const before = await truth();
    const idleSamples = replica.memory.length;
    const idle = median(replica.memory.slice(-5));
    await core.sql(`
      begin;
      insert into core.payments (id, state, amount, ccy, memo)
        select 'p-' || n, 'open', n + 0.25, 'EUR', repeat('x', ${TEXT}) from generate_series(1, ${PAYMENTS}) as n;
      update core.payments set state = 'done', amount = amount + 1 where id like 'p-%';
      commit`);

    const seen = new Set<string>();
    const isThere = async (): Promise<boolean> => {
      const rows = await stored();
      seen.add(JSON.stringify(rows));
      return rows.length > 1;
    };
    await eventually("the transaction", isThere, Math.max(WAIT_LIMIT_MS, TIMEOUT_MS / 2));
    const samples = replica.memory.slice(idleSamples);
    expect(await stored()).toEqual(await truth());
    expect([...seen].filter((rows) => rows !== JSON.stringify(before))).toEqual([JSON.stringify(await truth())]);

    const events = await world.query(
      `select data ->> 'change' as change, count(*)::integer as n, count(distinct entity_id)::integer as objects
       from events where source_id = $1 and kind = 'EntityChanged' and entity_id in (
         select id from payments where source_id = $1 and external_id like 'p-%')
       group by 1 order by 1`,
      [SOURCE],
    );
    expect(events).toEqual([
      { change: "CREATED", n: PAYMENTS, objects: PAYMENTS },
      { change: "UPDATED", n: PAYMENTS, objects: PAYMENTS },
    ]);

    const third = Math.ceil(samples.length / 3);
    expect(samples.length).toBeGreaterThan(3);
    expect(median(samples.slice(-third)) - median(samples.slice(0, third))).toBeLessThan(MOST_GROWTH);
    expect(Math.max(...samples) - idle).toBeLessThan(MOST_ABOVE_IDLE);
  },
  TIMEOUT_MS,
);
