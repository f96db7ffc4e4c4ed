import { ServiceError } from "../domain/error.ts";
import type { Transaction } from "./database.ts";

/** The right to write a row, valid until another process takes it over. */
export interface Lease {
  /** Differs in each process and after each restart. */
  readonly owner: string;
  /** Increases with each change of owner: a write with an older token is rejected. */
  readonly token: bigint;
}

export interface LeasedTableOptions<L extends Lease> {
  /**
   * Beginning of the statement that writes a row: `update files set`. The table, named by the folder that owns it, has
   * the columns `lease_owner`, `lease_token` and `lease_until`.
   */
  readonly update: string;
  /** Columns that identify a row within its tenant, with the lease's field for each. */
  readonly key: Readonly<Record<string, keyof L & string>>;
  /** SQL condition that a row must also meet to be written. */
  readonly condition?: string;
  /** Time after which the lease of a process that does not renew it expires. */
  readonly leaseMs: number;
  /** Public message of the error for a lease that another process has taken over. */
  readonly lostMessage: string;
}

/** Further columns that are set together with the lease. */
export interface LeasedChange {
  /** SQL of the assignments, a constant text; their parameters begin at `$1`. */
  readonly set: string;
  readonly values: readonly unknown[];
}

/**
 * Rows that one process at a time may write. Only the database's clock decides whether a lease has expired. Both writes
 * lock the row, and fail however late the owner is, so that one of them is the first statement of every transaction
 * that writes what the owner has found.
 */
export interface LeasedTable<L extends Lease> {
  /** SQL expression for the end of a lease that begins or is extended now. */
  readonly end: string;
  /** Extends the lease. @throws ServiceError LEASE_LOST */
  extend(tx: Transaction, lease: L, change?: LeasedChange): Promise<void>;
  /** Ends the lease, so that any process may acquire it at once. @throws ServiceError LEASE_LOST */
  release(tx: Transaction, lease: L, change?: LeasedChange): Promise<void>;
}

export function leasedTable<L extends Lease>(options: LeasedTableOptions<L>): LeasedTable<L> {
  const { update, condition = "true", lostMessage } = options;
  const key = Object.entries(options.key);
  const end = leaseEnd(options.leaseMs);

  async function write(tx: Transaction, lease: L, leaseSet: string, { set, values }: LeasedChange): Promise<void> {
    const ids = key.map(([, field]) => lease[field]);
    const place = (index: number) => `$${values.length + index + 1}`;
    const isRow = key.map(([column], index) => `${column} = ${place(index)}`).join(" and ");
    const rows = await tx.query(
      `${update} ${[leaseSet, set].filter((part) => part !== "").join(", ")}
       where ${isRow} and lease_owner = ${place(key.length)} and lease_token = ${place(key.length + 1)} and ${condition}
       returning 1 as updated`,
      [...values, ...ids, lease.owner, lease.token],
      { prepared: true },
    );
    if (rows.length > 0) return;
    throw new ServiceError("LEASE_LOST", lostMessage, { detail: `${ids.join("/")} token ${lease.token}` });
  }

  return {
    end,
    extend: (tx, lease, change = NO_CHANGE) => write(tx, lease, `lease_until = ${end}`, change),
    release: (tx, lease, change = NO_CHANGE) => write(tx, lease, "lease_until = null, lease_owner = null", change),
  };
}

const NO_CHANGE: LeasedChange = { set: "", values: [] };

/**
 * Returns an SQL expression for the end of a lease that begins now: with the statement, because its transaction may have
 * begun long before.
 */
export function leaseEnd(leaseMs: number): string {
  return `clock_timestamp() + interval '${leaseMs} milliseconds'`;
}

/** Returns an SQL condition: no process has a lease of the row that has not expired. @param row table or its alias */
export function isUnleased(row: string): string {
  return `(${row}.lease_until is null or ${row}.lease_until < now())`;
}

/** Returns an SQL condition: a process has a lease of the row. @param row table or its alias */
export function isLeased(row: string): string {
  return `${row}.lease_until >= now()`;
}
