import type { BankEntry } from "../../domain/bank.ts";
import type { BankTransactionRecord } from "../../domain/entities.ts";
import { referenceValues, searchText } from "../../domain/found-by.ts";
import type { LocalDate } from "../../domain/values.ts";

export interface Identified {
  readonly externalId: string;
  readonly accountExternalId: string;
  readonly statementExternalId: string;
  /** Replacement where the bank names no day. */
  readonly lastDay: LocalDate | undefined;
}

/** Converts an entry into the record of the booking that it was matched to. */
export function transactionRecord(entry: BankEntry, ids: Identified): BankTransactionRecord {
  const { details, ...own } = entry;
  const day = entry.booked?.date ?? entry.valued?.date ?? ids.lastDay;
  return {
    ...own,
    type: "BankTransaction",
    externalId: ids.externalId,
    accountExternalId: ids.accountExternalId,
    statementExternalId: ids.statementExternalId,
    // orders the lists; the API exposes the dates themselves
    createdAt: day === undefined ? undefined : `${day}T00:00:00.000Z`,
    extensions: {},
    detailCount: details.length,
    referenceValues: referenceValues(entry),
    searchText: searchText(entry),
  };
}
