import { z } from "zod";
import { currency, id, integer, metadata, reference, seconds, text } from "./primitives.ts";

export const refundWire = z.object({
  id,
  object: z.literal("refund"),
  amount: integer,
  /** Null: no money moved, or none yet. */
  balance_transaction: reference.nullish(),
  charge: reference.nullish(),
  created: seconds,
  currency,
  failure_reason: text.nullish(),
  metadata,
  payment_intent: reference.nullish(),
  pending_reason: text.nullish(),
  reason: text.nullish(),
  receipt_number: text.nullish(),
  status: text.nullable(),
});
export type RefundWire = z.infer<typeof refundWire>;
