import { z } from "zod";
import { decimalTextOf } from "../../../protocols/rest/decimal-text.ts";

/**
 * Text that can be stored: PostgreSQL accepts neither U+0000 nor an unpaired surrogate, and one such value would fail
 * its whole batch.
 */
export const text = z.string().refine((value) => value.isWellFormed() && !value.includes("\0"), "storable text");

/** An id, or any other text that is part of a key. */
export const id = text.min(1).max(255);

/** An id that the API may have expanded to the whole object. */
export const reference = z.union([id, z.object({ id }).transform((object) => object.id)], { error: "an id" });

/** An amount or count of any size. A fraction is an error: Stripe's amounts are integers. */
export const integer = z.union([z.bigint(), z.int()], { error: "an integer" }).transform((value) => BigInt(value));

/** A number with all its digits, as decimal text. */
export const decimal = z.unknown().transform((value, context) => {
  const decimalText = decimalTextOf(value);
  if (decimalText !== undefined) return decimalText;
  context.addIssue({ code: "custom", message: "a decimal number" });
  return z.NEVER;
});

/** Unix seconds up to the year 9999, the maximum of RFC 3339. */
export const seconds = z.int().min(0).max(253_402_300_799);

/** Three letters; the currency table decides if they are a known code. */
export const currency = z.string().regex(/^[A-Za-z]{3}$/, "a currency code");

/** Metadata that the account's owner set on the object. */
export const metadata = z.record(text, text).nullish();
