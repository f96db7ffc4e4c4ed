import type { Currency } from "./account.ts";
import { EXPONENTS, partyOf } from "./account.ts";
import { amountBetween, anybody, bareDetail, referencesOf, remittanceOf, type Draft, type Place } from "./draft.ts";
import type { Detail, EntryKind } from "./entry.ts";
import { NAMES, RETURN_REASONS } from "./texts.ts";

type Made = Pick<Draft, "minor" | "direction" | "code" | "details"> &
  Partial<Pick<Draft, "isReversal" | "info" | "batch" | "servicerReference">>;

const single = (detail: Detail): Pick<Made, "minor" | "details"> => ({ minor: detail.minor, details: [detail] });

function payment(place: Place, low: number, high: number): Detail {
  return {
    ...bareDetail(amountBetween(place, low, high)),
    references: referencesOf(place),
    counterparty: anybody(place),
    ...remittanceOf(place),
  };
}

/** Many payments in one entry. A bank that provides no details only states the count. */
function collective(
  place: Place,
  count: number,
  make: (index: number) => Detail,
): Pick<Made, "minor" | "details" | "batch"> {
  const details = Array.from({ length: count }, (_, index) => make(index));
  const batch = {
    messageId: `PAIN-${place.date}-${place.serial}`,
    paymentInformationId: `PMT-${place.random.digits(8)}`,
    count,
  };
  const minor = details.reduce((sum, detail) => sum + detail.minor, 0n);
  return { minor, batch, details: place.random.chance(0.15) ? [] : details };
}

function salary(place: Place, index: number): Detail {
  return {
    ...bareDetail(amountBetween(place, 180_000, 900_000)),
    references: { endToEndId: `SAL-${place.date.slice(0, 7)}-${String(index).padStart(4, "0")}` },
    counterparty: partyOf(`${place.random.pick(NAMES)} ${index}`, `0${place.random.digits(9)}`),
    remittance: [`Gehalt ${place.date.slice(0, 7)}`],
    purpose: "SALA",
  };
}

function directDebit(place: Place, index: number): Detail {
  return {
    ...payment(place, 500, 20_000),
    references: {
      endToEndId: `DD${place.date.replaceAll("-", "")}${place.serial}-${index}`,
      mandateId: `MND-00${place.random.digits(5)}`,
    },
  };
}

/**
 * Instructed in another currency: the account receives the amount that remains after exchange and charges, or pays
 * both.
 */
function foreignPayment(place: Place, isCredit: boolean): Detail {
  const { account, random } = place;
  const currency: Currency = random.pick(["USD", "GBP", "JPY"]);
  const foreign = currency === account.currency ? "EUR" : currency;
  const instructed = BigInt(random.integer(10_000, 900_000));
  const rateUnits = BigInt(random.integer(500_000, 1_500_000));
  // rate is in millionths; minor units of one currency become those of the other
  const scaled = instructed * rateUnits * 10n ** BigInt(account.exponent);
  const exchanged = scaled / (1_000_000n * 10n ** BigInt(EXPONENTS[foreign]));
  const chargesMinor = amountBetween(place, 500, 2500);
  const minor = isCredit ? exchanged - chargesMinor : exchanged + chargesMinor;
  const rate = `${rateUnits / 1_000_000n}.${String(rateUnits % 1_000_000n).padStart(6, "0")}`;
  return {
    ...payment(place, 1, 1),
    minor: minor > 0n ? minor : 1n,
    foreign: { instructed: { minor: instructed, exponent: EXPONENTS[foreign], currency: foreign }, rate, chargesMinor },
  };
}

/** Generators of entries, by kind. */
export const MAKERS: Readonly<Record<EntryKind, (place: Place) => Made>> = {
  "customer-payment": (place) => ({
    direction: "CRDT",
    code: ["PMNT", "RCDT", "ESCT", "166"],
    ...single(payment(place, 1000, 450_000)),
  }),
  "supplier-payment": (place) => ({
    direction: "DBIT",
    code: ["PMNT", "ICDT", "ESCT", "116"],
    ...single(payment(place, 500, 250_000)),
  }),
  "salary-batch": (place) => ({
    direction: "DBIT",
    code: ["PMNT", "ICDT", "SALA", "153"],
    info: "Löhne und Gehälter",
    ...collective(place, place.random.integer(200, 320), (index) => salary(place, index)),
  }),
  "collection-batch": (place) => ({
    direction: "CRDT",
    code: ["PMNT", "IDDT", "ESDD", "192"],
    ...collective(place, place.random.integer(2, 30), (index) => directDebit(place, index)),
  }),
  "card-settlement": (place) => ({
    direction: "CRDT",
    code: ["PMNT", "MCRD", "POSC", "178"],
    info: `Kartenumsätze Terminal ${place.random.digits(6)}`,
    ...single(bareDetail(amountBetween(place, 5000, 120_000))),
  }),
  coffee: () => ({
    direction: "DBIT",
    code: ["PMNT", "CCRD", "POSD", "106"],
    info: "CAFÉ CENTRAL",
    minor: 380n,
    details: [],
  }),
  fee: (place) => ({
    direction: "DBIT",
    code: ["ACMT", "MDOP", "CHRG", "808"],
    info: "Entgelt",
    minor: amountBetween(place, 10, 2900),
    details: [],
  }),
  return: (place) => {
    const [code, text] = place.random.pick(RETURN_REASONS);
    const detail = { ...payment(place, 1000, 90_000), returned: { code, text } };
    return { direction: "CRDT", code: ["PMNT", "ICDT", "RRTN", "159"], ...single(detail) };
  },
  reversal: (place) => ({
    direction: place.random.pick(["CRDT", "DBIT"]),
    isReversal: true,
    code: ["PMNT", "ICDT", "ESCT", "899"],
    info: "Storno",
    ...single(payment(place, 500, 40_000)),
  }),
  "foreign-payment": (place) => {
    const isCredit = place.random.chance(0.5);
    return {
      direction: isCredit ? "CRDT" : "DBIT",
      code: ["PMNT", isCredit ? "RCDT" : "ICDT", "XBCT", "202"],
      ...single(foreignPayment(place, isCredit)),
    };
  },
};
