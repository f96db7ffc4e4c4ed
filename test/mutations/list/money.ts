import type { Mutation } from "../mutation.ts";

const MONEY = ["src/domain/money.test.ts"];
const STRIPE_MAP = ["src/connectors/stripe/map.test.ts"];
const BANK_MAP = ["src/connectors/iso20022-bank/map.test.ts"];
const IDENTITY = ["test/integration/statements/identity.test.ts", "src/ingest/statements/match-entries.test.ts"];
const CHAIN = ["test/integration/statements/chain.test.ts"];

/** Amounts, and the content of bank statements. */
export const MONEY_AND_STATEMENTS: readonly Mutation[] = [
  {
    breaks: "An amount with digits that its currency lacks is refused.",
    file: "src/domain/money.ts",
    find: "return units % divisor === 0n ? units / divisor : undefined;",
    replace: "return units / divisor;",
    tests: MONEY,
  },
  {
    breaks: "An amount of 64 bits is the largest one.",
    file: "src/domain/money.ts",
    find: "minor > INT64_MAX || minor < -INT64_MAX",
    replace: "minor > INT64_MAX",
    tests: MONEY,
  },
  {
    breaks: "A negative amount is written with its sign.",
    file: "src/domain/money.ts",
    find: 'return `${negative ? "-" : ""}${digits',
    replace: 'return `${negative ? "" : ""}${digits',
    tests: MONEY,
  },
  {
    breaks: "Amounts of different scales are added exactly.",
    file: "src/domain/money.ts",
    find: "money.minor * 10n ** BigInt(exponent - money.exponent)",
    replace: "money.minor",
    tests: ["src/domain/money.test.ts", "src/connectors/iso20022-bank/map.test.ts"],
  },
  {
    breaks: "A current currency has its own number of digits, not that of a historic one.",
    file: "src/domain/currency.ts",
    find: "...CURRENT_CODES.map(([code, minorUnit]) => [code, minorUnit ?? undefined] as const),",
    replace: "...CURRENT_CODES.map(([code]) => [code, 2] as const),",
    tests: ["src/domain/currency.test.ts", ...MONEY],
  },
  {
    breaks: "Stripe writes yen without decimals.",
    file: "src/connectors/stripe/map/currency.ts",
    find: "if (ZERO_DECIMAL.has(code)) return 0;",
    replace: "",
    tests: STRIPE_MAP,
  },
  {
    breaks: "Stripe writes dinars with three decimals.",
    file: "src/connectors/stripe/map/currency.ts",
    find: "THREE_DECIMAL.has(code) ? 3 : 2",
    replace: "2",
    tests: STRIPE_MAP,
  },
  {
    breaks: "A fee of Stripe keeps its sign.",
    file: "src/connectors/stripe/map/balance-transaction.ts",
    find: "feeMinor: stripeMoney(wire.fee, wire.currency).minor",
    replace: "feeMinor: -stripeMoney(wire.fee, wire.currency).minor",
    tests: STRIPE_MAP,
  },
  {
    breaks: "The sign of an amount of Plaid is read.",
    file: "src/connectors/plaid/map/amount.ts",
    find: "const LITERAL = /^(-?\\d+)",
    replace: "const LITERAL = /^-?(\\d+)",
    tests: ["src/connectors/plaid/map.test.ts"],
  },
  {
    breaks: "A debit of a bank is a debit.",
    file: "src/connectors/iso20022-bank/map-entry.ts",
    find: 'CRDT: "CREDIT", DBIT: "DEBIT"',
    replace: 'CRDT: "CREDIT", DBIT: "CREDIT"',
    tests: BANK_MAP,
  },
  {
    breaks: "A detail of the opposite direction is subtracted.",
    file: "src/connectors/iso20022-bank/map-entry.ts",
    find: "detail.direction === direction ? money : negated(money)",
    replace: "money",
    tests: BANK_MAP,
  },
  {
    breaks: "A reversal is recognised.",
    file: "src/connectors/iso20022-bank/map-entry.ts",
    find: "isReversal: entry.isReversal,",
    replace: "isReversal: false,",
    tests: BANK_MAP,
  },
  {
    breaks: "One booking is matched with one entry.",
    file: "src/ingest/statements/match-entries.ts",
    find: "      free.delete(fit.booking);\n",
    replace: "",
    tests: IDENTITY,
  },
  {
    breaks: "Consecutive statements share no booking.",
    file: "src/ingest/statements/match-entries.ts",
    find: '!areBooked(earlier, entry) || relate(earlier.scope, scope) !== "APART"',
    replace: "true",
    tests: IDENTITY,
  },
  {
    breaks: "Entries whose references differ are different bookings.",
    file: "src/ingest/statements/match-entries.ts",
    find: "!valuesOf(reported, scheme).includes(value)",
    replace: "false",
    tests: IDENTITY,
  },
  {
    breaks: "A booked entry is later than a pending one.",
    file: "src/ingest/statements/entry-version.ts",
    find: "BOOKED: 3n, PENDING: 2n",
    replace: "BOOKED: 2n, PENDING: 3n",
    tests: IDENTITY,
  },
  {
    breaks: "The balances of a statement are compared with its entries.",
    file: "src/ingest/statements/check-balances.ts",
    find: "addMoney(closing.money, negated(opening.money), negated(booked))",
    replace: "addMoney(closing.money, negated(closing.money))",
    tests: CHAIN,
  },
  {
    breaks: "A gap between two statements is reported.",
    file: "src/ingest/statements/chain.ts",
    find: 'item.firstDay <= previous.lastDay ? "OVERLAP" : "GAP"',
    replace: '"OVERLAP"',
    tests: CHAIN,
  },
  {
    breaks: "A missing page is named.",
    file: "src/ingest/statements/merge-pages.ts",
    find: "if (!numbers.has(number)) missing.push(String(number));",
    replace: "if (!numbers.has(number)) continue;",
    tests: CHAIN,
  },
];
