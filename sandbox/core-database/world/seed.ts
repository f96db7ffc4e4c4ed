import type pg from "pg";
import { COMPANY, type Company } from "../../shared/company.ts";
import { createRandom } from "../../shared/random.ts";
import { drawPayment, insertPayments, settle, type Wallet } from "./payments.ts";

export interface SeedOptions {
  readonly seed: number;
  /** Number of payments. */
  readonly payments: number;
  readonly nowMs: number;
  readonly company?: Company;
}

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 90;
const PAYMENTS_PER_WALLET = 16;
const MIN_WALLETS = 4;
const REJECTED_SHARE = 0.06;
/** A payment is settled within this time. */
const SETTLED_AFTER_MS = 3_600_000;

const NAMES = [
  "Ada Brandt",
  "Bruno Costa",
  "Chidi Okoye",
  "Dana Petrescu",
  "Emil Novák",
  "Fatou Diallo",
  "Greta Lindqvist",
  "Hugo Marchetti",
  "Ines Ferreira",
  "Jonas Weber",
  "Kaito Mori",
  "Leyla Aydın",
  "Mina Kovač",
  "Noah van Dijk",
] as const;

/**
 * Fills an empty database: an account for each bank account of the company, what it earns in fees, the wallets of its
 * customers, and ninety days of payments between them. Does nothing if there are accounts.
 */
export async function seedWorld(db: pg.Pool, { seed, payments, nowMs, company = COMPANY }: SeedOptions): Promise<void> {
  const { rows } = await db.query("select 1 from core.accounts limit 1");
  if (rows.length > 0) return;
  const random = createRandom(seed);
  const startMs = nowMs - HISTORY_DAYS * DAY_MS;
  const wallets = walletsOf(company, Math.max(MIN_WALLETS, Math.ceil(payments / PAYMENTS_PER_WALLET)));
  const accounts = [...accountsOf(company), ...wallets];
  await db.query(
    `insert into core.accounts (id, kind, title, owner, iban, currency, balance, opened_at, changed_at)
     select *, to_timestamp($8 / 1000.0), to_timestamp($8 / 1000.0)
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[])`,
    [
      accounts.map(({ id }) => id),
      accounts.map(({ kind }) => kind),
      accounts.map(({ title }) => title),
      accounts.map(({ owner }) => owner),
      accounts.map(({ iban }) => iban),
      accounts.map(({ currency }) => currency),
      accounts.map(({ balance }) => balance),
      startMs,
    ],
  );
  await db.query(
    `insert into core.entries (account_id, kind, amount, currency, booked_at, memo)
     select id, case kind when 'wallet' then 'deposit' else 'opening' end, balance, currency, opened_at, 'opening balance'
     from core.accounts where balance <> 0 order by id`,
  );
  const pause = (nowMs - SETTLED_AFTER_MS - startMs) / Math.max(1, payments);
  const drawn = Array.from({ length: payments }, (_, index) =>
    drawPayment(random, wallets, {
      state: random.chance(REJECTED_SHARE) ? "rejected" : "processing",
      createdMs: Math.floor(startMs + (index + 0.5) * pause),
    }),
  );
  await insertPayments(db, drawn);
  await settle(db);
}

interface SeededAccount extends Wallet {
  readonly kind: "cash" | "fees" | "wallet";
  readonly title: string;
  readonly owner: string;
  readonly iban: string | null;
  /** Decimal number. */
  readonly balance: string;
}

function accountsOf({ name: owner, bank, accounts }: Company): readonly SeededAccount[] {
  return accounts.flatMap(({ currency, iban, openingMinor, exponent, isOperating }) => {
    const title = `Cash at ${bank.name}, ${currency}`;
    const balance = `${openingMinor}e-${exponent}`;
    const cash: SeededAccount = { id: `cash-${currency}`, kind: "cash", title, owner, iban, currency, balance };
    const earned = { title: `Earned fees, ${currency}`, owner, iban: null, currency, balance: "0" } as const;
    return isOperating ? [cash, { id: `fees-${currency}`, kind: "fees", ...earned }] : [cash];
  });
}

/** Wallets in the currencies of the daily business, with a first deposit. */
function walletsOf({ accounts }: Company, count: number): readonly SeededAccount[] {
  const currencies = accounts.filter(({ isOperating }) => isOperating).map(({ currency }) => currency);
  return Array.from({ length: count }, (_, index) => {
    const currency = currencies[index % currencies.length] ?? "EUR";
    const owner = NAMES[index % NAMES.length] ?? NAMES[0];
    const id = `wallet-${String(index + 1).padStart(5, "0")}`;
    const balance = String(2_000 + (index % 9) * 250);
    return { id, kind: "wallet", title: `Wallet of ${owner}, ${currency}`, owner, iban: null, currency, balance };
  });
}
