import { z } from "zod";

/** PostgreSQL accepts neither U+0000 nor an unpaired surrogate; one such value would fail its whole batch. */
const text = z.string().refine((value) => value.isWellFormed() && !value.includes("\0"), "storable text");

/**
 * Every field that we read; others are ignored. Enumerations that may grow are text here, and the map knows some of
 * their values.
 */
export const paymentWire = z.object({
  id: text.min(1).max(255),
  /** Smallest units of the currency. A bigint where it is beyond 2^53. */
  amount: z.union([z.bigint(), z.int()], { error: "an integer" }).transform(BigInt),
  currency: text,
  status: text,
  created_at: z.iso.datetime({ offset: true, error: "an RFC 3339 time" }),
  updated_at: z.iso.datetime({ offset: true, error: "an RFC 3339 time" }),
});
export type PaymentWire = z.infer<typeof paymentWire>;

/** A page. Items are parsed one by one, so that a malformed one stops only itself. */
export const pageWire = z.object({
  data: z.array(z.unknown()),
  next: z.string().min(1),
  has_more: z.boolean(),
});
