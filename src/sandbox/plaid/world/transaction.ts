import type { Random } from "../../shared/random.ts";
import type { Account } from "./accounts.ts";
import { spell } from "./amounts.ts";

/** A transaction as the world keeps it. */
export interface Transaction {
  readonly id: string;
  readonly accountId: string;
  /** Positive: money leaves the account. Units, see `SCALE`. */
  readonly units: bigint;
  /** The JSON number that says so. */
  readonly literal: string;
  readonly pending: boolean;
  /** The pending transaction that this posted one was. */
  readonly pendingId: string | null;
  readonly day: string;
  readonly authorizedDay: string;
  readonly merchant: number;
  readonly isRenamed: boolean;
  readonly isRemoved: boolean;
  /** Places in the order of changes: when it was first there, and when it last changed. */
  readonly addedAt: number;
  readonly changedAt: number;
  /** What stands in the answers in its place, as it is. */
  readonly raw: string | undefined;
}

/** What happens at a bank, without the places that the world gives it. */
export type Draft = Omit<Transaction, "id" | "addedAt" | "changedAt">;

/** Who is paid, or pays. */
export const MERCHANTS = [
  { name: "Blue Bottle", category: ["FOOD_AND_DRINK", "FOOD_AND_DRINK_COFFEE"], channel: "in store" },
  { name: "Uber", category: ["TRANSPORTATION", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES"], channel: "online" },
  { name: "Café Zürich", category: ["FOOD_AND_DRINK", "FOOD_AND_DRINK_RESTAURANT"], channel: "in store" },
  { name: "Stadtwerke", category: ["RENT_AND_UTILITIES", "RENT_AND_UTILITIES_GAS_AND_ELECTRICITY"], channel: "other" },
  { name: "Acme Payroll", category: ["INCOME", "INCOME_WAGES"], channel: "other" },
  { name: "O'Reilly & Sons", category: ["GENERAL_MERCHANDISE", "GENERAL_MERCHANDISE_OTHER"], channel: "online" },
] as const;

/** Place of the one that pays. */
const PAYER = 4;

/** Amounts that are easily read wrongly: as JSON writes them, and in units. */
const AWKWARD = [
  ["0.1", 10_000_000n],
  ["1e2", 10_000_000_000n],
  ["12.345", 1_234_500_000n],
  ["-0.005", -500_000n],
  ["0.30", 30_000_000n],
  ["-1.1", -110_000_000n],
] as const;

/** Something that happens on `account`: most money leaves. */
export function draftTransaction(random: Random, account: Account, at: { day: string; pending: boolean }): Draft {
  const step = 10n ** BigInt(8 - account.places);
  const size = account.currency === "BTC" ? random.integer(1, 50_000) : random.integer(1, 40_000);
  // What a card spends is paid back.
  const isSpent = random.chance(account.type === "credit" ? 0.5 : 0.8);
  const plain = BigInt(size) * step * (isSpent ? 1n : -1n);
  // A bank seldom writes more digits than its currency has.
  const [literal, units] =
    account.places === 2 && random.chance(0.2)
      ? random.pick<readonly [string, bigint]>(AWKWARD)
      : [spell(plain, random), plain];
  return {
    accountId: account.id,
    units,
    literal,
    pending: at.pending,
    pendingId: null,
    day: at.day,
    authorizedDay: at.day,
    merchant: units < 0n ? PAYER : random.pick([0, 1, 2, 3, 5]),
    isRenamed: false,
    isRemoved: false,
    raw: undefined,
  };
}
