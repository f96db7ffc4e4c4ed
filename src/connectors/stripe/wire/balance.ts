import { z } from "zod";
import { currency, integer } from "./primitives.ts";

const funds = z.array(z.object({ amount: integer, currency }));

export const balanceWire = z.object({
  object: z.literal("balance"),
  available: funds,
  connect_reserved: funds.nullish(),
  pending: funds,
});
export type BalanceWire = z.infer<typeof balanceWire>;
