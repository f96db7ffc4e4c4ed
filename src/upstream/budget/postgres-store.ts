import { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { BudgetStore, ClosedReason, Closure, LeaseRequest, LeaseGrant, BucketRefusal } from "./budget-store.ts";
import type { ClockOffset } from "./clock-offset.ts";
import { leaseStatement, refuseStatement, SERVER_CLOCK } from "./lease-statement.ts";

/** NOTIFY channel; the payload is a `BudgetNotice` as JSON. */
export const BUDGETS_CHANNEL = "sluice_budgets";

/** Notice of a closed bucket to the other replicas. */
export interface BudgetNotice {
  readonly credential: string;
  readonly bucket: string;
  /** Milliseconds since it was sent, because the replicas' clocks may differ. */
  readonly closeForMs: number;
}

const LEASE = leaseStatement();
const REFUSE = refuseStatement();
const NOTIFY = "select pg_notify($1, notice) from unnest($2::text[]) as notice";
const CREATE = `insert into budget_buckets (credential, bucket) select $1, unnest($2::text[]) on conflict do nothing`;
/**
 * Maximum wait for the store: for a caller that waits for a permit, the local share is better than a store that does
 * not respond.
 */
const STORE_DEADLINE_MS = 1_000;

interface LeasedRow extends Record<string, unknown> {
  readonly bucket: string;
  readonly now_ms: number;
  readonly immediate: number;
  readonly turns: number;
  readonly start_ms: number;
  readonly step: number;
  readonly ask_again_ms: number;
  readonly closed_until_ms: number;
  readonly used_rate: number;
}

interface RefusedRow extends Record<string, unknown> {
  readonly bucket: string;
  readonly closed_reason: ClosedReason | null;
  readonly closed_until_ms: number;
  readonly now_ms: number;
  readonly was_open: boolean;
}

/** Creates the store of the buckets that all replicas share: one row each. */
export function createPostgresStore(options: {
  readonly database: Database;
  readonly credential: string;
  readonly clock: Clock;
  /** Between this process and the store: the same for all credentials. */
  readonly offset: ClockOffset;
}): BudgetStore {
  const { database, credential, clock, offset } = options;

  async function query<Row extends Record<string, unknown>>(text: string, values: readonly unknown[]): Promise<Row[]> {
    return inTime(database.query<Row>(text, values, { prepared: true }), clock);
  }

  /** Creates the rows of buckets that are refused before any permit of them was leased. */
  async function create(buckets: readonly string[]): Promise<void> {
    await query(CREATE, [credential, buckets.toSorted()]);
  }

  /** Measures the clock offset: turns that are used later than they are due would crowd those after them. */
  async function compareClocks(): Promise<void> {
    const [row] = await query<{ now_ms: number }>(`select ${SERVER_CLOCK} as now_ms`, []);
    offset.after(clock.monotonicMs(), row?.now_ms);
  }

  async function lease(asks: readonly LeaseRequest[], replicas: number): Promise<readonly LeaseGrant[]> {
    while (offset.isRough()) await compareClocks();
    const rows = await query<LeasedRow>(LEASE, [
      credential,
      replicas,
      asks.map(({ bucket }) => bucket),
      asks.map(({ declared }) => declared ?? null),
      asks.map(({ needed }) => needed),
      asks.map(({ interactive }) => interactive),
      asks.map(({ pace }) => pace?.rate ?? null),
      asks.map(({ pace }) => pace?.forMs ?? null),
    ]);
    const receivedMs = clock.monotonicMs();
    const toMonotonic = offset.after(receivedMs, rows[0]?.now_ms);
    const grants = rows.map((row) => grantOf(row, toMonotonic));
    const missing = asks.filter(({ bucket }) => rows.every((row) => row.bucket !== bucket));
    return missing.length === 0 ? grants : [...grants, ...(await lease(missing, replicas))];
  }

  async function refuse(refusals: readonly BucketRefusal[]): Promise<readonly Closure[]> {
    const rows = await query<RefusedRow>(REFUSE, [
      credential,
      refusals.map(({ bucket }) => bucket),
      refusals.map(({ declared }) => declared ?? null),
      refusals.map(({ closeForMs }) => closeForMs),
      refusals.map(({ reason }) => reason),
      refusals.map(({ slowDown }) => slowDown),
    ]);
    const missing = refusals.filter(({ bucket }) => rows.every((row) => row.bucket !== bucket));
    if (missing.length > 0) {
      await create(missing.map(({ bucket }) => bucket));
      return [...(await refuse(missing)), ...closuresOf(rows)];
    }
    const notices = rows.filter(isClosed).map((row) => JSON.stringify(noticeOf(row, credential)));
    if (notices.length > 0) await query(NOTIFY, [BUDGETS_CHANNEL, notices]);
    return closuresOf(rows);
  }

  return { lease, refuse };
}

function grantOf(row: LeasedRow, toMonotonic: number): LeaseGrant {
  return {
    bucket: row.bucket,
    immediate: row.immediate,
    turns: row.turns,
    startMs: row.start_ms + toMonotonic,
    intervalMs: row.step,
    askAgainMs: row.ask_again_ms + toMonotonic,
    closedUntilMs: row.closed_until_ms + toMonotonic,
    rate: row.used_rate,
  };
}

const isClosed = (row: RefusedRow): boolean => row.closed_until_ms > row.now_ms;

function noticeOf(row: RefusedRow, credential: string): BudgetNotice {
  return { credential, bucket: row.bucket, closeForMs: row.closed_until_ms - row.now_ms };
}

function closuresOf(rows: readonly RefusedRow[]): Closure[] {
  return rows.filter(isClosed).map((row) => ({
    bucket: row.bucket,
    reason: row.closed_reason ?? "RETRY_AFTER",
    untilEpochMs: row.closed_until_ms,
    isNew: row.was_open,
  }));
}

/**
 * Limits the wait: a store that does not respond in time counts as unavailable; the pool's own limits are far longer.
 */
function inTime<T>(answer: Promise<T>, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(STORE_DEADLINE_MS, () =>
      reject(new ServiceError("STORE_UNAVAILABLE", "the store does not answer in time")),
    );
    answer.then(resolve, reject).finally(cancel);
  });
}
