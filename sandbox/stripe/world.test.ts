import { describe, expect, test } from "@jest/globals";
import { callControlText } from "../shared/call-control.ts";
import { seedWorld } from "./lifecycle/seed.ts";
import { createClock } from "./world/clock.ts";
import { CURRENCIES, settlementCurrencies } from "./world/currency.ts";
import { createLedger } from "./world/ledger.ts";
import { createObjectStore } from "./world/object-store.ts";
import { STORED_TYPES } from "./world/wire.ts";
import { createWorld } from "./world/world.ts";
import { truthOf, useSandbox, type TestSandbox } from "./testing.ts";

const NOW_S = 1_795_000_000;

/** A world seeded at a fixed time, without a server. */
function seeded(seed: number, payments: number) {
  const store = createObjectStore();
  const clock = createClock(() => NOW_S * 1000);
  const options = { seed, store, clock, serial: 0, eventsSince: NOW_S - 30 * 86_400, pendingWebhooks: () => 0 };
  const world = createWorld(options);
  const account = { world, ledger: createLedger(world) };
  seedWorld(account, { payments, nowS: NOW_S });
  return account;
}

function texts({ world: { store } }: ReturnType<typeof seeded>): string[] {
  return STORED_TYPES.flatMap((type) => store.all(type).map((entry) => store.text(entry)));
}

/** Sums of `net` over the transactions by currency and status. */
async function sumsOf(sandbox: TestSandbox): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const each of (await truthOf(sandbox, "balance_transaction")).objects) {
    const key = `${String(each["currency"])} ${String(each["status"])}`;
    sums[key] = (sums[key] ?? 0) + Number(each["net"]);
  }
  return sums;
}

/** The figures of the balance, in the same form. */
async function balanceOf(sandbox: TestSandbox): Promise<Record<string, number>> {
  const { available, pending } = await sandbox.stripe.balance.retrieve();
  const rows = [
    ...available.map(({ currency, amount }) => [`${currency} available`, amount] as const),
    ...pending.map(({ currency, amount }) => [`${currency} pending`, amount] as const),
  ];
  return Object.fromEntries(rows.filter(([, amount]) => amount !== 0));
}

const withoutZeros = (sums: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));

/** The currencies that a world has by default. */
const SEEDED = [...CURRENCIES.values()].filter(({ weight }) => weight > 0).map(({ code }) => code);

