import type { Dialect } from "../render/dialect.ts";
import type { Fault } from "../render/fault.ts";
import type { Version } from "../render/version.ts";
import type { Account } from "../world/account.ts";
import type { Entry } from "../world/entry.ts";

export const KINDS = ["camt.052", "camt.053", "camt.054"] as const;
export type Kind = (typeof KINDS)[number];

export interface Balance {
  readonly code: "OPBD" | "CLBD" | "PRCD" | "ITBD" | "CLAV";
  /** With its sign. */
  readonly minor: bigint;
  readonly date: string;
}

/** Exact sums of the entries of a statement. */
export interface Totals {
  readonly entries: number;
  readonly details: number;
  readonly pending: number;
  /** Booked ones. */
  readonly credits: { readonly count: number; readonly minor: bigint };
  readonly debits: { readonly count: number; readonly minor: bigint };
}

/** A Stmt, Rpt or Ntfctn before it is written. */
export interface Statement {
  readonly id: string;
  readonly account: Account;
  readonly sequence: number;
  /** First and last business day, both included. */
  readonly days: readonly [first: number, last: number];
  readonly from: string;
  readonly to: string;
  readonly page: { readonly number: number; readonly isLast: boolean } | undefined;
  readonly createdAt: string;
  readonly balances: readonly Balance[];
  readonly totals: Totals;
  /** Made anew each time, so that a statement of any size needs no memory. */
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
  /** Added up when they are first asked for: a year of messages is planned at once. */
  statements(): readonly Statement[];
}
