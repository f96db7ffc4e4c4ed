import { z } from "zod";

/** A movement that the bank learns of while it runs: a payout that arrives, a customer who pays now. */
export const bookingSchema = z.strictObject({
  /** Unique in the bank; a second booking with the same id is ignored. */
  id: z.string().min(1).max(200),
  currency: z.string().length(3),
  /** Decimal number in the account's currency; negative for a debit. */
  amount: z.string().regex(/^-?\d+(?:\.\d+)?$/u),
  /** Date on which the money arrives. */
  on: z.iso.date(),
  /** True for a transfer that is booked on any day; others are booked on weekdays. */
  isInstant: z.boolean().optional(),
  counterparty: z.string().min(1),
  /** Reference that the payer gave. */
  endToEndId: z.string().max(35).optional(),
  text: z.string().min(1).max(140),
});
export type BookingRequest = z.infer<typeof bookingSchema>;

/** A movement as the bank has booked it. */
export const bookedSchema = bookingSchema.extend({
  /** Position among all bookings of the bank, from 1. */
  serial: z.int().positive(),
  /** The first open day of the bank on which money moves. */
  bookedOn: z.iso.date(),
  /** `HH:MM:SS` */
  bookedAt: z.iso.time({ precision: 0 }),
});
export type Booking = z.infer<typeof bookedSchema>;
