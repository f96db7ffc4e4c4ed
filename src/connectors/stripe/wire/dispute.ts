import { z } from "zod";
import { currency, id, integer, metadata, reference, seconds, text } from "./primitives.ts";

export const disputeWire = z.object({
  id,
  object: z.literal("dispute"),
  amount: integer,
  charge: reference,
  created: seconds,
  currency,
  evidence_details: z.object({ due_by: seconds.nullish() }).nullish(),
  metadata,
  network_reason_code: text.nullish(),
  payment_intent: reference.nullish(),
  payment_method_details: z.object({ card: z.object({ case_type: text.nullish() }).nullish() }).nullish(),
  reason: text.nullish(),
  status: text,
});
export type DisputeWire = z.infer<typeof disputeWire>;
