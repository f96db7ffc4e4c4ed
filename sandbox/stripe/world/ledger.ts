import { conversionOf } from "./currency.ts";
import { createHeap } from "./heap.ts";
import type { Entry } from "./object-store.ts";
import type { Balance, BalanceTransaction } from "./wire.ts";
import type { World } from "./world.ts";

/**
 * One movement of money on the account's balance. Amounts in the currency's smallest unit, negative when money leaves.
 */
export interface Movement {
  readonly type: BalanceTransaction["type"];
  readonly reportingCategory: string;
  readonly amount: number;
  readonly fee: number;
  readonly currency: string;
  readonly source: string | null;
  readonly description: string | null;
  /** Seconds until it becomes available; 0 for immediately. */
  readonly availableAfterS: number;
}

/**
 * The account's balance. For each currency, always: available = sum of net over the available transactions, pending =
 * the same over the pending ones.
 */
export interface Ledger {
  /** Books a movement and returns its balance transaction. */
  book(movement: Movement): BalanceTransaction;
  balance(): Balance;
  available(currency: string): number;
  currencies(): readonly string[];
  /** Moves everything that is due from pending to available; emits `balance.available` if there was anything. */
  settleDue(): void;
  /** Available transactions of a currency that no automatic payout has paid out yet, oldest first. */
  unpaid(currency: string): readonly Entry[];
  /** Marks transactions as paid out by an automatic payout. */
  link(entries: readonly Entry[], payout: string): void;
}

interface Sums {
  available: number;
  pending: number;
  /** Available and not in an automatic payout. */
  readonly unpaid: Set<Entry>;
}

/** Creates the ledger of a world. Reads the transactions that are already in the store. */
export function createLedger(world: World): Ledger {
  const sums = new Map<string, Sums>();
  const due = createHeap<Entry>((entry) => entry.fields.available_on ?? 0);

  const sumsOf = (currency: string): Sums => {
    const found = sums.get(currency);
    if (found !== undefined) return found;
    const fresh: Sums = { available: 0, pending: 0, unpaid: new Set() };
    sums.set(currency, fresh);
    return fresh;
  };
  const count = (entry: Entry): void => {
    const { currency = "", net = 0, status, payout } = entry.fields;
    const sum = sumsOf(currency);
    if (status === "pending") {
      sum.pending += net;
      due.push(entry);
      return;
    }
    sum.available += net;
    if (payout === undefined) sum.unpaid.add(entry);
  };
  for (const entry of world.store.all("balance_transaction")) count(entry);

  const settle = (entry: Entry): void => {
    const { currency = "", net = 0 } = entry.fields;
    const sum = sumsOf(currency);
    sum.pending -= net;
    sum.available += net;
    sum.unpaid.add(entry);
    world.update("balance_transaction", entry.id, { status: "available" });
  };
  const balance = (): Balance => balanceOf(sums);

  return {
    balance,
    book(movement) {
      const object = transactionOf(world, movement);
      world.create("balance_transaction", object, []);
      const entry = world.store.find("balance_transaction", object.id);
      if (entry !== undefined) count(entry);
      return object;
    },
    available: (currency) => sums.get(currency)?.available ?? 0,
    currencies: () => [...sums.keys()],
    settleDue() {
      const now = world.now();
      if ((due.peek()?.fields.available_on ?? Infinity) > now) return;
      while ((due.peek()?.fields.available_on ?? Infinity) <= now) {
        const entry = due.pop();
        if (entry !== undefined) settle(entry);
      }
      world.emit("balance.available", JSON.stringify(balance()));
    },
    unpaid: (currency) => [...(sums.get(currency)?.unpaid ?? [])],
    link(entries, payout) {
      for (const entry of entries) {
        sumsOf(entry.fields.currency ?? "").unpaid.delete(entry);
        world.annotate(entry, { payout });
      }
    },
  };
}

/** Converts the movement into a currency of the balance, at the rate of the day. */
function converted(movement: Movement): Movement & { readonly rate: number | null } {
  const conversion = conversionOf(movement.currency);
  if (conversion === undefined) return { ...movement, rate: null };
  const { currency, rate } = conversion;
  // A refund reverses the amount that its charge added: halves are rounded away from zero in both directions.
  const convert = (amount: number): number => Math.sign(amount) * Math.round(Math.abs(amount) * rate);
  return { ...movement, amount: convert(movement.amount), fee: convert(movement.fee), currency, rate };
}

function transactionOf(world: World, movement: Movement): BalanceTransaction {
  const { amount, fee, currency, rate, type, reportingCategory, source, description, availableAfterS } =
    converted(movement);
  const detail = {
    amount: fee,
    application: null,
    currency,
    description: "Stripe processing fees",
    type: "stripe_fee",
  };
  const created = world.now();
  return {
    id: world.newId("txn_3"),
    object: "balance_transaction",
    amount,
    available_on: created + availableAfterS,
    balance_type: "payments",
    created,
    currency,
    description,
    exchange_rate: rate,
    fee,
    fee_details: fee === 0 ? [] : [detail],
    net: amount - fee,
    reporting_category: reportingCategory,
    source,
    status: availableAfterS > 0 ? "pending" : "available",
    type,
  };
}

function balanceOf(sums: ReadonlyMap<string, Sums>): Balance {
  const rows = (kind: "available" | "pending") =>
    Array.from(sums, ([currency, sum]) => ({ amount: sum[kind], currency, source_types: { card: sum[kind] } }));
  const refund = { available: [], pending: [] };
  return {
    object: "balance",
    available: rows("available"),
    instant_available: rows("available"),
    livemode: false,
    pending: rows("pending"),
    refund_and_dispute_prefunding: refund,
  };
}
