import type { Counterparty, Direction } from "../../../domain/bank.ts";
import type { Reference } from "../../../domain/values.ts";
import type { TransactionWire } from "../wire/transaction.ts";
import { referencesOf } from "./fields.ts";

type CounterpartyWire = NonNullable<TransactionWire["counterparties"]>[number];

/**
 * Who is on the other side. Of several parties Plaid names first the one that the money came from or went to, and then those
 * in between, such as a marketplace or a payment app.
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
  const { iban } = numbers?.international ?? {};
  if (iban) return { scheme: "iban", value: iban };
  const { account, sort_code: sortCode } = numbers?.bacs ?? {};
  return account ? { scheme: "bban", value: `${sortCode ?? ""}${account}` } : undefined;
}
