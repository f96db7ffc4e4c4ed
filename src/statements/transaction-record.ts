import type { BankEntry } from "../domain/bank.ts";
import type { BankTransactionRecord } from "../domain/entities.ts";
import { referenceValues, searchText } from "../domain/found-by.ts";
import type { LocalDate } from "../domain/values.ts";

export interface Identified {
  readonly externalId: string;
  readonly accountExternalId: string;
  readonly statementExternalId: string;
  /** Stands in where the bank names no day. */
  readonly lastDay: LocalDate | undefined;
}

/** An entry as the booking that it was found to be. */
export function transactionRecord(entry: BankEntry, ids: Identified): BankTransactionRecord {
  const { details, ...own } = entry;
  const day = entry.booked?.date ?? entry.valued?.date ?? ids.lastDay;
  return {
    ...own,
    type: "BankTransaction",
    externalId: ids.externalId,
    accountExternalId: ids.accountExternalId,
    statementExternalId: ids.statementExternalId,
    createdAt: day === undefined ? undefined : `${day}T00:00:00.000Z`, // orders the lists; the graph shows the dates themselves
    extensions: {},
    detailCount: details.length,
    referenceValues: referenceValues(entry),
    searchText: searchText(entry),
  };
}