describe("the seeded world", () => {
  test("the same seed gives the same world byte by byte, and another seed gives another world", () => {
    const [one, same, other] = [texts(seeded(7, 150)), texts(seeded(7, 150)), texts(seeded(8, 150))];
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
  });

  test("contains every kind of life in every currency", () => {
    const { store } = seeded(1, 2000).world;
    const values = (type: (typeof STORED_TYPES)[number], field: "status" | "currency" | "type"): string[] =>
      [...new Set(store.all(type).map((entry) => String(entry.fields[field])))].toSorted();
    expect(values("payment_intent", "status")).toEqual([
      "canceled",
      "processing",
      "requires_action",
      "requires_capture",
      "requires_payment_method",
      "succeeded",
    ]);
    expect(values("charge", "status")).toEqual(["failed", "pending", "succeeded"]);
    expect(values("charge", "currency")).toEqual(SEEDED.toSorted());
    expect(values("refund", "status")).toEqual(["failed", "succeeded"]);
    expect(values("dispute", "status")).toEqual(
      expect.arrayContaining(["needs_response", "under_review", "won", "lost", "warning_closed"]),
    );
    expect(values("payout", "status")).toEqual(["failed", "in_transit", "paid"]);
    expect(values("event", "type")).toEqual(
      expect.arrayContaining(["customer.deleted", "payout.paid", "charge.expired"]),
    );
    expect(store.all("charge").some((entry) => entry.fields.payment_intent === undefined)).toBe(true);
    expect(store.all("customer").some((entry) => entry.deleted)).toBe(true);
    expect(store.all("event").every((entry) => entry.created >= NOW_S - 30 * 86_400)).toBe(true);
  });

  test("amounts are valid for their currency", () => {
    const { store } = seeded(3, 1000).world;
    const wrong = ["charge", "refund", "balance_transaction", "payout"].flatMap((type) =>
      store.all(type as "charge").filter((entry) => {
        const rule = CURRENCIES.get(entry.fields.currency ?? "");
        return (entry.fields.amount ?? NaN) % ((type === "payout" ? rule?.payoutStep : rule?.step) ?? 1) !== 0;
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("a charge is as large as one of Stripe's", () => {
    const { store } = seeded(1, 2000).world;
    const sizes = store.all("charge").map((entry) => store.text(entry).length);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(mean).toBeGreaterThan(2500);
    expect(mean).toBeLessThan(3500);
  });
});

describe("amounts of the world", () => {
  test("the balance is the sum of its transactions, at first and after any activity", async () => {
    await using sandbox = await useSandbox({ payments: 500 });
    const before = await balanceOf(sandbox);
    expect(Object.keys(before).length).toBeGreaterThan(5);
    expect(before).toEqual(withoutZeros(await sumsOf(sandbox)));
    await sandbox.control("POST", "activity", { count: 500 });
    const after = await balanceOf(sandbox);
    expect(after).not.toEqual(before);
    expect(after).toEqual(withoutZeros(await sumsOf(sandbox)));
  });

  test("an amount in a currency without a balance is converted at the exchange rate of its transaction", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const charge = await stripe.charges.create({ amount: 1_000_000, currency: "isk", source: "tok_visa" });
    const refund = await stripe.refunds.create({ charge: charge.id });
    const transactionOf = (id: unknown) => stripe.balanceTransactions.retrieve(String(id));
    const paid = await transactionOf(charge.balance_transaction);
    expect(paid).toMatchObject({ amount: 6_812, currency: "eur", exchange_rate: 0.006812 });
    expect(paid.net).toBe(paid.amount - paid.fee);
    expect(await transactionOf(refund.balance_transaction)).toMatchObject({ amount: -6_812, currency: "eur" });
  });

  test("the transactions of an automatic payout add up to it, also where the bank accepts whole units only", async () => {
    await using sandbox = await useSandbox({ payments: 1000 });
    const { data: payouts } = await sandbox.stripe.payouts.list({ limit: 100 });
    const settling = settlementCurrencies().filter((code) => SEEDED.includes(code));
    expect(new Set(payouts.map(({ currency }) => currency))).toEqual(new Set(settling));
    for (const payout of payouts.slice(0, 25)) {
      const list = sandbox.stripe.balanceTransactions.list({ payout: payout.id, limit: 100 });
      const linked = await list.autoPagingToArray({ limit: 10_000 });
      const paid = linked.filter(({ id }) => id !== payout.balance_transaction);
      expect(paid).toHaveLength(linked.length - 1);
      expect(paid.reduce((sum, { net }) => sum + net, 0)).toBe(payout.amount);
    }
  });

  test("captures and refunds of a charge and its intent agree with the refunds", async () => {
    await using sandbox = await useSandbox({ payments: 600 });
    await sandbox.control("POST", "activity", { count: 200 });
    const { objects: refunds } = await truthOf(sandbox, "refund");
    const { objects: charges } = await truthOf(sandbox, "charge");
    const captured = charges.filter((each) => each["captured"] === true && each["status"] === "succeeded");
    expect(captured.length).toBeGreaterThan(100);
    for (const charge of captured) {
      const own = refunds.filter((refund) => refund["charge"] === charge.id && refund["status"] === "succeeded");
      const sum = own.reduce((total, refund) => total + Number(refund["amount"]), 0);
      expect([charge.id, charge["amount_refunded"]]).toEqual([charge.id, sum]);
    }
  });
});

describe("activity of the world", () => {
  test("makes exactly the requested number of changes, and reports them", async () => {
    await using sandbox = await useSandbox({ payments: 100 });
    const answer = await sandbox.control("POST", "activity", { count: 40 });
    const changes = (
      answer as { changes: { objects: { type: string; id: string; change: string }[]; events: { id: string }[] }[] }
    ).changes;
    expect(changes).toHaveLength(40);
    for (const { objects } of changes) expect(objects.length).toBeGreaterThan(0);
    const deleted = changes.flatMap(({ objects }) => objects.filter(({ change }) => change === "deleted"));
    expect((await truthOf(sandbox, "customer")).deleted).toEqual(expect.arrayContaining(deleted.map(({ id }) => id)));
    const events = changes.flatMap((change) => change.events.map(({ id }) => id));
    const { data } = await sandbox.stripe.events.list({ limit: 100 });
    expect(data.map(({ id }) => id).slice(0, 5)).toEqual(events.toReversed().slice(0, 5));
  });

  test("continues by itself at a pace until it is quiesced", async () => {
    await using sandbox = await useSandbox({ payments: 20, activityMs: 5 });
    const count = async (): Promise<number> => (await truthOf(sandbox, "event")).objects.length;
    const first = await count();
    const deadline = performance.now() + 5000;
    while ((await count()) < first + 10 && performance.now() < deadline);
    expect(await sandbox.control("POST", "quiesce", {})).toMatchObject({ quiet: true });
    const last = await count();
    expect(last).toBeGreaterThanOrEqual(first + 10);
    await callControlText(sandbox.url, { method: "GET", path: "state" });
    expect(await count()).toBe(last);
  });
});
