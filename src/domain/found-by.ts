import type { BankEntry } from "./bank.ts";

/** PostgreSQL indexes words up to 2 kB and documents up to 1 MB; what is beyond is found by its beginning. */
const MAX_SEARCH_LENGTH = 50_000;
const MAX_REFERENCES = 2_000;
const MAX_REFERENCE_LENGTH = 500;

/** What an entry at a bank is looked for by. Left out: what its source has none of. */
export type Findable = Pick<BankEntry, "references" | "counterparty" | "remittance" | "additionalInfo"> &
  Partial<Pick<BankEntry, "creditorReference" | "batches" | "details">>;

/** Every reference that the entry can be found by, those of its details too, each once. */
export function referenceValues({
  references,
  creditorReference,
  batches = [],
  details = [],
}: Findable): readonly string[] {
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

/** What somebody who looks for the entry would type: texts, names, account numbers, references. */
export function searchText(entry: Findable): string {
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
