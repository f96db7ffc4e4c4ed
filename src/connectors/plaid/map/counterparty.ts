import type { Counterparty, Direction } from "../../../domain/bank.ts";
import type { Reference } from "../../../domain/values.ts";
import { isIban, normalizeIban } from "../../../protocols/iso20022/values/iban.ts";
import type { TransactionWire } from "../wire/transaction.ts";
import { referencesOf } from "./fields.ts";

type CounterpartyWire = NonNullable<TransactionWire["counterparties"]>[number];

/**
 * Returns the counterparty. Of several parties Plaid lists first the one that the money came from or went to, and then
 * the intermediaries, such as a marketplace or a payment app.
 */
export function counterpartyOf(wire: TransactionWire, direction: Direction): Counterparty | undefined {
  const [first] = wire.counterparties ?? [];
  const meta = wire.payment_meta;
  const name = first?.name ?? wire.merchant_name ?? (direction === "DEBIT" ? meta?.payee : meta?.payer);
  const ultimateName = meta?.by_order_of;
  if (!name && !ultimateName) return undefined;
  const account = first && accountOf(first);
  const bic = first?.account_numbers?.international?.bic;
  return {
    ...(name && { name }),
    identifiers: referencesOf({ "plaid.entity_id": first?.entity_id ?? wire.merchant_entity_id }),
    ...(account && { account }),
    ...(bic && { bic }),
    ...(ultimateName && { ultimateName }),
  };
}

function accountOf({ account_numbers: numbers }: CounterpartyWire): Reference | undefined {
  const { iban: written } = numbers?.international ?? {};
  if (written) {
    const iban = normalizeIban(written);
    return isIban(iban) ? { scheme: "iban", value: iban } : { scheme: "account", value: written };
  }
  const { account, sort_code: sortCode } = numbers?.bacs ?? {};
  return account ? { scheme: "bban", value: `${sortCode ?? ""}${account}` } : undefined;
}
