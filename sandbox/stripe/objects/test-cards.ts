/** Result of charging a test payment method. */
export type CardOutcome = "succeed" | "decline" | "authenticate" | "process";

/** A test payment method of Stripe's documentation ("Testing"). */
export interface TestCard {
  /** `pm_card_*`, `pm_sepa_debit` or `tok_*` name without the prefix: key of `TEST_CARDS`. */
  readonly name: string;
  readonly kind: "card" | "sepa_debit";
  readonly brand: string;
  readonly last4: string;
  readonly funding: "credit" | "debit";
  readonly outcome: CardOutcome;
  readonly declineCode?: string;
  /** Later event of a charge. */
  readonly aftermath?: "dispute" | "inquiry" | "refundFails";
}

type Row = readonly [name: string, brand: string, last4: string, outcome: CardOutcome];

const PLAIN: readonly Row[] = [
  ["visa", "visa", "4242", "succeed"],
  ["visa_debit", "visa", "5556", "succeed"],
  ["mastercard", "mastercard", "4444", "succeed"],
  ["amex", "amex", "8431", "succeed"],
  ["discover", "discover", "1117", "succeed"],
  ["jcb", "jcb", "0505", "succeed"],
  ["authenticationRequired", "visa", "3184", "authenticate"],
  ["threeDSecure2Required", "visa", "3220", "authenticate"],
];

const DECLINES: readonly (readonly [name: string, last4: string, declineCode: string])[] = [
  ["chargeDeclined", "0002", "generic_decline"],
  ["visa_chargeDeclined", "0002", "generic_decline"],
  ["chargeDeclinedInsufficientFunds", "9995", "insufficient_funds"],
  ["visa_chargeDeclinedInsufficientFunds", "9995", "insufficient_funds"],
  ["chargeDeclinedExpiredCard", "0069", "expired_card"],
  ["chargeDeclinedFraudulent", "0019", "fraudulent"],
  ["chargeDeclinedProcessingError", "0119", "processing_error"],
];

const AFTERMATHS: readonly (readonly [name: string, last4: string, aftermath: NonNullable<TestCard["aftermath"]>])[] = [
  ["createDispute", "0259", "dispute"],
  ["createDisputeInquiry", "1976", "inquiry"],
  ["refundFail", "5126", "refundFails"],
];

const card = (name: string, brand: string, last4: string, outcome: CardOutcome): TestCard => ({
  name,
  kind: "card",
  brand,
  last4,
  funding: name.includes("debit") ? "debit" : "credit",
  outcome,
});

const ALL: readonly TestCard[] = [
  ...PLAIN.map((row) => card(...row)),
  ...DECLINES.map(([name, last4, declineCode]) => ({ ...card(name, "visa", last4, "decline"), declineCode })),
  ...AFTERMATHS.map(([name, last4, aftermath]) => ({ ...card(name, "visa", last4, "succeed"), aftermath })),
  { ...card("sepa_debit", "sepa", "3000", "process"), kind: "sepa_debit" },
];

/** The known test payment methods by name. */
export const TEST_CARDS: ReadonlyMap<string, TestCard> = new Map(ALL.map((entry) => [entry.name, entry]));

/** The test card behind a payment method or token id as a client sends it; undefined when there is none. */
export function findTestCard(id: string): TestCard | undefined {
  const name = id.replace(/^(pm_card_|pm_|tok_)/u, "");
  // An id that the sandbox created from a card (`pm_1...`) ends with the card's name.
  return TEST_CARDS.get(name) ?? TEST_CARDS.get(/00_(\w+)$/u.exec(name)?.[1] ?? "");
}

/** Returns a card that is known to exist. */
export function testCard(name: string): TestCard {
  const found = TEST_CARDS.get(name);
  if (found === undefined) throw new RangeError(`there is no test card ${name}`);
  return found;
}
