import { z } from "zod";
import { currency, integer } from "./primitives.ts";

/** Funds of one kind in one currency. */
export const fundsWire = z.object({ amount: integer, currency });

/** The currency that identifies the funds of an entry, if the rest of it cannot be read. */
export const fundsCurrencyWire = z.object({ currency: z.string().regex(/^[A-Za-z0-9]{1,12}$/) });

/** Entries are parsed one by one: an unreadable one must not affect the other currencies. */
const entries = z.array(z.unknown());

export const balanceWire = z.object({
  object: z.literal("balance"),
  available: entries,
  connect_reserved: entries.nullish(),
  pending: entries,
});
export type BalanceWire = z.infer<typeof balanceWire>;
