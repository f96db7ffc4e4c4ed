import { makePerson } from "../objects/people.ts";
import type { Account } from "../operations/account.ts";
import { createCustomer, deleteCustomer, updateCustomer } from "../operations/customers.ts";
import { decideDispute, openDispute, updateDispute } from "../operations/disputes.ts";
import { authenticateIntent, cancelIntent, captureIntent, finishProcessing } from "../operations/payment-intents.ts";
import { advancePayout, createAutomaticPayout } from "../operations/payouts.ts";
import { createRefund, failRefund } from "../operations/refunds.ts";
import { portion } from "../world/currency.ts";
import type { Fields } from "../world/fields.ts";
import { createHeap } from "../world/heap.ts";
import type { Entry } from "../world/object-store.ts";
import type { StoredType } from "../world/wire.ts";
import type { ChangeSet } from "../world/change-log.ts";
import { live, planPayment, type Step } from "./payment-lifecycle.ts";
import type { PayoutSchedule } from "./payout-schedule.ts";

/** Changes the world in realistic ways, at a given rate or on demand. */
export interface Activity {
  /** Makes exactly one change, regardless of the time, and returns it. */
  change(): ChangeSet;
  /** Starts making changes automatically, `meanMs` apart on average; 0 stops. */
  setPace(meanMs: number): void;
  paceMs(): number;
  stop(): void;
}

/** A day of a payment's life passes in four seconds, so that an observer sees refunds and disputes. */
const LIFECYCLE_SPEED = 21_600;

type Action = (account: Account) => void;

/** Possible actions, by relative weight. An action that finds nothing to do changes nothing, and another is drawn. */
const ACTIONS: readonly (readonly [number, Action])[] = [
  [6, (account) => refundAnyCharge(account)],
  [
    2,
    (account) =>
      on(
        account,
        "charge",
        DISPUTABLE,
        (id) => void openDispute(account, id, { inquiry: false, reason: "fraudulent" }),
      ),
  ],
  [2, (account) => on(account, "dispute", { status: "needs_response" }, (id) => respond(account, id))],
  [
    2,
    (account) =>
      on(account, "dispute", { status: "under_review" }, (id) =>
        decideDispute(account, id, account.world.random.chance(0.5)),
      ),
  ],
  [5, (account) => on(account, "customer", {}, (id) => changeCustomer(account, id))],
  [1, (account) => on(account, "customer", {}, (id) => deleteCustomer(account.world, id))],
  [2, ({ world }) => void createCustomer(world, makePerson(world.random, "US"))],
  [
    2,
    (account) =>
      on(account, "payment_intent", { status: "requires_action" }, (id) => authenticateIntent(account, id, true)),
  ],
  [
    2,
    (account) =>
      on(account, "payment_intent", { status: "requires_capture" }, (id) => captureIntent(account, id, undefined)),
  ],
  [2, (account) => on(account, "payment_intent", { status: "processing" }, (id) => finishProcessing(account, id))],
  [
    1,
    (account) =>
      on(account, "payment_intent", { status: "requires_payment_method" }, (id) =>
        cancelIntent(account, id, "abandoned"),
      ),
  ],
  [1, (account) => void createAutomaticPayout(account, account.world.random.pick(["usd", "eur", "gbp", "jpy", "kwd"]))],
];

/** Without a schedule payouts move at any time, so that an observer sees them arrive. */
const PAYOUT_ACTIONS: typeof ACTIONS = [
  [3, (account) => on(account, "payout", { status: "pending" }, (id) => void advancePayout(account, id))],
  [3, (account) => on(account, "payout", { status: "in_transit" }, (id) => void advancePayout(account, id))],
];

const REFUNDABLE: Fields = { status: "succeeded", captured: true, refunded: false, disputed: false };
const DISPUTABLE: Fields = REFUNDABLE;

