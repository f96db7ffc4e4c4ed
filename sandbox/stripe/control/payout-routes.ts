import { z } from "zod";
import { bookMovement, MOVEMENT_NAMES } from "../operations/ledger-movements.ts";
import { advancePayout, createAutomaticPayout, failPayout } from "../operations/payouts.ts";
import { decimalText } from "../../shared/decimal.ts";
import { decimalsOf } from "../world/currency.ts";
import type { ControlCall, ControlOptions, ControlRoute } from "./control-route.ts";

const scheduleBody = z.strictObject({ currency: z.string().length(3) });
const movementBody = z.strictObject({
  kind: z.enum(MOVEMENT_NAMES),
  currency: z.string().length(3),
  amount: z.int().positive(),
});
const stepBody = z.strictObject({ step: z.enum(["advance", "fail"]) });

/** Routes for actions on payouts that Stripe takes itself. */
export const PAYOUT_ROUTES: readonly (readonly [string, ControlRoute])[] = [
  ["GET payouts", payoutList],
  ["POST payouts", schedulePayout],
  ["POST payouts/:id", movePayout],
  ["POST movements", book],
];

/** Payouts as the bank that receives them sees them, oldest first: amounts in decimal, negative where money is taken. */
function payoutList({ account: { world } }: ControlOptions) {
  const payouts = world.store.all("payout").flatMap(({ id }) => {
    const payout = world.store.get("payout", id);
    if (payout === undefined) return [];
    return {
      id,
      status: payout.status,
      currency: payout.currency.toUpperCase(),
      amount: decimalText(BigInt(payout.amount), decimalsOf(payout.currency)),
      arrivesOn: new Date(payout.arrival_date * 1000).toISOString().slice(0, 10),
      traceId: payout.trace_id?.value ?? null,
    };
  });
  return { json: { payouts } };
}

/** Creates the scheduled payout of a currency immediately. */
function schedulePayout({ account }: ControlOptions, call: ControlCall) {
  const { currency } = scheduleBody.parse(call.body);
  account.ledger.settleDue();
  const id = createAutomaticPayout(account, currency);
  account.world.commit();
  return { json: { id: id ?? null } };
}

function movePayout({ account }: ControlOptions, { id, body }: ControlCall) {
  if (account.world.store.get("payout", id) === undefined) return undefined;
  if (stepBody.parse(body).step === "fail") failPayout(account, id);
  else advancePayout(account, id);
  account.world.commit();
  return { json: { id } };
}

/** Books a loan, a reserve, a fee or a correction, as Stripe does by itself. */
function book({ account }: ControlOptions, call: ControlCall) {
  const id = bookMovement(account, movementBody.parse(call.body));
  account.world.commit();
  return { json: { id } };
}
