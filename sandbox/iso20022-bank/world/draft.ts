import type { Account } from "./account.ts";
import { partyOf } from "./account.ts";
import { creditorReferenceOf } from "../../shared/check-digits.ts";
import type { Detail, Entry, Party, References } from "./entry.ts";
import type { Random } from "./random.ts";
import { NAMES, REMITTANCES } from "./texts.ts";

/** An entry whose booking time is not yet determined. */
export type Draft = Omit<Entry, "key" | "status" | "bookedOn" | "valueOn"> & {
  /** Announced on its day, booked on the next. */
  readonly isLate: boolean;
};

/** Account, day and position of a draft: everything that it may depend on. */
export interface Place {
  readonly account: Account;
  readonly random: Random;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Position within the day, from 0. */
  readonly serial: number;
}

/** A detail that only has an amount. */
export function bareDetail(minor: bigint): Detail {
  return {
    minor,
    references: {},
    counterparty: undefined,
    remittance: [],
    creditorReference: undefined,
    purpose: undefined,
    foreign: undefined,
    returned: undefined,
  };
}

/** An amount of money between two figures of a two-digit currency, in the account's smallest units. */
export function amountBetween({ account, random }: Place, low: number, high: number): bigint {
  const cents = random.integer(low, high);
  // A yen is about a cent; a thousandth of a dinar is a third of one.
  return BigInt(account.exponent === 3 ? cents * 4 + random.integer(0, 3) : cents);
}

export function anybody({ random }: Place): Party {
  return partyOf(random.pick(NAMES), `0${random.digits(9)}`);
}

/** Unstructured text, or a creditor reference, or both. */
export function remittanceOf({ random }: Place): Pick<Detail, "remittance" | "creditorReference"> {
  const text = random.pick(REMITTANCES).replace("N", random.digits(5));
  const creditorReference = creditorReferenceOf(`5390${random.digits(8)}`);
  const draw = random.next();
  if (draw < 0.6) return { remittance: [text], creditorReference: undefined };
  if (draw < 0.85) return { remittance: [], creditorReference };
  return { remittance: [text, `Teil 2: ${random.digits(4)}`], creditorReference };
}

/** References of an electronic payment. Leading zeros and `1e5` on purpose: none of them is a number. */
export function referencesOf(place: Place): References {
  const { random, date, serial } = place;
  const day = date.replaceAll("-", "");
  const endToEndId = random.chance(0.15)
    ? "NOTPROVIDED"
    : `${random.pick(["E2E-", "000", "1e5", "RF/"])}${day}${serial}`;
  return {
    ...(random.chance(0.3) ? { messageId: `M${day}${random.digits(6)}` } : {}),
    ...(random.chance(0.7) ? { instructionId: `I${random.digits(12)}` } : {}),
    endToEndId,
    ...(random.chance(0.6) ? { uetr: uuidOf(random) } : {}),
    transactionId: `T${day}${random.digits(8)}`,
  };
}

/** A version 4 UUID, as a UETR must be. */
function uuidOf(random: Random): string {
  const words = Array.from({ length: 4 }, () => random.integer(0, 0xffff_ffff).toString(16).padStart(8, "0"));
  const hex = words.join("");
  const variant = random.pick(["8", "9", "a", "b"]);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}
