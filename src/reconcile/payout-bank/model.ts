/** Amounts are bigint in units of 10^-18, so that amounts with any number of digits can be compared and added. */
export const UNIT_DIGITS = 18;

/** A payout that is expected at a bank, in the currency in which it is compared: see `Arrival.currency`. */
export interface ExpectedPayout {
  readonly id: string;
  readonly sourceId: string;
  /** Id of its route; empty for the default one. */
  readonly route: string;
  readonly currency: string;
  readonly direction: string;
  /** Positive; converted where the route has a rule with a rate. */
  readonly units: bigint;
  /** What arrives after the route's fee; undefined: there is none. */
  readonly ruleUnits: bigint | undefined;
  /** Expected day of arrival. */
  readonly day: string;
  /** Last day on which a transaction without a reference to it may be its arrival. */
  readonly lastDay: string;
  /** Last of the usual days. */
  readonly dueOn: string;
}

/** What a bank has made of an amount that was instructed in another currency, as it is stored. */
export interface Conversion {
  /** Decimal text. */
  readonly bookedAmount: string;
  readonly bookedCurrency: string;
  /** As the bank has written it; null: it states none. */
  readonly rate: string | null;
  /** Currency of which one unit is converted at the rate; null: the bank does not say. */
  readonly unitCurrency: string | null;
}

/** A booked bank transaction that is no reversal. */
export interface Arrival {
  readonly id: string;
  readonly sourceId: string;
  readonly accountId: string | undefined;
  /** That of the account, or of the instructed amount: see `exchange`. */
  readonly currency: string;
  readonly direction: string;
  readonly units: bigint;
  /** The conversion by the bank, if it is compared by its instructed amount; undefined: by its booked one. */
  readonly exchange: Conversion | undefined;
  readonly day: string;
  /** Words of its text, with a space before, between and after them. */
  readonly text: string;
  readonly referenceValues: readonly string[];
}

/** A transaction contains a name of a payout. */
export interface Mention {
  readonly payoutId: string;
  readonly transactionId: string;
  readonly name: string;
}

/** Explanation of the difference between what was paid out and what arrived. */
export type ResidueKind = "FEE" | "EXCHANGE" | "ACCEPTED";

export type DecidedBy = "PERSON" | "REFERENCE" | "UNIQUE" | "SET";

export type MatchReason = "REFERENCE" | "AMOUNT" | "DATE" | "ONLY_ONE" | "SUM" | "PERSON";

/** Objects that belong together. */
export interface Match {
  readonly payoutIds: readonly string[];
  readonly transactionIds: readonly string[];
  readonly decidedBy: DecidedBy;
  readonly reasons: readonly MatchReason[];
  /** Name of a payout that the transaction contains. */
  readonly name: string | undefined;
  /** Payouts minus transactions. */
  readonly residue: bigint;
  readonly residueKind: ResidueKind | undefined;
}

/** Reason why objects that may belong together are not matched. */
export type ProposalReason =
  | "AMOUNT_DIFFERS"
  | "SEVERAL_CANDIDATES"
  | "SEVERAL_SETS"
  | "OVERLAPPING_SETS"
  | "TOO_MANY_CANDIDATES";

/** A possible match, for a person to decide. */
export interface Proposal {
  readonly reason: ProposalReason;
  readonly payoutIds: readonly string[];
  readonly transactionIds: readonly string[];
  /** Payouts minus transactions. */
  readonly difference: bigint;
}

/** More proposals of an object are left out. */
export const MAX_PROPOSALS = 5;

/** Proposals by the object that they are about. */
export type Proposals = Map<string, Proposal[]>;

/** Adds a proposal to each of these objects. */
export function propose(proposals: Proposals, ids: readonly string[], proposal: Proposal): void {
  for (const id of ids) {
    const own = proposals.get(id) ?? [];
    if (own.length < MAX_PROPOSALS) proposals.set(id, [...own, proposal]);
  }
}

export function sumOf(parts: readonly { readonly units: bigint }[]): bigint {
  return parts.reduce((total, { units }) => total + units, 0n);
}

/** Converts decimal text; undefined if it has more digits than are compared. */
export function unitsOf(text: string): bigint | undefined {
  const [whole = "", fraction = ""] = text.split(".");
  const significant = fraction.replace(/0+$/, "");
  if (significant.length > UNIT_DIGITS) return undefined;
  const digits = BigInt(`${whole.replace("-", "")}${significant.padEnd(UNIT_DIGITS, "0")}`);
  return whole.startsWith("-") ? -digits : digits;
}

/** Returns the amount as decimal text. */
export function textOfUnits(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(UNIT_DIGITS + 1, "0");
  const fraction = digits.slice(-UNIT_DIGITS).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -UNIT_DIGITS)}${fraction === "" ? "" : `.${fraction}`}`;
}
