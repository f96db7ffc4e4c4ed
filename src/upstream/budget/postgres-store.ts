import type { Database } from "../../store/database.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { BudgetStore, ClosedReason, Closure, LeaseRequest, LeaseGrant, BucketRefusal } from "./budget-store.ts";
import { refuseStatement } from "./lease-statement.ts";
import type { SharedLeases } from "./shared-leases.ts";
import { inTime } from "./store-deadline.ts";

/** NOTIFY channel; the payload is a `BudgetNotice` as JSON. */
export const BUDGETS_CHANNEL = "sluice_budgets";

/** Notice of a closed bucket to the other replicas. */
export interface BudgetNotice {
  readonly credential: string;
  readonly bucket: string;
  /** Milliseconds since it was sent, because the replicas' clocks may differ. */
  readonly closeForMs: number;
}

const REFUSE = refuseStatement();
const NOTIFY = "select pg_notify($1, notice) from unnest($2::text[]) as notice";
const CREATE = `insert into budget_buckets (credential, bucket) select $1, unnest($2::text[]) on conflict do nothing`;
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
  /** The same for all credentials. */
  readonly leases: SharedLeases;
}): BudgetStore {
  const { database, credential, clock, leases } = options;

  async function query<Row extends Record<string, unknown>>(text: string, values: readonly unknown[]): Promise<Row[]> {
    return inTime(database.query<Row>(text, values, { prepared: true }), clock);
  }

  /** Creates the rows of buckets that are refused before any permit of them was leased. */
  async function create(buckets: readonly string[]): Promise<void> {
    await query(CREATE, [credential, buckets.toSorted()]);
  }

  function lease(asks: readonly LeaseRequest[], replicas: number): Promise<readonly LeaseGrant[]> {
    return inTime(leases.lease({ credential, asks, replicas }), clock);
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
