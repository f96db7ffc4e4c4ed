import { z } from "zod";
import { currency, decimal, id, integer, reference, seconds, text } from "./primitives.ts";

/** `status` is not read: it is `available` from `available_on` on, so storing it would only add a change to miss. */
export const balanceTransactionWire = z
  .object({
    id,
    object: z.literal("balance_transaction"),
    amount: integer,
    available_on: seconds.nullish(),
    balance_type: text.nullish(),
    created: seconds,
    currency,
    description: text.nullish(),
    exchange_rate: decimal.nullish(),
    fee: integer,
    net: integer,
    reporting_category: text,
    source: reference.nullish(),
    type: text,
  })
  .refine((wire) => wire.amount - wire.fee === wire.net, { path: ["net"], error: "amount less fee" });
export type BalanceTransactionWire = z.infer<typeof balanceTransactionWire>;
