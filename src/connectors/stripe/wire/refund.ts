import { z } from "zod";
import { currency, id, integer, metadata, reference, seconds, text } from "./primitives.ts";

export const refundWire = z.object({
  id,
  object: z.literal("refund"),
  amount: integer,
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
