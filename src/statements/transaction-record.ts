import type { BankEntry } from "../domain/bank.ts";
import type { BankTransactionRecord } from "../domain/entities.ts";
import type { LocalDate } from "../domain/values.ts";

/** PostgreSQL indexes words up to 2 kB and documents up to 1 MB; what is beyond is found by its beginning. */
const MAX_SEARCH_LENGTH = 50_000;
const MAX_REFERENCES = 2_000;
const MAX_REFERENCE_LENGTH = 500;

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

function referenceValues({ references, creditorReference, batches, details }: BankEntry): readonly string[] {
  const values = [
    ...references.map(({ value }) => value),
    creditorReference,
    ...batches.flatMap(({ messageId, paymentInformationId }) => [messageId, paymentInformationId]),
    ...details.flatMap((detail) => [
      ...detail.references.map(({ value }) => value),
      ...detail.remittance.creditorReferences.map(({ value }) => value),
    ]),
  ];
  const distinct = new Set(values.filter((value) => value !== undefined && value.length <= MAX_REFERENCE_LENGTH));
  return [...distinct].filter((value) => value !== undefined).slice(0, MAX_REFERENCES);
}

/** What somebody who looks for it would type: texts, names, account numbers, references. */
function searchText(entry: BankEntry): string {
  const texts = [
    entry.remittance,
    entry.additionalInfo,
    entry.creditorReference,
    entry.counterparty?.name,
    entry.counterparty?.ultimateName,
    entry.counterparty?.account?.value,
    ...referenceValues(entry),
    ...entry.details.flatMap(({ debtor, creditor, remittance, additionalInfo }) => [
      debtor?.name,
      debtor?.account?.value,
      creditor?.name,
      creditor?.account?.value,
      ...remittance.unstructured,
      ...remittance.additional,
      additionalInfo,
    ]),
  ];
  return [...new Set(texts.filter((text) => text !== undefined))].join("\n").slice(0, MAX_SEARCH_LENGTH);
}
