import { mixedToken } from "../../shared/random.ts";
import { unitsOf } from "./amounts.ts";

/** An account at the bank. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly officialName: string;
  readonly mask: string;
  readonly type: "depository" | "credit" | "investment";
  readonly subtype: string;
  readonly currency: string;
  /** Whether the currency is one that ISO 4217 has. */
  readonly isOfficial: boolean;
  /** What is on it apart from its posted transactions; of a credit card, what is owed. Units, see `SCALE`. */
  readonly opening: bigint;
  readonly limit: bigint | undefined;
  /** The smallest step of its amounts, as a count of decimal places. */
  readonly places: number;
}

type Draft = Omit<Account, "id" | "mask" | "limit" | "opening" | "isOfficial"> & {
  readonly opening: string;
  readonly limit?: string;
};

const DRAFTS: readonly Draft[] = [
  {
    name: "Everyday",
    officialName: "Everyday Checking",
    type: "depository",
    subtype: "checking",
    currency: "USD",
    opening: "250000.1",
    places: 2,
  },
  {
    name: "Euro savings",
    officialName: "Tagesgeld",
    type: "depository",
    subtype: "savings",
    currency: "EUR",
    opening: "90000",
    places: 2,
  },
  {
    name: "Card",
    officialName: "Platinum Card",
    type: "credit",
    subtype: "credit card",
    currency: "USD",
    opening: "410",
    limit: "20000",
    places: 2,
  },
  {
    name: "Yen",
    officialName: "普通預金",
    type: "depository",
    subtype: "checking",
    currency: "JPY",
    opening: "9107199254740993", // beyond 2^53, and odd
    places: 0,
  },
  {
    name: "Dinar",
    officialName: "Dinar Account",
    type: "depository",
    subtype: "checking",
    currency: "KWD",
    opening: "51000.125",
    places: 3,
  },
  {
    name: "Coins",
    officialName: "Coin Wallet",
    type: "investment",
    subtype: "crypto exchange",
    currency: "BTC",
    opening: "12.00000001",
    places: 8,
  },
];

const UNOFFICIAL: ReadonlySet<string> = new Set(["BTC"]);

/** The accounts of the Item: the same for every size of world. */
export function seedAccounts(seed: number): readonly Account[] {
  return DRAFTS.map((draft, index) => ({
    ...draft,
    id: `acc${mixedToken(seed, 100 + index)}`,
    mask: String(1000 + index * 1111),
    isOfficial: !UNOFFICIAL.has(draft.currency),
    opening: unitsOf(draft.opening),
    limit: draft.limit === undefined ? undefined : unitsOf(draft.limit),
  }));
}
