import { z } from "zod";
import { currencyCodes, day, id, literal, moment, text } from "./primitives.ts";

const counterparty = z.object({
  name: text,
  type: text.nullish(),
  entity_id: text.nullish(),
  website: text.nullish(),
  account_numbers: z
    .object({
      bacs: z.object({ account: text.nullish(), sort_code: text.nullish() }).nullish(),
      international: z.object({ iban: text.nullish(), bic: text.nullish() }).nullish(),
    })
    .nullish(),
});

const paymentMeta = z.object({
  by_order_of: text.nullish(),
  payee: text.nullish(),
  payer: text.nullish(),
  payment_method: text.nullish(),
  payment_processor: text.nullish(),
  ppd_id: text.nullish(),
  reason: text.nullish(),
  reference_number: text.nullish(),
});

/** A transaction of `/transactions/sync`: every field that we read, others are ignored. */
export const transactionWire = z.object({
  transaction_id: id,
  account_id: id,
  amount: literal,
  ...currencyCodes,
  pending: z.boolean(),
  pending_transaction_id: id.nullish(),
  date: day,
  datetime: moment.nullish(),
  authorized_date: day.nullish(),
  authorized_datetime: moment.nullish(),
  name: text.nullish(),
  merchant_name: text.nullish(),
  original_description: text.nullish(),
  merchant_entity_id: text.nullish(),
  counterparties: z.array(counterparty).nullish(),
  payment_meta: paymentMeta.nullish(),
  personal_finance_category: z.object({ primary: text, detailed: text, confidence_level: text.nullish() }).nullish(),
  payment_channel: text.nullish(),
  transaction_code: text.nullish(),
  check_number: text.nullish(),
  account_owner: text.nullish(),
  category: z.array(text).nullish(),
  category_id: text.nullish(),
  website: text.nullish(),
});
export type TransactionWire = z.infer<typeof transactionWire>;

/** The id of a transaction that is otherwise unreadable, and the only field of one that was removed. */
export const transactionIdWire = z.object({ transaction_id: id });

/** A page. Items are parsed one by one, so that a malformed one fails alone. */
export const syncWire = z.object({
  added: z.array(z.unknown()),
  modified: z.array(z.unknown()),
  removed: z.array(z.unknown()),
  next_cursor: z.string().max(4_096),
  has_more: z.boolean(),
});
export type SyncWire = z.infer<typeof syncWire>;
