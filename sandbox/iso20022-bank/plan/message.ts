import type { Dialect } from "./dialect.ts";
import type { Fault } from "./fault.ts";
import type { Version } from "./version.ts";
import type { Account } from "../world/account.ts";
import type { Entry } from "../world/entry.ts";

export const KINDS = ["camt.052", "camt.053", "camt.054"] as const;
export type Kind = (typeof KINDS)[number];

export interface Balance {
  readonly code: "OPBD" | "CLBD" | "PRCD" | "ITBD" | "CLAV" | "OPAV" | "INFO";
  /** Signed. */
  readonly minor: bigint;
  readonly date: string;
}

/** Exact sums of the entries of a statement. */
export interface Totals {
  readonly entries: number;
  readonly details: number;
  readonly pending: number;
  /** Booked entries only. */
  readonly credits: { readonly count: number; readonly minor: bigint };
  readonly debits: { readonly count: number; readonly minor: bigint };
  readonly pendingCredits: { readonly count: number; readonly minor: bigint };
  readonly pendingDebits: { readonly count: number; readonly minor: bigint };
}

/** A Stmt, Rpt or Ntfctn before it is written. */
export interface Statement {
  readonly id: string;
  readonly account: Account;
  readonly sequence: number;
  /** First and last business day, both inclusive. */
  readonly days: readonly [first: number, last: number];
  readonly from: string;
  readonly to: string;
  readonly page: { readonly number: number; readonly isLast: boolean } | undefined;
  readonly createdAt: string;
  readonly balances: readonly Balance[];
  /** Totals of the day's entries, also where they are not listed; zero where the totals are not written either. */
  readonly totals: Totals;
  /** Generated again for each call, so that a statement of any size needs no memory. */
  entries(): Iterable<Entry>;
}

/** One file's message before it is written. */
export interface Message {
  /** The file's name. */
  readonly name: string;
  readonly kind: Kind;
  readonly version: Version;
  readonly dialect: Dialect;
  readonly fault: Fault | undefined;
  readonly id: string;
  readonly createdAt: string;
  readonly page: { readonly number: number; readonly isLast: boolean };
  /** Computed at the first call, because a year of messages is planned at once. */
  statements(): readonly Statement[];
}
