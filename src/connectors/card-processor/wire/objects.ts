import { z } from "zod";
import { enumName, id, int64, money, sequence, text, time } from "./primitives.ts";

const base = { id, sequence, created_at: time, updated_at: time };

export const cardholderWire = z.object({
  ...base,
  name: text,
  email: text,
  merchant_reference: text,
  deleted_at: time.optional(),
});
export type CardholderWire = z.infer<typeof cardholderWire>;

const card = z.object({ network: text, masked_number: text, expiry_month: z.int(), expiry_year: z.int() });
const decline = z.object({ code: text, response_code: text, may_retry: z.boolean() });

export const authorizationWire = z.object({
  id,
  created_at: time,
  amount: int64,
  status: enumName,
  card: card.optional(),
  expires_at: time.optional(),
  increments: z.array(z.object({ amount: int64 })),
  captures: z.array(z.object({ amount: int64 })),
  reversed_amount: int64,
  refunded_amount: int64,
  decline: decline.optional(),
  network_reference: text,
});
export type AuthorizationWire = z.infer<typeof authorizationWire>;

export const paymentWire = z.object({
  ...base,
  cardholder_id: text,
  amount: int64,
  currency: id,
  status: enumName,
  captured_amount: int64,
  refunded_amount: int64,
  description: text,
  order_reference: text,
  authorizations: z.array(authorizationWire),
});
export type PaymentWire = z.infer<typeof paymentWire>;

export const refundWire = z.object({
  ...base,
  payment_id: text,
  authorization_id: text,
  amount: int64,
  currency: id,
  status: enumName,
  reason: text,
  failure_reason: text,
});
export type RefundWire = z.infer<typeof refundWire>;

export const disputeWire = z.object({
  ...base,
  payment_id: text,
  authorization_id: text,
  amount: int64,
  currency: id,
  stage: enumName,
  status: enumName,
  reason_code: text,
  reason: text,
  respond_by: time.optional(),
});
export type DisputeWire = z.infer<typeof disputeWire>;

export const bankAccountWire = z.object({ id, holder: text, iban_last4: text, currency: text, bank_name: text });
export type BankAccountWire = z.infer<typeof bankAccountWire>;

export const settlementWire = z.object({
  ...base,
  status: enumName,
  gross: money,
  fees: money,
  net: money,
  arrival_date: text.pipe(z.iso.date("a date such as 2026-11-30").optional()),
  bank_account: bankAccountWire.optional(),
  bank_reference: text,
  return_reason: text,
  entry_count: z.int(),
});
export type SettlementWire = z.infer<typeof settlementWire>;

export const ledgerEntryWire = z.object({
  ...base,
  kind: enumName,
  gross: int64,
  fee: int64,
  net: int64,
  currency: id,
  origin_id: text,
  available_at: time.optional(),
  settlement_id: text,
  description: text,
});
export type LedgerEntryWire = z.infer<typeof ledgerEntryWire>;

/** An object of which only the id and the number of its last change can be read. */
export const listedWire = z.object({ id, sequence: int64.optional(), updated_at: time.optional() });

export const balanceWire = z.object({ currency: id, available: int64, pending: int64 });
export const balancesWire = z.object({ balances: z.array(z.unknown()), as_of: time });
