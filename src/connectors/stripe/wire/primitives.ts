import { z } from "zod";

/**
 * Text that can be stored: PostgreSQL takes neither U+0000 nor half a surrogate pair, and one such value would fail the
 * whole batch that it is in.
 */
export const text = z.string().refine((value) => value.isWellFormed() && !value.includes("\0"), "storable text");

/** An id, or any other word that is part of a key. */
export const id = text.min(1).max(255);

/** An id where the API may have expanded it to the whole object. */
export const reference = z.union([id, z.object({ id }).transform((object) => object.id)], { error: "an id" });

/** An amount or count of any size. A fraction is an error: Stripe's amounts are whole. */
export const integer = z.union([z.bigint(), z.int()], { error: "an integer" }).transform((value) => BigInt(value));

/** Unix seconds up to the year 9999, which is as far as RFC 3339 goes. */
export const seconds = z.int().min(0).max(253_402_300_799);

/** Three letters; the currency table decides whether they mean something. */
export const currency = z.string().regex(/^[A-Za-z]{3}$/, "a currency code");

/** What the account's owner wrote on the object. */
export const metadata = z.record(text, text).nullish();
