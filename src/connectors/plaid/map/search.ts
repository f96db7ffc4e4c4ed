import type { Counterparty } from "../../../domain/bank.ts";
import type { Reference } from "../../../domain/values.ts";

/** PostgreSQL indexes words up to 2 kB and documents up to 1 MB; what is beyond is found by its beginning. */
const MAX_SEARCH_LENGTH = 50_000;
const MAX_REFERENCE_LENGTH = 500;

interface Entry {
  readonly references: readonly Reference[];
  readonly counterparty: Counterparty | undefined;
  readonly remittance: string | undefined;
  readonly additionalInfo: string | undefined;
}

/** Every reference that the transaction can be found by. */
export function referenceValues({ references }: Pick<Entry, "references">): readonly string[] {
  const values = references.map(({ value }) => value).filter(({ length }) => length <= MAX_REFERENCE_LENGTH);
  return [...new Set(values)];
}

/** What somebody who looks for it would type: texts, names, account numbers, references. */
export function searchText(entry: Entry): string {
  const { counterparty } = entry;
  const texts = [
    entry.remittance,
    entry.additionalInfo,
    counterparty?.name,
    counterparty?.ultimateName,
    counterparty?.account?.value,
    ...referenceValues(entry),
  ];
  return [...new Set(texts.filter((text) => text !== undefined))].join("\n").slice(0, MAX_SEARCH_LENGTH);
}
