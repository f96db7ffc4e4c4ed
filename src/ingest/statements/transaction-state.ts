import type { BookingStatus, EntryStatus, StatementKind } from "../../domain/bank.ts";
import type { Money } from "../../domain/money.ts";
import type { LocalDate } from "../../domain/values.ts";

/** One entry of one copy of a page, as evidence for the transaction that it belongs to. */
export interface EntryOccurrence {
  /** Global id. */
  readonly statementId: string;
  readonly kind: StatementKind;
  /** Undefined where the bank's status is unknown to us. */
  readonly status: EntryStatus | undefined;
  /** Orders the occurrences of a transaction: `entryVersion`. */
  readonly version: bigint;
  /** True if this copy of the page is displayed. */
  readonly isCurrent: boolean;
  /** True if the displayed copy of the page has entries that could not be read: this entry may be one of them. */
  readonly isPageFaulty: boolean;
  readonly bookingDate: LocalDate | undefined;
  /** Undefined for entries stored by versions that did not record it. */
  readonly money: Money | undefined;
  /** Last day of the statement. */
  readonly lastDay: LocalDate | undefined;
}

/** State of a transaction according to everything that was ever reported about it. */
export interface TransactionState {
  readonly status: BookingStatus | undefined;
  /** The occurrence from which the displayed values are taken. */
  readonly from: EntryOccurrence;
}

/**
 * Determines the state of a transaction from the newest occurrence that is still valid. A statement is final for its
 * days: an occurrence that only an earlier copy of it contains is no longer valid. A report or a notification may be
 * sent again under one id with only the new entries, so an occurrence in an earlier copy of it remains valid.
 * @param isWithdrawn whether later messages omit a pending entry with these occurrences
 */
export function transactionStateOf(
  occurrences: readonly [EntryOccurrence, ...EntryOccurrence[]],
  isWithdrawn: (occurrences: readonly EntryOccurrence[]) => boolean,
): TransactionState {
  const counting = occurrences.filter(
    ({ isCurrent, kind, isPageFaulty }) => isCurrent || kind !== "STATEMENT" || isPageFaulty,
  );
  const [first, ...others] = counting;
  if (first === undefined) return { status: "WITHDRAWN", from: newest(occurrences) };
  const from = newest([first, ...others]);
  const isWaiting = from.status === "PENDING" || from.status === "FUTURE";
  return { status: isWaiting && isWithdrawn(counting) ? "WITHDRAWN" : from.status, from };
}

/**
 * If two occurrences have the same version, the statement's id decides, so that the order of arrival does not matter.
 */
function newest(occurrences: readonly [EntryOccurrence, ...EntryOccurrence[]]): EntryOccurrence {
  return occurrences.reduce((best, one) => {
    if (one.version !== best.version) return one.version > best.version ? one : best;
    if (one.isCurrent !== best.isCurrent) return one.isCurrent ? one : best;
    return one.statementId > best.statementId ? one : best;
  });
}
