import { FILE_FAULTS, isEntryFault, isFileFault } from "../render/fault.ts";
import { faultyEntryOf } from "./faulty-entry.ts";
import { signed } from "../world/world.ts";
import type { Entry } from "../world/entry.ts";
import type { Kind, Message, Statement } from "./message.ts";
import { bookedOf } from "./totals.ts";

/** What a reader should make of a statement as it stands in its file. Amounts are in minor units, with their sign. */
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
  /** Credits minus debits of the booked entries that can be read. */
  readonly booked: bigint;
  readonly counts: {
    readonly entries: number;
    readonly faulty: number;
    readonly pending: number;
    readonly credits: number;
    readonly debits: number;
    readonly details: number;
  };
  /** Whether opening plus booked is closing; of pages with the whole statement's balances, over all of them. */
  readonly closes: boolean | null;
  /** closing − (opening + booked) */
  readonly difference: bigint | null;
  readonly isSummaryRight: boolean;
  /** Entries whose details do not sum to them. */
  readonly detailsDiffer: number;
}

export interface FileTruth {
  readonly name: string;
  readonly kind: Kind;
  readonly version: number;
  readonly messageId: string;
  /** Why the file must be refused as a whole; null for one that can be read. */
  readonly refusal: string | null;
  readonly statements: readonly StatementTruth[];
}

/** The answer key of a message. */
export function truthOf(message: Message): FileTruth {
  const fault = message.fault?.name;
  return {
    name: message.name,
    kind: message.kind,
    version: message.version,
    messageId: message.id,
    refusal: fault !== undefined && isFileFault(fault) ? FILE_FAULTS[fault] : null,
    statements: message.statements().map((statement, index) => statementTruth(message, statement, index === 0)),
  };
}

function statementTruth(message: Message, statement: Statement, isFirst: boolean): StatementTruth {
  const { account, totals, balances } = statement;
  const fault = message.fault?.name;
  const faultyEntry = isFirst ? faultyEntryOf(message) : undefined;
  const lost = fault !== undefined && isEntryFault(fault) ? entryAt(statement, faultyEntry) : undefined;
  const isLost = (direction: "CRDT" | "DBIT"): number =>
    lost?.status === "BOOK" && lost.direction === direction ? 1 : 0;
  const booked = bookedOf(totals) - (lost?.status === "BOOK" ? signed(lost) : 0n);
  const [opening, closing] = [balances[0]?.minor ?? null, balances[1]?.minor ?? null];
  const isWhole = statement.page !== undefined && message.dialect.pageBalances === "whole";
  const rest = isWhole ? restOf(message, statement) : 0n;
  const difference = opening === null || closing === null ? null : closing - opening - booked - rest;
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
    counts: {
      entries: totals.entries,
      faulty: lost === undefined ? 0 : 1,
      pending: totals.pending - (lost?.status === "PDNG" ? 1 : 0),
      credits: totals.credits.count - isLost("CRDT"),
      debits: totals.debits.count - isLost("DBIT"),
      details: totals.details - (lost?.details.length ?? 0),
    },
    closes: difference === null ? null : difference === 0n,
    difference,
    isSummaryRight: fault !== "summary-wrong" && lost === undefined,
    detailsDiffer: fault === "details-off" && faultyEntry !== undefined ? 1 : 0,
  };
}

/** What is booked on the other pages of a statement whose every page has the balances of the whole. */
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
