import { z } from "zod";
import { currency, id, integer, metadata, reference, seconds, text } from "./primitives.ts";

/** A charge. Enumerations that may grow are text here; the mapping decides which values we know. */
export const chargeWire = z.object({
  id,
  object: z.literal("charge"),
  amount: integer,
  amount_captured: integer,
  amount_refunded: integer,
  billing_details: z
    .object({
      address: z
        .object({
          city: text.nullish(),
          country: text.nullish(),
          line1: text.nullish(),
          line2: text.nullish(),
          postal_code: text.nullish(),
          state: text.nullish(),
        })
        .nullish(),
      email: text.nullish(),
      name: text.nullish(),
      phone: text.nullish(),
    })
    .nullish(),
  calculated_statement_descriptor: text.nullish(),
  captured: z.boolean(),
  created: seconds,
  currency,
  customer: reference.nullish(),
  description: text.nullish(),
  disputed: z.boolean().nullish(),
  failure_code: text.nullish(),
  failure_message: text.nullish(),
  metadata,
  outcome: z
    .object({
      advice_code: text.nullish(),
      network_decline_code: text.nullish(),
      reason: text.nullish(),
      risk_level: text.nullish(),
      type: text.nullish(),
    })
    .nullish(),
  payment_intent: reference.nullish(),
  payment_method_details: z.object({ type: text.nullish() }).nullish(),
  receipt_number: text.nullish(),
  refunded: z.boolean(),
  statement_descriptor: text.nullish(),
  status: text,
  transfer_group: text.nullish(),
});
export type ChargeWire = z.infer<typeof chargeWire>;
