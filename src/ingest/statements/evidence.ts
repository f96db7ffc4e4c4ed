import { hash } from "node:crypto";
import type { BankEntry, EntryStatus } from "../../domain/bank.ts";
import type { LocalDate, Reference } from "../../domain/values.ts";

/** Data that distinguishes an entry from others and identifies it in another message. */
export interface Evidence {
  /** Key that is equal for all entries of one booking: account, amount, currency, direction, reversal. */
  readonly coreKey: string;
  /** Digest of everything that a repeated entry repeats. Two real payments may share it: then their number decides. */
  readonly fingerprint: string;
  readonly status: EntryStatus | undefined;
  readonly booked: LocalDate | undefined;
  /** The booking day, otherwise the value day, otherwise the last day of the message: orders and limits the search. */
  readonly day: LocalDate;
  /** References that identify the payment, by the place in which they were found. None of them is unique by itself. */
  readonly references: readonly Reference[];
  /** Digest of its text and counterparty; undefined where it has none. */
  readonly textKey: string | undefined;
}

/** References that identify one payment; all others identify a batch, a mandate, a line number or a file. */
const NAMING = ["acctSvcrRef", "uetr", "txId", "endToEndId", "instrId", "chqNb", "clrSysRef"];

export function evidenceOf(accountExternalId: string, entry: BankEntry, lastDay: LocalDate | undefined): Evidence {
  const { amount, direction, isReversal, status, booked, valued } = entry;
  const coreKey = digest([
    accountExternalId,
    amount.currency,
    `${amount.minor}e-${amount.exponent}`,
    direction,
    String(isReversal),
  ]);
  const references = namingReferences(entry);
  const textKey = textKeyOf(entry);
  const named = references.map(({ scheme, value }) => `${scheme}=${value}`).toSorted();
  const fingerprint = digest([booked?.date ?? "", valued?.date ?? "", booked?.time ?? "", textKey ?? "", ...named]);
  const day = booked?.date ?? valued?.date ?? lastDay ?? "1970-01-01";
  return { coreKey, fingerprint, status, booked: booked?.date, day, references, textKey };
}

/** References of the entry as `entry.…`, those of its details as `detail.…`; for many details, one hash of all. */
function namingReferences({ references, details }: BankEntry): readonly Reference[] {
  const [only] = details.length === 1 ? details : [];
  const below = (only?.references ?? []).filter(isNaming);
  const own = references.filter(isNaming).filter((reference) => !below.some((other) => isSame(other, reference)));
  const many = details.length > 1 ? details.flatMap((detail) => detail.references.filter(isNaming)) : [];
  const all = many.length === 0 ? [] : [{ scheme: "details", value: digest(many.map(textOf).toSorted()) }];
  return [...own.map(placed("entry")), ...below.map(placed("detail")), ...all];
}

const isNaming = ({ scheme }: Reference): boolean => NAMING.includes(scheme);
const isSame = (one: Reference, other: Reference): boolean => textOf(one) === textOf(other);
const textOf = ({ scheme, value }: Reference): string => `${scheme}=${value}`;
const placed =
  (place: string) =>
  ({ scheme, value }: Reference) => ({ scheme: `${place}.${scheme}`, value });

/** White space and case differ between the formats that a bank writes. */
function textKeyOf({ remittance, creditorReference, counterparty, details }: BankEntry): string | undefined {
  const [only] = details.length === 1 ? details : [];
  const account = counterparty?.account?.value;
  const texts = [remittance, creditorReference, account, ...(only?.remittance.additional ?? [])];
  const words = texts.flatMap((text) => (text === undefined ? [] : text.toLowerCase().split(/\s+/u))).filter(Boolean);
  return words.length === 0 ? undefined : digest(words);
}

function digest(parts: readonly string[]): string {
  return hash("sha256", parts.join("\0"), "base64url").slice(0, 22);
}
