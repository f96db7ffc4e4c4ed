import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { type LedgerDatabase, useLedgerDatabase } from "../../helpers/ledger-database.ts";
import { startLedgerProcess } from "../../helpers/ledger-process.ts";
import { amountOf } from "../../helpers/length.ts";
import { queryOnce } from "../../helpers/use-embedded.ts";

/**
 * Payments that the transaction inserts, and then changes: two changes of each, which memory never has together. In the long
 * form that is a million changes, which are several times `MOST_ABOVE_IDLE`.
 */
const PAYMENTS = amountOf({ short: 2_000, long: 500_000 });
/** Length of each payment's text. */
const TEXT = amountOf({ short: 1_000, long: 200 });

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

/** Payments of the beginning, the middle and the end of the transaction. */
const watched = [1, 2, PAYMENTS / 2, PAYMENTS - 1, PAYMENTS].map((n) => entityId("acme", SOURCE, "Payment", `p-${n}`));

/** Memory of a process in the middle of some time: a single sample may be just before or after a collection. */
const median = (samples: readonly number[]): number => samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? NaN;

test(
  `a transaction of ${2 * PAYMENTS} changes is visible at once, each change is applied once, and memory stays flat (F70)`,
  async () => {
    const { connection } = world.store;
    await using replica = startLedgerProcess({ connection, sourceId: SOURCE, config: core.config });
    await core.sql("insert into core.payments (id, state, amount, ccy) values ('before', 'open', 1, 'EUR')");
    await eventually("the payment before it", async () => (await stored()).length === 1);
    const idleSamples = replica.memory.length;
    const idle = median(replica.memory.slice(-5));
    await core.sql(`
      begin;
      insert into core.payments (id, state, amount, ccy, memo)
        select 'p-' || n, 'open', n + 0.25, 'EUR', repeat('x', ${TEXT}) from generate_series(1, ${PAYMENTS}) as n;
      update core.payments set state = 'done', amount = amount + 1 where id like 'p-%';
      commit`);

    const seen = new Set<string>();
    // Of a few payments: to read all those that are not committed yet would take the time of what is waited for.
    const isThere = async (): Promise<boolean> => {
      const [row] = await world.query<{ n: number; done: number }>(
        `select count(*)::integer as n, (count(*) filter (where raw_status = 'done'))::integer as done from payments
         where id = any($1)`,
        [watched],
      );
      seen.add(JSON.stringify(row));
      return row?.n !== 0;
    };
    await eventually("the transaction", isThere, Math.max(WAIT_LIMIT_MS, TIMEOUT_MS / 2));
    const samples = replica.memory.slice(idleSamples);
    expect(await stored()).toEqual(await truth());
    const none = JSON.stringify({ n: 0, done: 0 });
    const all = JSON.stringify({ n: watched.length, done: watched.length });
    expect([...seen].filter((row) => row !== none)).toEqual([all]);

    const events = await queryOnce(
      connection, // without the limit that the service sets for a statement
      `select data ->> 'change' as change, count(*)::integer as n, count(distinct entity_id)::integer as objects
       from sluice.events where source_id = '${SOURCE}' and kind = 'EntityChanged'
         and entity_id <> '${entityId("acme", SOURCE, "Payment", "before")}' group by 1 order by 1`,
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
