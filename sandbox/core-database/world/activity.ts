import type pg from "pg";
import { createRandom, type Random } from "../../shared/random.ts";
import { drawPayment, insertPayments, settle, type Wallet } from "./payments.ts";

/** Simulates the customers' business, one change at a time. */
export interface Activity {
  /** Makes one change: one transaction of the database. */
  step(): Promise<void>;
  /** Ends the loop; resolves when no change is being made. */
  stop(): Promise<void>;
}

export interface ActivityOptions {
  readonly db: pg.Pool;
  readonly seed: number;
  readonly nowMs: () => number;
  /** Mean pause between changes in milliseconds; 0: nothing changes by itself. */
  readonly meanMs: number;
}

export function createActivity({ db, seed, nowMs, meanMs }: ActivityOptions): Activity {
  const random = createRandom(seed ^ Math.floor(nowMs() / 1_000)); // another start makes other payments
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  const step = (): Promise<void> => random.weighted(STEPS)(db, random, nowMs());

  function plan(): void {
    if (meanMs === 0 || isStopped) return;
    timer = setTimeout(
      () => {
        // The database may be restarting: the next turn tries again.
        running = step()
          .catch(() => undefined)
          .then(plan);
      },
      meanMs * (0.5 + random.next()),
    );
  }

  plan();
  return {
    step,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

type Step = (db: pg.Pool, random: Random, nowMs: number) => Promise<void>;

const STEPS: readonly (readonly [weight: number, step: Step])[] = [
  [40, create],
  [30, accept],
  [40, end],
  [3, withdraw],
  [2, renameWallet],
];

async function create(db: pg.Pool, random: Random, nowMs: number): Promise<void> {
  // a wallet that could not pay the largest amount is left out
  const { rows } = await db.query<Wallet>(
    "select id, currency from core.accounts where kind = 'wallet' and balance > 100 order by id",
  );
  const currency = (rows[random.integer(0, rows.length - 1)] ?? rows[0])?.currency;
  const wallets = rows.filter((wallet) => wallet.currency === currency);
  if (wallets.length < 2) return;
  await insertPayments(db, [drawPayment(random, wallets, { state: "created", createdMs: nowMs })]);
}

/** Moves the oldest payment of a state on; without one a new payment is created. */
async function accept(db: pg.Pool, random: Random, nowMs: number): Promise<void> {
  const id = await oldest(db, "created");
  if (id === undefined) return create(db, random, nowMs);
  await db.query("update core.payments set state = 'processing' where id = $1", [id]);
}

async function end(db: pg.Pool, random: Random, nowMs: number): Promise<void> {
  const id = await oldest(db, "processing");
  if (id === undefined) return accept(db, random, nowMs);
  if (random.chance(0.08)) await db.query("update core.payments set state = 'rejected' where id = $1", [id]);
  else await settle(db, { id, atMs: nowMs });
}

/** A payment that its payer withdraws before anything happened is deleted. */
async function withdraw(db: pg.Pool): Promise<void> {
  const id = await oldest(db, "created");
  if (id !== undefined) await db.query("delete from core.payments where id = $1 and state = 'created'", [id]);
}

async function renameWallet(db: pg.Pool, random: Random, nowMs: number): Promise<void> {
  const { rows } = await db.query<{ id: string }>("select id from core.accounts where kind = 'wallet' order by id");
  const wallet = rows[random.integer(0, rows.length - 1)];
  if (wallet === undefined) return;
  await db.query(
    `update core.accounts set changed_at = to_timestamp($2 / 1000.0),
       title = case when title like 'Wallet of %' then 'Savings of ' else 'Wallet of ' end || owner || ', ' || currency
     where id = $1`,
    [wallet.id, nowMs],
  );
}

async function oldest(db: pg.Pool, state: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    "select id from core.payments where state = $1 order by created_at, id limit 1",
    [state],
  );
  return rows[0]?.id;
}
