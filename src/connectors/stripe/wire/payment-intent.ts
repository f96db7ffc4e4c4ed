import { z } from "zod";
import { currency, id, integer, metadata, reference, seconds, text } from "./primitives.ts";

export const paymentIntentWire = z.object({
  id,
  object: z.literal("payment_intent"),
  amount: integer,
  amount_received: integer,
  cancellation_reason: text.nullish(),
  capture_method: text.nullish(),
  created: seconds,
  currency,
  customer: reference.nullish(),
  description: text.nullish(),
  latest_charge: reference.nullish(),
  metadata,
  payment_method_types: z.array(text).nullish(),
  statement_descriptor: text.nullish(),
  status: text,
  transfer_group: text.nullish(),
});
export type PaymentIntentWire = z.infer<typeof paymentIntentWire>;
