import { randomUUID } from "node:crypto";
import type { Account } from "../world/accounts.ts";
import { decimalOf, jsonNumber } from "../world/amounts.ts";
import { balancesOf } from "../world/balances.ts";
import { MERCHANTS, type Transaction } from "../world/transaction.ts";
import type { World } from "../world/world.ts";

/**
 * An account in Plaid's format.
 * @param mode `dated`: the values of Plaid's last read, with the time of that read
 */
export function accountJson(
  world: World,
  account: Account,
  mode: "live" | "cached" | "dated",
): Readonly<Record<string, unknown>> {
  const { available, current } = balancesOf(world, account, mode === "live");
  const number = (units: bigint | undefined) => (units === undefined ? null : jsonNumber(decimalOf(units)));
  return {
    account_id: account.id,
    balances: {
      available: number(available),
      current: number(current),
      limit: number(account.limit),
      ...currencyJson(account),
      ...(mode === "dated" && { last_updated_datetime: new Date(world.state().updatedAtMs).toISOString() }),
    },
    holder_category: account.holder,
    mask: account.mask,
    name: account.name,
    official_name: account.officialName,
    persistent_account_id: `p${account.id}`,
    subtype: account.subtype,
    type: account.type,
  };
}

/** A transaction in Plaid's format; one that a test has added, in the text of the test. */
export function transactionJson(world: World, transaction: Transaction): unknown {
  const { raw, pending, pendingId, day, authorizedDay, merchant, isRenamed } = transaction;
  if (raw !== undefined) return new Verbatim(raw);
  const { category, channel, ...known } = kindOf(transaction);
  const name = transaction.about?.name ?? known.name;
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
    counterparties: [counterpartyJson(transaction, name)],
    date: day,
    // Some banks state the time, in their own zone: it may be the next day in UTC.
    datetime: !pending && merchant === 2 ? `${day}T23:30:00-05:00` : null,
    merchant_entity_id: transaction.about === undefined ? `ent_${merchant}` : null,
    merchant_name: name,
    name: isRenamed ? `${name} (corrected)` : name,
    original_description: transaction.about?.text ?? `${name.toUpperCase()} ${transaction.id.slice(-6)}`,
    payment_channel: channel,
    payment_meta: { reference_number: `ref-${transaction.id.slice(-8)}`, payer: null, payee: null, reason: null },
    pending,
    pending_transaction_id: pendingId,
    personal_finance_category: { primary, detailed, confidence_level: "HIGH" },
    transaction_code: null,
    transaction_id: transaction.id,
  };
}

const merchantOf = (index: number) => MERCHANTS[index] ?? MERCHANTS[0];
/** A movement of a business account that Plaid does not recognise. */
const BY_TRANSFER = {
  in: { name: "", category: ["TRANSFER_IN", "TRANSFER_IN_ACCOUNT_TRANSFER"], channel: "other" },
  out: { name: "", category: ["TRANSFER_OUT", "TRANSFER_OUT_ACCOUNT_TRANSFER"], channel: "other" },
} as const;

const kindOf = ({ about, merchant, units }: Transaction) =>
  about === undefined ? merchantOf(merchant) : BY_TRANSFER[units < 0n ? "in" : "out"];

function counterpartyJson({ about, merchant }: Transaction, name: string) {
  if (about !== undefined) return { name, type: "other", entity_id: null, confidence_level: "LOW" };
  return { name, type: "merchant", entity_id: `ent_${merchant}`, confidence_level: "VERY_HIGH" };
}

/** Text that is sent unchanged: parsing and serialising it would lose digits, zeros and duplicate keys. */
class Verbatim {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The text of a response. */
export function jsonText(answer: object): string {
  const texts: string[] = [];
  const place = randomUUID();
  const text = JSON.stringify(answer, (_key, value: unknown) =>
    value instanceof Verbatim ? `${place}${texts.push(value.text) - 1}` : value,
  );
  return texts.reduce((whole, one, index) => whole.replace(`"${place}${index}"`, () => one), text);
}

function currencyJson({ currency, isOfficial }: Account) {
  return {
    iso_currency_code: isOfficial ? currency : null,
    unofficial_currency_code: isOfficial ? null : currency,
  };
}