/** Creates an activity that is not running yet. With a schedule, payouts move by the clock alone. */
export function createActivity(account: Account, payoutSchedule?: PayoutSchedule): Activity {
  const { world, ledger } = account;
  const actions = payoutSchedule === undefined ? [...ACTIONS, ...PAYOUT_ACTIONS] : ACTIONS;
  const lifecycles = createHeap<{ readonly at: number; readonly steps: readonly Step[] }>((lifecycle) => lifecycle.at);
  let timer: NodeJS.Timeout | undefined;
  let paceMs = 0;

  const follow = (steps: readonly Step[], nowMs: number): void => {
    const [step] = steps;
    if (step !== undefined) lifecycles.push({ at: nowMs + (step.afterS * 1000) / LIFECYCLE_SPEED, steps });
  };
  const continueLifecycle = (): void => {
    const lifecycle = lifecycles.pop();
    const [step, ...rest] = lifecycle?.steps ?? [];
    if (step === undefined) return;
    live(step);
    follow(rest, Date.now());
  };
  const attempt = (): void => {
    const due = (lifecycles.peek()?.at ?? Infinity) <= Date.now();
    const kind = world.random.next();
    if (lifecycles.size() > 0 && (due || kind < 0.4)) continueLifecycle();
    else if (kind < 0.7) {
      follow(planPayment(account), Date.now());
      continueLifecycle();
    } else live({ afterS: 0, run: () => world.random.weighted(actions)(account) });
  };
  const change = (): ChangeSet => {
    ledger.settleDue();
    world.commit();
    const failing = pick(account, "refund", { status: "succeeded", testCard: "refundFail" });
    if (failing !== undefined) failRefund(account, failing.id);
    else attempt();
    const changes = world.commit();
    return changes.changed.length > 0 ? changes : change();
  };
  const tick = (): void => {
    payoutSchedule?.catchUp();
    change();
    schedule();
  };
  const schedule = (): void => {
    // Between half and one and a half of the mean, so that no other process runs in step with it.
    timer = setTimeout(tick, paceMs * (0.5 + world.random.next()));
  };
  const setPace = (meanMs: number): void => {
    clearTimeout(timer);
    paceMs = meanMs;
    if (meanMs > 0) schedule();
  };
  return { change, setPace, paceMs: () => paceMs, stop: () => setPace(0) };
}

/**
 * Picks a random entry with the given field values, among some hundred near a random position; undefined when there is
 * none.
 */
function pick({ world }: Account, type: StoredType, criteria: Fields): Entry | undefined {
  const entries = world.store.all(type);
  const start = world.random.integer(0, Math.max(0, entries.length - 1));
  const names = Object.keys(criteria) as (keyof Fields)[];
  for (let i = 0; i < Math.min(entries.length, 500); i += 1) {
    const entry = entries[(start + i) % entries.length];
    if (entry === undefined || entry.deleted) continue;
    if (names.every((name) => entry.fields[name] === criteria[name])) return entry;
  }
  return undefined;
}

function on(account: Account, type: StoredType, criteria: Fields, act: (id: string) => void): void {
  const entry = pick(account, type, criteria);
  if (entry !== undefined) act(entry.id);
}

function refundAnyCharge(account: Account): void {
  const { random, store } = account.world;
  on(account, "charge", REFUNDABLE, (id) => {
    const charge = store.get("charge", id);
    if (charge === undefined) return;
    const left = charge.amount - charge.amount_refunded;
    const amount = random.chance(0.5) ? undefined : portion(charge.currency, left, 0.5);
    const input = { charge: id, paymentIntent: undefined, amount, metadata: {} };
    createRefund(account, { ...input, reason: "requested_by_customer" });
  });
}

function respond(account: Account, id: string): void {
  updateDispute(account, id, {
    evidence: { uncategorized_text: "Delivered, signed for." },
    metadata: undefined,
    submit: true,
  });
}

function changeCustomer({ world }: Account, id: string): void {
  const { email, address } = makePerson(world.random, "US");
  updateCustomer(world, id, { email, address, metadata: { touched: String(world.random.integer(1, 1_000_000)) } });
}
