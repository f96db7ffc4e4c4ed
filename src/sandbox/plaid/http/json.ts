import type { Account } from "../world/accounts.ts";
import { decimalOf, jsonNumber } from "../world/amounts.ts";
import { balancesOf } from "../world/balances.ts";
import { MERCHANTS, type Transaction } from "../world/transaction.ts";
import type { World } from "../world/world.ts";

/** An account as Plaid writes it. */
export function accountJson(world: World, account: Account, live: boolean): Readonly<Record<string, unknown>> {
  const { available, current } = balancesOf(world, account, live);
  const number = (units: bigint | undefined) => (units === undefined ? null : jsonNumber(decimalOf(units)));
  return {
    account_id: account.id,
    balances: {
      available: number(available),
      current: number(current),
      limit: number(account.limit),
      ...currencyJson(account),
    },
    holder_category: "personal",
    mask: account.mask,
    name: account.name,
    official_name: account.officialName,
    persistent_account_id: `p${account.id}`,
    subtype: account.subtype,
    type: account.type,
  };
}

/** A transaction as Plaid writes it; one that a test has put there, as the test wrote it. */
export function transactionJson(world: World, transaction: Transaction): unknown {
  const { raw, pending, pendingId, day, authorizedDay, merchant, isRenamed } = transaction;
  if (raw !== undefined) return verbatim(raw);
  const { name, category, channel } = MERCHANTS[merchant] ?? MERCHANTS[0];
  const account = world.findAccount(transaction.accountId);
  const [primary, detailed] = category;
  return {
    account_id: transaction.accountId,
    account_owner: null,
    amount: jsonNumber(transaction.literal),
    ...(account && currencyJson(account)),
    authorized_date: authorizedDay,
    authorized_datetime: null,
    category: null,
    category_id: null,
    check_number: null,
    counterparties: [{ name, type: "merchant", entity_id: `ent_${merchant}`, confidence_level: "VERY_HIGH" }],
    date: day,
    // Some banks tell the moment, in their own zone: it may be the next day in UTC.
    datetime: !pending && merchant === 2 ? `${day}T23:30:00-05:00` : null,
    merchant_entity_id: `ent_${merchant}`,
    merchant_name: name,
    name: isRenamed ? `${name} (corrected)` : name,
    original_description: `${name.toUpperCase()} ${transaction.id.slice(-6)}`,
    payment_channel: channel,
    payment_meta: { reference_number: `ref-${transaction.id.slice(-8)}`, payer: null, payee: null, reason: null },
    pending,
    pending_transaction_id: pendingId,
    personal_finance_category: { primary, detailed, confidence_level: "HIGH" },
    transaction_code: null,
    transaction_id: transaction.id,
  };
}

/** A document whose numbers are written again as they stand in the text: through a float they would lose digits and zeros. */
function verbatim(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" && context?.source !== undefined ? jsonNumber(context.source) : value,
  );
}

function currencyJson({ currency, isOfficial }: Account) {
  return {
    iso_currency_code: isOfficial ? currency : null,
    unofficial_currency_code: isOfficial ? null : currency,
  };
}
