import type { Account } from "./account.ts";
import { partyOf } from "./account.ts";
import { dayOfMonth, isLastDayOfMonth, isWeekend, weekday } from "./calendar.ts";
import { bareDetail, type Draft } from "./draft.ts";
import type { Detail, Direction } from "./entry.ts";
import { createRandom, type Random } from "./random.ts";

/*
 * The regular business of the company of the demo, day by day: customers who pay invoices, suppliers, rent, salaries and
 * taxes, purchases by card. Payouts of its payment processor are not in it: they are booked when they are known.
 */

interface Day {
  readonly account: Account;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly random: Random;
}

/** What an entry is about. Its time and its reference follow from its position in the day. */
type Item = Pick<Draft, "kind" | "code" | "direction" | "details" | "minor"> &
  Partial<Pick<Draft, "info" | "batch" | "isLate">>;

const CODES = {
  transferIn: ["PMNT", "RCDT", "ESCT", "166"],
  transferOut: ["PMNT", "ICDT", "ESCT", "116"],
  salaries: ["PMNT", "ICDT", "SALA", "153"],
  directDebit: ["PMNT", "RDDT", "ESDD", "105"],
  card: ["PMNT", "CCRD", "POSD", "106"],
  fee: ["ACMT", "MDOP", "CHRG", "808"],
} as const satisfies Record<string, Draft["code"]>;

const CUSTOMERS = [
  "Northwind Traders Ltd",
  "Bäckerei Löwen GmbH",
  "Société d'Électricité SA",
  "Harbour Books BV",
  "Łódź Handel Sp. z o.o.",
  "Atelier Öztürk",
] as const;
type Supplier = readonly [name: string, what: string];
const SUPPLIERS: readonly [Supplier, ...Supplier[]] = [
  ["Papier & Druck Krüger", "Packaging"],
  ["DHL Paket GmbH", "Parcels"],
  ["Lederwerk Sommer KG", "Goods"],
  ["Studio Bellanger", "Photography"],
];
const SERVICES: readonly [Supplier, ...Supplier[]] = [
  ["Amazon Web Services Inc", "Hosting"],
  ["GitHub Inc", "Seats"],
  ["Atlas Freight LLC", "Freight"],
];
const SHOPS = ["Café Central", "Deutsche Bahn", "Bürobedarf Mitte", "Shell 2214", "REWE Markt"] as const;
const STAFF = ["Ada Lindqvist", "Jürgen Groß", "Mei Tanaka", "Tomás Rivera", "Zofia Nowak"] as const;

/** The entries of an operating account on a date, in order; the same each time. None for the other accounts. */
export function draftsOfCompanyDay(seed: number, account: Account, date: string): readonly Draft[] {
  const random = createRandom(seed, 0xc0, account.index, Math.floor(Date.parse(date) / 86_400_000));
  const day = { account, date, random };
  const items = account.currency === "EUR" ? homeItems(day) : account.currency === "USD" ? abroadItems(day) : [];
  return items.map((item, serial) => ({
    isReversal: false,
    info: undefined,
    batch: undefined,
    isLate: false,
    ...item,
    bookedAt: timeOf(serial, items.length),
    servicerReference: `${date.replaceAll("-", "")}${account.index}${String(serial).padStart(7, "0")}`,
  }));
}

function homeItems(day: Day): readonly Item[] {
  const { date, random } = day;
  const month = date.slice(0, 7);
  return [
    ...(dayOfMonth(date) === 1 ? [debit(day, 265_000n, "Hausverwaltung Torstraße GbR", `Office rent ${month}`)] : []),
    ...(dayOfMonth(date) === 5 ? [collected(day, 8_990n, "Telekom Deutschland GmbH", `Internet ${month}`)] : []),
    ...(dayOfMonth(date) === 10 ? [debit(day, 341_277n, "Finanzamt Berlin", `Payroll tax ${month}`)] : []),
    ...(dayOfMonth(date) === 15 ? [collected(day, 402_618n, "Techniker Krankenkasse", `Contributions ${month}`)] : []),
    ...(dayOfMonth(date) === 28 ? [salaries(day)] : []),
    ...(isLastDayOfMonth(date) ? [fee(day)] : []),
    ...(isWeekend(date) ? [] : times(random.integer(1, 3), () => invoicePaid(day, 38_000, 210_000))),
    ...(isWeekend(date) ? [] : times(random.integer(1, 2), () => supplied(day, random.pick(SUPPLIERS), 9_000, 95_000))),
    ...times(random.integer(1, 2), () => purchase(day)),
  ];
}

