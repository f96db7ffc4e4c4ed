import type { Company } from "../../shared/company.ts";
import { createCardholder, deleteCardholder, renameCardholder } from "./cardholders.ts";
import { advanceDispute, isOpen, openDispute } from "./disputes.ts";
import type { Kind, Stored } from "./objects.ts";
import { authorize, capture, createPayment, increment, lastOf, partOf, release } from "./payments.ts";
import { createRefund, endRefund } from "./refunds.ts";
import { catchUpSettlements } from "./settlements.ts";
import type { World } from "./world.ts";

/** Objects that one change affected. */
export type Changed = readonly { readonly kind: Kind; readonly id: string }[];

/** Simulates a merchant's business, at a given rate or on demand. */
export interface Activity {
  /** Makes this many changes, each of which may affect several objects. */
  act(count: number): readonly Changed[];
  /** Average milliseconds between changes; 0 stops. */
  setPace(meanMs: number): void;
  stop(): void;
}

export function createActivity(world: World, company: Company, nowMs: () => number): Activity {
  let timer: NodeJS.Timeout | undefined;
  let changes: Stored[] = [];
  world.onCommit((committed) => changes.push(...committed));
  const act = (count: number): readonly Changed[] =>
    Array.from({ length: count }, () => {
      changes = [];
      happen(world, nowMs());
      world.commit();
      return changes.map(({ kind, id }) => ({ kind, id }));
    });
  const setPace = (meanMs: number): void => {
    clearTimeout(timer);
    if (meanMs === 0) return;
    timer = setTimeout(
      () => {
        catchUpSettlements(world, company, nowMs());
        act(1);
        setPace(meanMs);
      },
      meanMs * (0.5 + world.random.next()),
    );
  };
  return { act, setPace, stop: () => clearTimeout(timer) };
}

type Step = (world: World, nowMs: number) => boolean;

/** Steps by weight; one that finds no object to change is replaced by a new payment. */
const STEPS: readonly (readonly [weight: number, step: Step])[] = [
  [30, (world, nowMs) => createPayment(world, nowMs) !== undefined],
  [25, captureOne],
  [4, (world, nowMs) => withPayment(world, "AUTHORIZED", (payment) => increment(world, payment, nowMs))],
  [4, (world, nowMs) => withPayment(world, "AUTHORIZED", (payment) => release(world, payment, "REVERSED", nowMs))],
  [4, (world, nowMs) => withPayment(world, "DECLINED", (payment) => authorize(world, payment, nowMs))],
  [10, refundOne],
  [
    6,
    (world, nowMs) =>
      pick(
        world,
        "Refund",
        ({ status }) => status === "REFUND_STATUS_PENDING",
        (refund) => endRefund(world, refund, world.random.chance(0.15), nowMs),
      ),
  ],
  [4, (world, nowMs) => withPayment(world, "CAPTURED", (payment) => openDispute(world, payment, nowMs))],
  [4, (world, nowMs) => pick(world, "Dispute", isOpen, (dispute) => advanceDispute(world, dispute, nowMs))],
  [5, (world, nowMs) => createCardholder(world, nowMs) !== undefined],
  [
    3,
    (world, nowMs) =>
      pick(
        world,
        "Cardholder",
        ({ deletedAt }) => deletedAt === undefined,
        (one) => renameCardholder(world, one, nowMs),
      ),
  ],
  [
    1,
    (world, nowMs) =>
      pick(
        world,
        "Cardholder",
        ({ deletedAt }) => deletedAt === undefined,
        (one) => deleteCardholder(world, one, nowMs),
      ),
  ],
];

function happen(world: World, nowMs: number): void {
  if (!world.random.weighted(STEPS)(world, nowMs)) createPayment(world, nowMs);
}

function captureOne(world: World, nowMs: number): boolean {
  const isOpenPayment = world.random.chance(0.3) ? "PARTIALLY_CAPTURED" : "AUTHORIZED";
  return withPayment(world, isOpenPayment, (payment) => {
    const rest = lastOf(payment).amount - payment.capturedAmount;
    const isFinal = world.random.chance(0.7);
    capture(world, payment, { amount: isFinal ? rest : partOf(world, rest), isFinal }, nowMs);
  });
}

function refundOne(world: World, nowMs: number): boolean {
  return withPayment(world, "CAPTURED", (payment) => {
    const rest = payment.capturedAmount - payment.refundedAmount;
    if (rest > 0n) createRefund(world, payment, world.random.chance(0.5) ? rest : partOf(world, rest), nowMs);
  });
}

type PaymentWord = "AUTHORIZED" | "PARTIALLY_CAPTURED" | "CAPTURED" | "DECLINED";

function withPayment(
  world: World,
  word: PaymentWord,
  run: (payment: Parameters<typeof lastOf>[0]) => unknown,
): boolean {
  return pick(world, "Payment", ({ status }) => status === `PAYMENT_STATUS_${word}`, run);
}

/** Runs a step for an object that satisfies the condition, near a random position. False: there is none. */
function pick<K extends Kind>(
  world: World,
  kind: K,
  matches: (value: NonNullable<Stored<K>["value"]>) => boolean,
  run: (value: NonNullable<Stored<K>["value"]>) => unknown,
): boolean {
  const all = world.values(kind);
  const start = world.random.integer(0, Math.max(0, all.length - 1));
  const found = all.slice(start).find(matches) ?? all.find(matches);
  if (found === undefined) return false;
  run(found);
  return true;
}
