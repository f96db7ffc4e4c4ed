import type { BankTransactionRecord, DomainRecord, PayoutRecord } from "../../src/domain/entities.ts";
import { addBusinessDays, addDays, type PayoutRoute } from "../../src/domain/payout-route.ts";
import { bankTransactionRecord } from "./bank-world.ts";
import { createDraw, type Draw } from "./draw.ts";
import { ledgerEntryRecord, paymentRecord, payoutRecord, refundRecord, disputeRecord } from "./ledger-world.ts";

/** Kinds of breaks that are planted: money that the bank's transactions do not explain, or explain twice. */
export const BREAKS = ["MISSING", "DOUBLED", "ALTERED", "CURRENCY"] as const;
type BreakKind = (typeof BREAKS)[number];

export interface PlantedBreak {
  readonly kind: BreakKind;
  readonly payouts: readonly string[];
  readonly transactions: readonly string[];
}

/** Payments, their ledger, payouts and bank transactions of a company, and the truth about them. */
export interface GeneratedWorld {
  /** Objects of the processor. */
  readonly processor: readonly DomainRecord[];
  /** Transactions of the bank. */
  readonly bank: readonly BankTransactionRecord[];
  readonly routes: readonly PayoutRoute[];
  /** Day by which everything has happened. */
  readonly today: string;
  /** Which payouts arrived as which transactions, by their external ids: `po_1 po_2 = b_7`. */
  readonly truth: ReadonlySet<string>;
  /** Number of true matches; of a payout that was booked twice, one of two counts. */
  readonly matches: number;
  readonly breaks: readonly PlantedBreak[];
}

const CURRENCIES = ["EUR", "USD", "GBP", "SEK"] as const;
type Currency = (typeof CURRENCIES)[number];
/** What the bank takes from each transfer in US dollars, in cents. */
const FEE = 150n;
const FIRST_DAY = "2025-01-06";
const PER_PAYOUT = 20;
/** Payouts of one credit, at most. */
const MAX_MERGED = 4;

const ROUTE = { usualDays: 2, holidays: new Set<string>(["2025-12-25", "2025-12-26"]) } as const;

function routeOf(currency: Currency, fee: PayoutRoute["fee"], exchange: PayoutRoute["exchange"]): PayoutRoute {
  return {
    ...ROUTE,
    exchange,
    id: `arrivals-${currency.toLowerCase()}`,
    from: { sourceId: "stripe-main", accountExternalId: undefined, currency },
    to: { sourceId: "bank", accountExternalId: accountOf(currency) },
    names: ["STRIPE"],
    fee,
  };
}

/** Payouts in kronor arrive on the account in euro, where the bank states what was instructed. */
const accountOf = (currency: Currency): string => `ACCOUNT-${currency === "SEK" ? "EUR" : currency}`;

/** The declared routes of every generated world. Pounds have none. */
export const ROUTES: readonly PayoutRoute[] = [
  routeOf("EUR", [], undefined),
  routeOf("USD", [{ upTo: undefined, amount: "1.50" }], undefined),
  routeOf("SEK", [], { by: "INSTRUCTED_AMOUNT", to: "EUR" }),
];

/** Key of a true match. */
export function truthKey(payouts: readonly string[], transactions: readonly string[]): string {
  return `${payouts.toSorted().join(" ")} = ${transactions.toSorted().join(" ")}`;
}

/** Makes a world of so many payments: the same for the same seed. */
export function generateWorld(seed: number, payments: number): GeneratedWorld {
  const world = new WorldBuilder(createDraw(seed));
  const count = Math.ceil(payments / PER_PAYOUT);
  for (let n = 0; n < count; n++) world.addPayout(n, payments);
  world.arrive();
  return world.finish();
}

interface Paid {
  readonly record: PayoutRecord;
  readonly minor: bigint;
  readonly currency: Currency;
  readonly day: string;
}

