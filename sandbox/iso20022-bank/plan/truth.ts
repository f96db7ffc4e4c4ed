import { FILE_FAULTS, isEntryFault, isFileFault } from "./fault.ts";
import { faultyEntryOf } from "./faulty-entry.ts";
import { signed } from "../world/world.ts";
import type { Entry } from "../world/entry.ts";
import type { Kind, Message, Statement, Totals } from "./message.ts";
import { bookedOf, totalsOf } from "./totals.ts";

/** Expected result of reading a statement as it is written in its file. Amounts are in minor units, with their sign. */
export interface StatementTruth {
  readonly id: string;
  readonly account: { readonly index: number; readonly iban: string; readonly number: string };
  readonly currency: string;
  readonly exponent: number;
  readonly sequence: number;
  readonly days: readonly [first: number, last: number];
  readonly from: string;
  readonly to: string;
  readonly page: { readonly number: number; readonly isLast: boolean } | null;
  /** As written; null where there is no balance. */
  readonly opening: bigint | null;
  readonly closing: bigint | null;
  /**
   * Credits minus debits of the booked entries that can be read; according to the control totals where no entries are
   * listed.
   */
  readonly booked: bigint;
  readonly counts: {
    readonly entries: number;
    readonly faulty: number;
    readonly pending: number;
    readonly credits: number;
    readonly debits: number;
    readonly details: number;
  };
  /** True if opening plus booked equals closing; for pages with the whole statement's balances, over all pages. */
  readonly isBalanced: boolean | null;
  /** closing − (opening + booked) */
  readonly difference: bigint | null;
  readonly isSummaryRight: boolean;
  /** Number of entries whose details do not add up to them. */
  readonly detailsDiffer: number;
}

export interface FileTruth {
  readonly name: string;
  readonly kind: Kind;
  readonly version: number;
  readonly messageId: string;
  /** Reason for which the file must be refused as a whole; null for one that can be read. */
  readonly refusal: string | null;
  /** Statements that can be stored. */
  readonly statements: readonly StatementTruth[];
}

/** The expected data of a message. */
export function truthOf(message: Message): FileTruth {
  const fault = message.fault?.name;
  const statements = message.statements().map((statement, index) => statementTruth(message, statement, index === 0));
  const usable = fault === "account-empty" ? statements.slice(1) : statements;
  const isRefused = fault !== undefined && isFileFault(fault);
  return {
    name: message.name,
    kind: message.kind,
    version: message.version,
    messageId: message.id,
    refusal: isRefused ? FILE_FAULTS[fault] : usable.length === 0 ? "NO_ACCOUNT" : null,
    statements: usable,
  };
}

function statementTruth(message: Message, statement: Statement, isFirst: boolean): StatementTruth {
  const { account, totals, balances } = statement;
  const fault = message.fault?.name;
  const faultyEntry = isFirst ? faultyEntryOf(message) : undefined;
  const lost = fault !== undefined && isEntryFault(fault) ? entryAt(statement, faultyEntry) : undefined;
  const booked = bookedOf(totals) - (lost?.status === "BOOK" ? signed(lost) : 0n);
  const [opening, closing] = [balances[0]?.minor ?? null, balances[1]?.minor ?? null];
  const isWhole = statement.page !== undefined && message.dialect.pageBalances === "whole";
  const rest = isWhole ? restOf(message, statement) : 0n;
  const isUnknown = opening === null || closing === null || message.dialect.balanceCodes === "information";
  const difference = isUnknown ? null : closing - opening - booked - rest;
  return {
    id: statement.id,
    account: { index: account.index, iban: account.iban, number: account.number },
    currency: account.currency,
    exponent: account.exponent,
    sequence: statement.sequence,
    days: statement.days,
    from: statement.from,
    to: statement.to,
    page: statement.page ?? null,
    opening,
    closing,
    booked,
    counts: countsOf(message.dialect.entries === "listed" ? totals : totalsOf([]), lost),
    isBalanced: difference === null ? null : difference === 0n,
    difference,
    isSummaryRight: fault !== "summary-wrong" && lost === undefined,
    detailsDiffer: fault === "details-off" && faultyEntry !== undefined ? 1 : 0,
  };
}

/** Counts of the listed entries, without the one that cannot be read. */
function countsOf(totals: Totals, lost: Entry | undefined): StatementTruth["counts"] {
  const isLost = (direction: "CRDT" | "DBIT"): number =>
    lost?.status === "BOOK" && lost.direction === direction ? 1 : 0;
  return {
    entries: totals.entries,
    faulty: lost === undefined ? 0 : 1,
    pending: totals.pending - (lost?.status === "PDNG" ? 1 : 0),
    credits: totals.credits.count - isLost("CRDT"),
    debits: totals.debits.count - isLost("DBIT"),
    details: totals.details - (lost?.details.length ?? 0),
  };
}

/** Booked total of the other pages of a statement whose every page has the balances of the whole. */
function restOf(message: Message, statement: Statement): bigint {
  const [first] = statement.balances;
  if (first === undefined) return 0n;
  const whole = (statement.balances[1]?.minor ?? 0n) - first.minor;
  const off = message.fault?.name === "closing-off" ? BigInt(message.fault.minor) : 0n;
  return whole - off - bookedOf(statement.totals);
}

function entryAt(statement: Statement, index: number | undefined): Entry | undefined {
  if (index === undefined) return undefined;
  let at = 0;
  for (const entry of statement.entries()) {
    if (at === index) return entry;
    at += 1;
  }
  return undefined;
}
