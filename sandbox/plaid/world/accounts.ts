import type { Company, CompanyAccount } from "../../shared/company.ts";
import { decimalText } from "../../shared/decimal.ts";
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
  /** True if the currency is in ISO 4217. */
  readonly isOfficial: boolean;
  /** Balance without its posted transactions; for a credit card, the debt. Units, see `SCALE`. */
  readonly opening: bigint;
  readonly limit: bigint | undefined;
  /** Number of decimal places of its amounts. */
  readonly places: number;
  /** Set for an account of a company whose transactions come from its bank: nothing happens on it by itself. */
  readonly iban: string | undefined;
  readonly holder: "personal" | "business";
}

type Draft = Omit<Account, "id" | "mask" | "limit" | "opening" | "isOfficial" | "iban" | "holder"> & {
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

/** The accounts of the Item: the same for every size of world. Those of a company are its operating accounts and a card. */
export function seedAccounts(seed: number, company?: Company): readonly Account[] {
  const own = company === undefined ? DRAFTS : [companyCard(company)];
  const fed = company?.accounts.filter(({ isOperating }) => isOperating) ?? [];
  return [
    ...fed.map((account, index) => ({
      ...operatingAccount(account, company?.name ?? ""),
      id: `acc${mixedToken(seed, 200 + index)}`,
    })),
    ...own.map((draft, index) => ({
      ...draft,
      id: `acc${mixedToken(seed, 100 + index)}`,
      mask: String(1000 + index * 1111),
      isOfficial: !UNOFFICIAL.has(draft.currency),
      opening: unitsOf(draft.opening),
      limit: draft.limit === undefined ? undefined : unitsOf(draft.limit),
      iban: undefined,
      holder: company === undefined ? ("personal" as const) : ("business" as const),
    })),
  ];
}

/** The account that the company's bank reports as well. */
function operatingAccount(account: CompanyAccount, owner: string): Omit<Account, "id"> {
  const { iban, currency, exponent, openingMinor } = account;
  return {
    name: `Business account ${currency}`,
    officialName: `${owner}, business account ${currency}`,
    mask: iban.slice(-4),
    type: "depository",
    subtype: "checking",
    currency,
    isOfficial: true,
    opening: unitsOf(decimalText(openingMinor, exponent)),
    limit: undefined,
    places: exponent,
    iban,
    holder: "business",
  };
}

function companyCard({ name }: Company): Draft {
  return {
    name: "Business card",
    officialName: `${name}, business card`,
    type: "credit",
    subtype: "credit card",
    currency: "EUR",
    opening: "410",
    limit: "20000",
    places: 2,
  };
}
