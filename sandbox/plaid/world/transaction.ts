import type { Random } from "../../shared/random.ts";
import type { Account } from "./accounts.ts";
import { spell } from "./amounts.ts";

/** A transaction as stored by the world. */
export interface Transaction {
  readonly id: string;
  readonly accountId: string;
  /** Positive: money leaves the account. Units, see `SCALE`. */
  readonly units: bigint;
  /** The JSON number that represents it. */
  readonly literal: string;
  readonly pending: boolean;
  /** The pending transaction that became this posted one. */
  readonly pendingId: string | null;
  readonly day: string;
  readonly authorizedDay: string;
  readonly merchant: number;
  /** Who and what for, in place of the merchant: set for transactions that come from a company's bank. */
  readonly about?: { readonly name: string; readonly text: string };
  readonly isRenamed: boolean;
  readonly isRemoved: boolean;
  /** Sequence numbers in the order of changes: of its first appearance, and of its last change. */
  readonly addedAt: number;
  readonly changedAt: number;
  /** Text that replaces it in responses, unchanged. */
  readonly raw: string | undefined;
}

/** A transaction of the bank, without the sequence numbers that the world assigns. */
export type Draft = Omit<Transaction, "id" | "addedAt" | "changedAt">;

/** Payees and payers. */
export const MERCHANTS = [
  { name: "Blue Bottle", category: ["FOOD_AND_DRINK", "FOOD_AND_DRINK_COFFEE"], channel: "in store" },
  { name: "Uber", category: ["TRANSPORTATION", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES"], channel: "online" },
  { name: "Café Zürich", category: ["FOOD_AND_DRINK", "FOOD_AND_DRINK_RESTAURANT"], channel: "in store" },
  { name: "Stadtwerke", category: ["RENT_AND_UTILITIES", "RENT_AND_UTILITIES_GAS_AND_ELECTRICITY"], channel: "other" },
  { name: "Acme Payroll", category: ["INCOME", "INCOME_WAGES"], channel: "other" },
  { name: "O'Reilly & Sons", category: ["GENERAL_MERCHANDISE", "GENERAL_MERCHANDISE_OTHER"], channel: "online" },
] as const;

/** Index of the payer. */
const PAYER = 4;

/** Amounts that are often parsed incorrectly: as JSON text, and in units. */
const AWKWARD = [
  ["0.1", 10_000_000n],
  ["1e2", 10_000_000_000n],
  ["12.345", 1_234_500_000n],
  ["-0.005", -500_000n],
  ["0.30", 30_000_000n],
  ["-1.1", -110_000_000n],
] as const;

export interface DraftAt {
  readonly day: string;
  readonly pending: boolean;
  /** Whether money leaves the account; undefined for either. */
  readonly isSpent?: boolean;
}

/** Creates a transaction on `account`: in most of them, money leaves. */
export function draftTransaction(random: Random, account: Account, at: DraftAt): Draft {
  const step = 10n ** BigInt(8 - account.places);
  const size = account.currency === "BTC" ? random.integer(1, 50_000) : random.integer(1, 40_000);
  // Card spending is paid back.
  const drawn = random.chance(account.type === "credit" ? 0.5 : 0.8);
  const isSpent = at.isSpent ?? drawn;
  const plain = BigInt(size) * step * (isSpent ? 1n : -1n);
  // A bank seldom writes more digits than its currency has.
  const [literal, units] =
    account.holder === "personal" && account.places === 2 && random.chance(0.2)
      ? random.pick<readonly [string, bigint]>(AWKWARD)
      : [spell(plain, random), plain];
  const isRepaid = account.holder === "business" && units < 0n;
  return {
    accountId: account.id,
    ...(isRepaid && { about: { name: "Payment received", text: "PAYMENT RECEIVED, THANK YOU" } }),
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
