import { referenceValues, searchText } from "../../../domain/found-by.ts";
import { negated } from "../../../domain/money.ts";
import type { BankDate } from "../../../domain/bank.ts";
import { amount } from "../fields/amount.ts";
import { day } from "../fields/day.ts";
import { optional, required } from "../fields/field-kind.ts";
import { ItemFault } from "../fields/item.ts";
import { text } from "../fields/text.ts";
import { references } from "../fields/texts.ts";
import { word } from "../fields/word.ts";
import { defineMapping } from "./entity-mapping.ts";

/** A transaction of a bank account. Without `direction` the sign of its amount is the direction: negative is a debit. */
export const bankTransaction = defineMapping({
  entity: "BankTransaction",
  fields: {
    accountExternalId: required(text),
    amount: required(amount),
    direction: optional(word(["CREDIT", "DEBIT"])),
    status: required(word(["BOOKED", "PENDING", "INFORMATION", "FUTURE"])),
    bookedOn: optional(day),
    valuedOn: optional(day),
    counterpartyName: optional(text),
    counterpartyIban: optional(text),
    counterpartyBic: optional(text),
    description: optional(text),
    additionalInfo: optional(text),
    creditorReference: optional(text),
    references: optional(references),
  },
  build({ amount: signed, status, direction: side, ...values }, base, { observedAt }) {
    const entry = {
      references: values.references ?? [],
      counterparty: counterpartyOf(values.counterpartyName, values.counterpartyIban, values.counterpartyBic),
      remittance: values.description,
      additionalInfo: values.additionalInfo,
      creditorReference: values.creditorReference,
    };
    const [booked, valued] = [dateOf(values.bookedOn), dateOf(values.valuedOn)];
    const firstDay = booked?.date ?? valued?.date;
    return {
      ...base,
      type: "BankTransaction",
      createdAt: base.createdAt ?? (firstDay === undefined ? observedAt : `${firstDay}T00:00:00.000Z`),
      accountExternalId: values.accountExternalId,
      statementExternalId: undefined,
      ...sidesOf(signed, side),
      ...entry,
      isReversal: false,
      status: status.known,
      rawStatus: status.raw,
      booked,
      valued,
      code: undefined,
      returnReason: undefined,
      amounts: [],
      charges: [],
      batches: [],
      detailsMatch: "NONE",
      detailCount: 0,
      referenceValues: referenceValues(entry),
      searchText: searchText(entry),
    };
  },
});

type Amount = Parameters<typeof negated>[0];

/** The stored amount is never negative. Zero without a direction is a credit, as in statements. */
function sidesOf(signed: Amount, side: { readonly known: "CREDIT" | "DEBIT" | undefined } | undefined) {
  const isNegative = signed.minor < 0n;
  if (side === undefined) {
    return { direction: isNegative ? "DEBIT" : "CREDIT", amount: isNegative ? negated(signed) : signed } as const;
  }
  if (side.known === undefined) throw new ItemFault("direction", "must be a value that the settings map");
  if (isNegative) throw new ItemFault("amount", "must not be negative, because direction has the sign");
  return { direction: side.known, amount: signed } as const;
}

function counterpartyOf(name: string | undefined, iban: string | undefined, bic: string | undefined) {
  if (name === undefined && iban === undefined && bic === undefined) return undefined;
  return {
    ...(name !== undefined && { name }),
    ...(iban !== undefined && { account: { scheme: "iban", value: iban.replaceAll(" ", "").toUpperCase() } }),
    ...(bic !== undefined && { bic }),
    identifiers: [],
  };
}

function dateOf(date: string | undefined): BankDate | undefined {
  return date === undefined ? undefined : { date, time: undefined };
}
