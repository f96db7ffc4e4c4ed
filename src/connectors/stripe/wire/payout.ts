import { z } from "zod";
import { externalAccountWire } from "./external-account.ts";
import { currency, id, integer, metadata, reference, seconds, text } from "./primitives.ts";

export const payoutWire = z.object({
  id,
  object: z.literal("payout"),
  amount: integer,
  arrival_date: seconds.nullish(),
  automatic: z.boolean().nullish(),
  balance_transaction: reference.nullish(),
  created: seconds,
  currency,
  description: text.nullish(),
  destination: z.union([id, externalAccountWire], { error: "an id, a bank account or a card" }).nullish(),
  failure_code: text.nullish(),
  failure_message: text.nullish(),
  metadata,
  method: text.nullish(),
  original_payout: reference.nullish(),
  reconciliation_status: text.nullish(),
  reversed_by: reference.nullish(),
  statement_descriptor: text.nullish(),
  status: text,
  trace_id: z.object({ value: text.nullish() }).nullish(),
  type: text.nullish(),
});
export type PayoutWire = z.infer<typeof payoutWire>;
