import type { Company } from "../../shared/company.ts";
import { createCardholder } from "./cardholders.ts";
import { advanceDispute, isOpen, openDispute } from "./disputes.ts";
import { authorize, capture, createPayment, increment, lastOf, partOf, release } from "./payments.ts";
import { createRefund, endRefund } from "./refunds.ts";
import { catchUpSettlements } from "./settlements.ts";
import { DAY_MS, dayOf, HOUR_MS } from "./times.ts";
import type { World } from "./world.ts";
import type { Payment } from "./objects.ts";

const DAYS = 90;
const PAYMENTS_PER_CARDHOLDER = 8;

/** Creates ninety days of payments up to now, each with its life so far, and the settlements of these days. */
export function seedWorld(world: World, company: Company, payments: number, nowMs: number): void {
  const startMs = nowMs - DAYS * DAY_MS;
  world.setState({ settledThrough: dayOf(startMs) });
  for (let index = 0; index * PAYMENTS_PER_CARDHOLDER < payments; index += 1)
    createCardholder(world, startMs + index * HOUR_MS * 0.1);
  const pause = (nowMs - HOUR_MS - startMs) / Math.max(1, payments);
  for (let index = 0; index < payments; index += 1) live(world, Math.floor(startMs + (index + 0.5) * pause), nowMs);
  world.commit();
  catchUpSettlements(world, company, nowMs);
  world.forget();
  world.commit();
}

/** The life of one payment; nothing of it is later than now. */
function live(world: World, createdMs: number, nowMs: number): void {
  const { random } = world;
  let atMs = createdMs;
  const passes = (maxHours: number): boolean => {
    atMs += Math.floor((0.1 + random.next()) * maxHours * HOUR_MS);
    return atMs < nowMs;
  };
  let payment = createPayment(world, atMs);
  if (payment.status === "PAYMENT_STATUS_DECLINED" && random.chance(0.6) && passes(1))
    payment = authorize(world, payment, atMs);
  if (payment.status !== "PAYMENT_STATUS_AUTHORIZED") return;
  if (random.chance(0.08) && passes(12)) payment = increment(world, payment, atMs);
  const draw = random.next();
  if (draw < 0.05) return void (passes(24) && release(world, payment, "REVERSED", atMs));
  if (draw < 0.08) return void (passes(31 * 24) && release(world, payment, "EXPIRED", atMs));
  if (!passes(24)) return;
  payment = captureAll(world, payment, atMs);
  if (random.chance(0.1) && passes(240)) refund(world, payment, atMs, nowMs);
  else if (random.chance(0.03) && passes(480)) dispute(world, payment, atMs, nowMs);
}

/** Captures at once, or in two parts of which the second follows immediately. */
function captureAll(world: World, payment: Payment, atMs: number): Payment {
  const { amount } = lastOf(payment);
  const first = world.random.chance(0.1) ? partOf(world, amount) : amount;
  if (first === amount) return capture(world, payment, { amount, isFinal: true }, atMs);
  const half = capture(world, payment, { amount: first, isFinal: false }, atMs);
  return capture(world, half, { amount: partOf(world, amount - first), isFinal: true }, atMs + 1);
}

function refund(world: World, payment: Payment, atMs: number, nowMs: number): void {
  const { random } = world;
  const amount = random.chance(0.5) ? payment.capturedAmount : partOf(world, payment.capturedAmount);
  const created = createRefund(world, payment, amount, atMs);
  const endsMs = atMs + random.integer(1, 72) * HOUR_MS;
  if (endsMs < nowMs) endRefund(world, created, random.chance(0.1), endsMs);
}

function dispute(world: World, payment: Payment, atMs: number, nowMs: number): void {
  let current = openDispute(world, payment, atMs);
  for (let stepMs = atMs; isOpen(current);) {
    stepMs += world.random.integer(1, 20) * DAY_MS;
    if (stepMs >= nowMs) return;
    current = advanceDispute(world, current, stepMs);
  }
}
