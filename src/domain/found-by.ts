import type { BankEntry } from "./bank.ts";

/** PostgreSQL indexes words up to 2 kB and documents up to 1 MB; only the beginning of a longer text is searchable. */
const MAX_SEARCH_LENGTH = 50_000;
const MAX_REFERENCES = 2_000;
const MAX_REFERENCE_LENGTH = 500;

/** Fields by which a bank entry can be searched. A field that the source does not have is left out. */
export type SearchableEntry = Pick<BankEntry, "references" | "counterparty" | "remittance" | "additionalInfo"> &
  Partial<Pick<BankEntry, "creditorReference" | "batches" | "details">>;

/** Returns every reference by which the entry can be found, including those of its details, each once. */
export function referenceValues({
  references,
  creditorReference,
  batches = [],
  details = [],
}: SearchableEntry): readonly string[] {
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

/** Returns the text that a user would search the entry by: texts, names, account numbers, references. */
export function searchText(entry: SearchableEntry): string {
  const { counterparty, details = [] } = entry;
  const texts = [
    entry.remittance,
    entry.additionalInfo,
    entry.creditorReference,
    counterparty?.name,
    counterparty?.ultimateName,
    counterparty?.account?.value,
    ...referenceValues(entry),
    ...details.flatMap(({ debtor, creditor, remittance, additionalInfo }) => [
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
