import { z } from "zod";
import { deletedWire } from "./deleted.ts";
import { currency, id, reference, text } from "./primitives.ts";

/** Destination of payouts, when a payout's `destination` is expanded. */
export const bankAccountWire = z.object({
  id,
  object: z.literal("bank_account"),
  account_holder_name: text.nullish(),
  account_holder_type: text.nullish(),
  bank_name: text.nullish(),
  country: text.nullish(),
  currency: currency.nullish(),
  customer: reference.nullish(),
  last4: text.nullish(),
  routing_number: text.nullish(),
  status: text.nullish(),
});

export const cardWire = z.object({
  id,
  object: z.literal("card"),
  brand: text.nullish(),
  country: text.nullish(),
  currency: currency.nullish(),
  customer: reference.nullish(),
  last4: text.nullish(),
  name: text.nullish(),
});

/** The order matters: a deleted account has the `object` of a live one and none of its fields. */
export const externalAccountWire = z.union([deletedWire, bankAccountWire, cardWire], {
  error: "an id, a bank account or a card",
});
export type ExternalAccountWire = z.infer<typeof externalAccountWire>;
export type BankAccountWire = z.infer<typeof bankAccountWire>;
export type CardWire = z.infer<typeof cardWire>;
