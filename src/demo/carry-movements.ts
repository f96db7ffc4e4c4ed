import { z } from "zod";
import type { BookingRequest } from "../../sandbox/iso20022-bank/world/booking.ts";
import { callSandbox } from "./control-api.ts";

/*
 * Carries money between the sandboxes, which know nothing of each other: payouts of the payment processor and
 * settlements of the card processor arrive at the bank, and the account feed and the company's own books show what the
 * bank has booked. Every step may be repeated: bookings and movements have ids, and those that are known are left out.
 */

/** Addresses of the sandboxes. */
export interface MoneyPlaces {
  readonly stripeUrl: string;
  readonly cardProcessorUrl: string;
  readonly bankUrl: string;
  readonly plaidUrl: string;
  /** Books the bank's movements, as its control API lists them, in the company's core database; undefined: it has none. */
  readonly bookMovements?: (movements: unknown) => Promise<void>;
}

const payoutList = z.object({
  payouts: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      currency: z.string(),
      amount: z.string(),
      arrivesOn: z.iso.date(),
      traceId: z.string().nullable(),
    }),
  ),
});
type StripePayout = z.infer<typeof payoutList>["payouts"][number];

const settlementList = z.object({
  settlements: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      currency: z.string(),
      amount: z.string(),
      arrivesOn: z.iso.date(),
      bankReference: z.string(),
    }),
  ),
});
type Settlement = z.infer<typeof settlementList>["settlements"][number];

/** One payout never arrives, although the processor says so: the ninth one in pounds. */
const LOST = { currency: "GBP", index: 8 } as const;

/**
 * Books the payouts and settlements that have arrived at the bank, closes the bank's days before today, and shows the
 * account feed and the core database what the bank has booked since a date (`YYYY-MM-DD`).
 */
export async function carryMovements(places: MoneyPlaces, since: string, signal: AbortSignal): Promise<void> {
  const { stripeUrl, cardProcessorUrl, bankUrl, plaidUrl, bookMovements } = places;
  const { payouts } = payoutList.parse(await callSandbox(stripeUrl, { method: "GET", path: "payouts", signal }));
  const listed = await callSandbox(cardProcessorUrl, { method: "GET", path: "settlements", signal });
  const settlements = settlementList.parse(listed).settlements.filter(({ status }) => status === "paid");
  const bookings = [...arrived(payouts).map(bookingOf), ...settlements.map(bookingOfSettlement)];
  await callSandbox(bankUrl, { method: "POST", path: "bookings", body: { bookings }, signal });
  await callSandbox(bankUrl, { method: "POST", path: "catch-up", signal });
  const movements = await callSandbox(bankUrl, { method: "GET", path: `movements?from=${since}`, signal });
  await callSandbox(plaidUrl, { method: "POST", path: "feed", body: movements, signal });
  await bookMovements?.(movements);
}

/** Without the one that is lost. A payout that was returned has not arrived either. */
function arrived(payouts: readonly StripePayout[]): readonly StripePayout[] {
  const lost = payouts.filter(({ currency }) => currency === LOST.currency)[LOST.index];
  return payouts.filter((payout) => payout.status === "paid" && payout !== lost);
}

function bookingOf({ id, currency, amount, arrivesOn, traceId }: StripePayout): BookingRequest {
  return {
    id,
    currency,
    amount,
    on: arrivesOn,
    counterparty: "STRIPE PAYMENTS EUROPE LTD",
    text: "STRIPE PAYOUT",
    ...(traceId !== null && { endToEndId: traceId }),
  };
}

function bookingOfSettlement({ id, currency, amount, arrivesOn, bankReference }: Settlement): BookingRequest {
  return {
    id,
    currency,
    amount,
    on: arrivesOn,
    counterparty: "CARD PROCESSOR SETTLEMENTS",
    text: "CARD SETTLEMENT",
    endToEndId: bankReference,
  };
}
