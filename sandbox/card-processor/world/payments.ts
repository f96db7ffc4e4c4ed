import { CURRENCIES } from "./currencies.ts";
import { book } from "./ledger.ts";
import type { Authorization, Payment } from "./objects.ts";
import { DAY_MS, timeOf } from "./times.ts";
import type { World } from "./world.ts";

/** Networks with the first six digits of a test card each, and days for which an authorisation is valid. */
const NETWORKS = [
  ["visa", "411111", 7],
  ["mastercard", "555555", 30],
  ["amex", "378282", 7],
] as const;
const DECLINES = [
  ["insufficient_funds", "51", true],
  ["do_not_honor", "05", false],
  ["expired_card", "54", false],
  ["suspected_fraud", "59", false],
  ["issuer_unavailable", "91", true],
] as const;
const WEIGHTS: readonly (readonly [number, number])[] = [
  [6, 0],
  [2, 1],
  [1, 2],
  [1, 3],
];

/** Requests an authorisation for a new order. */
export function createPayment(world: World, atMs: number): Payment {
  const { random } = world;
  const [currency, exponent] = CURRENCIES[random.weighted(WEIGHTS)] ?? ["EUR", 2];
  const whole = BigInt(random.integer(3, 400)) * (exponent === 0 ? 100n : 1n);
  const amount = whole * 10n ** BigInt(exponent) + BigInt(random.integer(0, exponent === 0 ? 0 : 99));
  const cardholders = world.values("Cardholder").filter(({ deletedAt }) => deletedAt === undefined);
  const cardholder = cardholders[random.integer(0, Math.max(0, cardholders.length - 1))];
  const id = world.newId("pay");
  const payment: Payment = {
    id,
    createdAt: timeOf(atMs),
    cardholderId: cardholder?.id ?? "",
    amount,
    currency,
    status: "PAYMENT_STATUS_PENDING",
    capturedAmount: 0n,
    refundedAmount: 0n,
    description: `Order ${id.slice(-6)}`,
    orderReference: `SO-${id.slice(-8)}`,
    authorizations: [],
  };
  return authorize(world, payment, atMs);
}

/** Adds an authorisation to a payment: the issuer approves most of them. */
export function authorize(world: World, payment: Payment, atMs: number): Payment {
  const { random } = world;
  const [network, digits, validDays] = random.pick<readonly [string, string, number]>(NETWORKS);
  const decline = random.chance(0.12) ? random.pick<readonly [string, string, boolean]>(DECLINES) : undefined;
  const authorization: Authorization = {
    id: world.newId("aut"),
    createdAt: timeOf(atMs),
    amount: payment.amount,
    status: decline === undefined ? "AUTHORIZATION_STATUS_APPROVED" : "AUTHORIZATION_STATUS_DECLINED",
    card: {
      network,
      maskedNumber: `${digits}******${String(random.integer(0, 9999)).padStart(4, "0")}`,
      expiryMonth: random.integer(1, 12),
      expiryYear: new Date(atMs).getUTCFullYear() + random.integer(1, 4),
    },
    expiresAt: timeOf(atMs + validDays * DAY_MS),
    increments: [],
    captures: [],
    reversedAmount: 0n,
    refundedAmount: 0n,
    networkReference: String(random.integer(100_000_000, 999_999_999)),
    ...(decline !== undefined && { decline: { code: decline[0], responseCode: decline[1], mayRetry: decline[2] } }),
  };
  const status = decline === undefined ? "PAYMENT_STATUS_AUTHORIZED" : "PAYMENT_STATUS_DECLINED";
  return keep(world, { ...payment, status, authorizations: [...payment.authorizations, authorization] }, atMs);
}

/** Raises the authorised amount by a tenth, as a hotel does. */
export function increment(world: World, payment: Payment, atMs: number): Payment {
  const amount = payment.amount / 10n + 1n;
  const changed = withLast(payment, (last) => ({
    amount: last.amount + amount,
    increments: [...last.increments, { amount, createdAt: timeOf(atMs) }],
  }));
  return keep(world, { ...changed, amount: payment.amount + amount }, atMs);
}

/** Captures a part of what was authorised, or the rest; a final capture releases what remains. */
export function capture(
  world: World,
  payment: Payment,
  { amount, isFinal }: { readonly amount: bigint; readonly isFinal: boolean },
  atMs: number,
): Payment {
  const captured = payment.capturedAmount + amount;
  const changed = withLast(payment, (last) => ({
    captures: [...last.captures, { id: world.newId("cap"), amount, createdAt: timeOf(atMs), isFinal }],
    ...(isFinal && { status: "AUTHORIZATION_STATUS_COMPLETED", reversedAmount: last.amount - captured }),
  }));
  const status = isFinal ? "PAYMENT_STATUS_CAPTURED" : "PAYMENT_STATUS_PARTIALLY_CAPTURED";
  const kept = keep(world, { ...changed, capturedAmount: captured, status }, atMs);
  const origin = { currency: payment.currency, originId: lastOf(payment).id, description: payment.description };
  book(world, { kind: "LEDGER_ENTRY_KIND_CAPTURE", gross: amount, ...origin }, atMs);
  return kept;
}

/** Ends an authorisation of which nothing was captured. */
export function release(world: World, payment: Payment, how: "REVERSED" | "EXPIRED", atMs: number): Payment {
  const changed = withLast(payment, (last) => ({
    status: `AUTHORIZATION_STATUS_${how}`,
    reversedAmount: last.amount,
  }));
  return keep(world, { ...changed, status: `PAYMENT_STATUS_${how}` }, atMs);
}

/** Adds to the refunded amounts of a payment and its authorisation; negative when a refund failed. */
export function addRefunded(world: World, payment: Payment, amount: bigint, atMs: number): Payment {
  const changed = withLast(payment, (last) => ({ refundedAmount: last.refundedAmount + amount }));
  return keep(world, { ...changed, refundedAmount: payment.refundedAmount + amount }, atMs);
}

/** The newest authorisation: only that one can be captured. */
export function lastOf({ id, authorizations }: Payment): Authorization {
  const last = authorizations.at(-1);
  if (last === undefined) throw new RangeError(`payment ${id} has no authorisation`);
  return last;
}

/** A part of an amount that is a whole number of minor units: a tenth to nine tenths. */
export function partOf(world: World, amount: bigint): bigint {
  const part = (amount * BigInt(world.random.integer(1, 9))) / 10n;
  return part === 0n ? amount : part;
}

function withLast(payment: Payment, patch: (last: Authorization) => Partial<Authorization>): Payment {
  const last = lastOf(payment);
  return { ...payment, authorizations: [...payment.authorizations.slice(0, -1), { ...last, ...patch(last) }] };
}

function keep(world: World, payment: Payment, atMs: number): Payment {
  world.put("Payment", payment, atMs);
  return payment;
}