class WorldBuilder {
  readonly #draw: Draw;
  readonly #processor: DomainRecord[] = [];
  readonly #bank: BankTransactionRecord[] = [];
  readonly #truth = new Set<string>();
  readonly #breaks: PlantedBreak[] = [];
  readonly #paid: Paid[] = [];
  #matches = 0;
  #entries = 0;
  /** Day of the payouts that are being added, one of each currency. */
  #day = FIRST_DAY;

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  /** Payments with their fees, some refunds and disputes, and the payout of what is left. */
  addPayout(n: number, payments: number): void {
    const draw = this.#draw;
    const currency = CURRENCIES[n % CURRENCIES.length] ?? "EUR";
    if (n > 0 && n % CURRENCIES.length === 0) this.#day = addBusinessDays(this.#day, 1, ROUTE.holidays);
    const day = this.#day;
    let net = 0n;
    for (let p = n * PER_PAYOUT; p < Math.min((n + 1) * PER_PAYOUT, payments); p++) {
      const gross = BigInt(draw.between(500, 250_000));
      const money = { minor: gross, exponent: 2, currency };
      const fee = gross / 50n + 25n;
      this.#processor.push(paymentRecord(p, { amount: money, capturedMinor: gross }));
      this.#processor.push({
        ...ledgerEntryRecord(p, "PaymentAttempt"),
        gross: money,
        feeMinor: fee,
        netMinor: gross - fee,
      });
      net += gross - fee;
      if (draw.chance(4)) this.#processor.push({ ...refundRecord(p), amount: { ...money, minor: gross / 2n } });
      if (draw.chance(1)) this.#processor.push({ ...disputeRecord(p), amount: money });
    }
    // Some payouts have one amount: only references distinguish them.
    const last = this.#paid.findLast((one) => one.currency === currency);
    if (last !== undefined && draw.chance(3)) net = last.minor;
    const trace = `TRACE${draw.between(10_000_000, 99_999_999)}N${n}`;
    const record: PayoutRecord = {
      ...payoutRecord(n),
      externalId: `po_${n.toString(36)}w${draw.between(100_000, 999_999)}`,
      amount: { minor: net, exponent: 2, currency },
      arrivalDate: day,
      references: [
        { scheme: "trace_id", value: trace },
        { scheme: "statement_descriptor", value: "SLUICE GENERATED WORLD" },
      ],
    };
    this.#processor.push(record);
    this.#paid.push({ record, minor: net, currency, day });
  }

  /** Lets the payouts of each currency arrive, in order. */
  arrive(): void {
    for (const currency of CURRENCIES) {
      const own = this.#paid.filter((one) => one.currency === currency);
      for (let index = 0; index < own.length;) index += this.#arriveNext(own.slice(index, index + MAX_MERGED));
    }
    this.#addOthers();
  }

  /** @returns number of payouts that have arrived, or never will */
  #arriveNext(waiting: readonly Paid[]): number {
    const draw = this.#draw;
    const [first] = waiting;
    if (first === undefined) return 1;
    if (first.currency === "SEK" && draw.chance(6)) return this.#breakOne("CURRENCY", first);
    const kind = draw.weighted({ plain: 70, merged: 9, split: 6, late: 5, MISSING: 3, DOUBLED: 3, ALTERED: 4 });
    if (kind === "merged" && waiting.length === MAX_MERGED)
      return this.#merge(waiting.slice(0, draw.between(2, MAX_MERGED)));
    if (kind === "split" && first.currency !== "USD") return this.#split(first);
    if (kind === "late") return this.#arriveOnce(first, draw.between(8, 30), true);
    if (kind === "MISSING" || kind === "DOUBLED" || kind === "ALTERED") return this.#breakOne(kind, first);
    return this.#arriveOnce(first, draw.between(0, 2), draw.chance(70));
  }

  #arriveOnce(paid: Paid, days: number, isNamed: boolean): number {
    const id = this.#book(paid, { minor: this.#afterFee(paid, paid.minor), days, named: isNamed ? [paid] : [] });
    this.#match([paid], [id]);
    return 1;
  }

  /** Several payouts in one credit, which names all of them, the first or none. */
  #merge(own: readonly Paid[]): number {
    const last = own.at(-1);
    if (last === undefined) return 1;
    const total = own.reduce((sum, { minor }) => sum + minor, 0n);
    const named = this.#draw.weighted({ all: 60, first: 20, none: 20 });
    const id = this.#book(last, {
      minor: this.#afterFee(last, total),
      days: this.#draw.between(0, 1),
      named: named === "all" ? own : named === "first" ? own.slice(0, 1) : [],
    });
    this.#match(own, [id]);
    return own.length;
  }

  /** One payout in two or three credits, which all name it, or only the first one does. */
  #split(paid: Paid): number {
    const parts = this.#draw.between(2, 3);
    const isNamed = this.#draw.chance(70);
    let left = paid.minor;
    const ids = Array.from({ length: parts }, (_, n) => {
      const minor =
        n === parts - 1 ? left : left / BigInt(this.#draw.between(2, 4)) + BigInt(this.#draw.between(1, 99));
      left -= minor;
      return this.#book(paid, { minor, days: n, named: isNamed || n === 0 ? [paid] : [] });
    });
    this.#match([paid], ids);
    return 1;
  }

  #breakOne(kind: BreakKind, paid: Paid): number {
    const { externalId } = paid.record;
    const named = this.#draw.chance(60) ? [paid] : [];
    const minor = this.#afterFee(paid, paid.minor);
    const ids: string[] = [];
    if (kind === "ALTERED")
      ids.push(this.#book(paid, { minor: minor + (this.#draw.chance(50) ? 1n : -1n), days: 1, named }));
    if (kind === "CURRENCY") ids.push(this.#book({ ...paid, instructed: "NOK" }, { minor, days: 1, named }));
    if (kind === "DOUBLED") {
      for (const days of [0, 1]) ids.push(this.#book(paid, { minor, days, named }));
      for (const id of ids) this.#truth.add(truthKey([externalId], [id]));
      this.#matches += 1;
    }
    this.#breaks.push({ kind, payouts: [externalId], transactions: ids });
    return 1;
  }

  #afterFee({ currency }: Paid, minor: bigint): bigint {
    return currency === "USD" ? minor - FEE : minor;
  }

  #match(paid: readonly Paid[], transactions: readonly string[]): void {
    this.#truth.add(
      truthKey(
        paid.map(({ record }) => record.externalId),
        transactions,
      ),
    );
    this.#matches += 1;
  }

  /** @returns external id of the transaction */
  #book(
    paid: Pick<Paid, "currency" | "day"> & { readonly instructed?: string },
    { minor, days, named }: { readonly minor: bigint; readonly days: number; readonly named: readonly Paid[] },
  ): string {
    const inReferences = this.#draw.chance(40);
    const names = named.map(({ record }) => (inReferences ? (record.references[0]?.value ?? "") : record.externalId));
    return this.#transaction(paid.currency, addDays(paid.day, days), minor, {
      searchText: `STRIPE PAYMENTS ${inReferences ? "" : names.join(" ")}`,
      referenceValues: inReferences ? names : [],
      ...(paid.instructed !== undefined && this.#converted(minor, paid.instructed)),
    });
  }

  /** An amount in another currency as the account in euro has it: what was instructed, and what was booked of it. */
  #converted(minor: bigint, currency: string): Pick<BankTransactionRecord, "amount" | "amounts"> {
    const rate = BigInt(this.#draw.between(800, 950));
    return {
      amount: { minor: (minor * rate) / 10_000n + 1n, exponent: 2, currency: "EUR" },
      amounts: [
        {
          name: "InstdAmt",
          money: { minor, exponent: 2, currency },
          exchange: { sourceCurrency: currency, targetCurrency: "EUR", unitCurrency: currency, rate: `0.0${rate}` },
        },
      ],
    };
  }

  #transaction(currency: Currency, day: string, minor: bigint, changes: Partial<BankTransactionRecord>): string {
    const externalId = `b_${(this.#entries += 1)}`;
    const on = { date: day, time: undefined };
    this.#bank.push(
      bankTransactionRecord(externalId, 0, {
        accountExternalId: accountOf(currency),
        amount: { minor, exponent: 2, currency },
        booked: on,
        valued: on,
        ...(currency === "SEK" && this.#converted(minor, currency)),
        ...changes,
      }),
    );
    return externalId;
  }

  /** Transfers of customers and to suppliers, some of them with the amount of a payout. In pounds they have others. */
  #addOthers(): void {
    for (const { minor, currency, day } of this.#paid) {
      const isEqual = currency !== "GBP" && this.#draw.chance(10);
      const other = isEqual ? minor : BigInt(this.#draw.between(100_000_000, 900_000_000));
      this.#transaction(currency, addDays(day, this.#draw.between(-1, 3)), other, { searchText: "INVOICE CUSTOMER" });
      this.#transaction(currency, day, minor, { searchText: "STRIPE SUPPLIER", direction: "DEBIT" });
    }
  }

  finish(): GeneratedWorld {
    const last = this.#paid.at(-1)?.day ?? FIRST_DAY;
    return {
      processor: this.#processor,
      bank: this.#bank,
      routes: ROUTES,
      today: addDays(last, 60),
      truth: this.#truth,
      matches: this.#matches,
      breaks: this.#breaks,
    };
  }
}