function abroadItems(day: Day): readonly Item[] {
  const { date, random } = day;
  return [
    ...(weekday(date) === 2 ? [invoicePaid(day, 60_000, 240_000)] : []),
    ...(weekday(date) === 3 ? [supplied(day, random.pick(SERVICES), 24_000, 130_000)] : []),
  ];
}

const times = (count: number, make: () => Item): Item[] => Array.from({ length: count }, make);
const amount = ({ random }: Day, low: number, high: number): bigint => BigInt(random.integer(low, high));
const single = (detail: Detail) => ({ minor: detail.minor, details: [detail] });

function detail({ date, random }: Day, minor: bigint, about: { readonly name: string; readonly text: string }): Detail {
  return {
    ...bareDetail(minor),
    references: { endToEndId: `E${date.replaceAll("-", "")}${random.digits(8)}` },
    counterparty: partyOf(about.name, `0${random.digits(9)}`),
    remittance: [about.text],
  };
}

function debit(day: Day, minor: bigint, name: string, text: string): Item {
  return {
    kind: "supplier-payment",
    code: CODES.transferOut,
    direction: "DBIT",
    ...single(detail(day, minor, { name, text })),
  };
}

function collected(day: Day, minor: bigint, name: string, text: string): Item {
  return { ...debit(day, minor, name, text), code: CODES.directDebit };
}

function supplied(day: Day, [name, what]: Supplier, low: number, high: number): Item {
  return debit(day, amount(day, low, high), name, `${what}, invoice ${day.random.digits(6)}`);
}

function invoicePaid(day: Day, low: number, high: number): Item {
  const about = { name: day.random.pick(CUSTOMERS), text: `Invoice ${day.date.slice(0, 4)}-${day.random.digits(5)}` };
  const paid = single(detail(day, amount(day, low, high), about));
  return { kind: "customer-payment", code: CODES.transferIn, direction: "CRDT", ...paid };
}

/** Authorised on its day, booked on the next: the bank announces it as pending. */
function purchase(day: Day): Item {
  const shop = day.random.pick(SHOPS);
  return {
    kind: "coffee",
    code: CODES.card,
    direction: "DBIT",
    info: shop.toUpperCase(),
    isLate: true,
    ...single(bareDetail(amount(day, 380, 8_900))),
  };
}

function salaries(day: Day): Item {
  const month = day.date.slice(0, 7);
  const details = STAFF.map((name, index) => ({
    ...bareDetail(278_000n + BigInt(index) * 21_350n),
    references: { endToEndId: `SAL-${month}-${index + 1}` },
    counterparty: partyOf(name, `0${String(411_020_300 + index)}`),
    remittance: [`Salary ${month}`],
    purpose: "SALA",
  }));
  return {
    kind: "salary-batch",
    code: CODES.salaries,
    direction: "DBIT",
    info: "Salaries",
    batch: { messageId: `PAIN-${month}`, paymentInformationId: `SAL-${month}`, count: details.length },
    minor: details.reduce((sum, { minor }) => sum + minor, 0n),
    details,
  };
}

function fee(day: Day): Item {
  return {
    kind: "fee",
    code: CODES.fee,
    direction: "DBIT" satisfies Direction,
    info: `Account fee ${day.date.slice(0, 7)}`,
    minor: 2_490n,
    details: [],
  };
}

/** Distributed over the day from 06:00 to 18:00. */
function timeOf(serial: number, count: number): string {
  const seconds = 6 * 3600 + Math.floor((serial / count) * 12 * 3600);
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}
