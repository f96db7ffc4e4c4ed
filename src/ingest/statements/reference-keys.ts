import { hash } from "node:crypto";
import type { BankEntry } from "../../domain/bank.ts";
import type { Reference } from "../../domain/values.ts";

/** References that banks and clearing systems give to one payment. */
const BANK_GIVEN: ReadonlySet<string> = new Set(["acctSvcrRef", "uetr", "txId", "clrSysRef"]);
/** References given by payers, who also repeat them: equal only in the same currency. */
const PAYER_GIVEN: ReadonlySet<string> = new Set(["endToEndId"]);
/** Texts that banks write where they have no reference, without spaces and punctuation. */
const PLACEHOLDER = /^(NOTPROVIDED|NONREF|NOREF|NONE|NOTAVAILABLE|UNKNOWN|NA|0*)$/;

/** A reference of an entry that is sufficient evidence to find its payment under another amount. */
export interface StrongReference {
  /** Digest of direction, reversal, scheme and value; for a payer's reference also of the currency. */
  readonly key: string;
  /** `uetr` */
  readonly scheme: string;
}

/**
 * Returns the strong references of an entry. `references` are those of its evidence, named by their place:
 * `entry.uetr`.
 */
export function referenceKeysOf(
  { direction, isReversal, amount }: Pick<BankEntry, "direction" | "isReversal" | "amount">,
  references: readonly Reference[],
): readonly StrongReference[] {
  const keys = references.flatMap(({ scheme: placed, value }): StrongReference[] => {
    const scheme = placed.slice(placed.indexOf(".") + 1);
    if (!BANK_GIVEN.has(scheme) && !PAYER_GIVEN.has(scheme)) return [];
    if (isPlaceholder(value)) return [];
    const currency = PAYER_GIVEN.has(scheme) ? [amount.currency] : [];
    const text = [direction, String(isReversal), ...currency, `${scheme}=${value}`].join(" ");
    return [{ key: hash("sha256", text, "hex").slice(0, 32), scheme }];
  });
  return [...new Map(keys.map((one) => [one.key, one])).values()];
}

/** Returns whether a bank or a clearing system gives a reference, named by its place, to one payment only. */
export function isBankGiven({ scheme, value }: Reference): boolean {
  return BANK_GIVEN.has(scheme.slice(scheme.indexOf(".") + 1)) && !isPlaceholder(value);
}

const isPlaceholder = (value: string): boolean =>
  PLACEHOLDER.test(value.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, ""));
