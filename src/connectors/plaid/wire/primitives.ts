import { z } from "zod";
import { ExactNumber } from "../../../protocols/rest/exact-number.ts";

/**
 * Text that can be stored: PostgreSQL accepts neither U+0000 nor an unpaired surrogate, and one such value would fail
 * its whole batch.
 */
export const text = z.string().refine((value) => value.isWellFormed() && !value.includes("\0"), "storable text");

/** An id, or any other text that is part of a key. Plaid's are case-sensitive. */
export const id = text.min(1).max(255);

/** A JSON number as its original text, which is its only exact form. */
export const literal = z
  .union([z.int(), z.bigint(), z.instanceof(ExactNumber)], { error: "a number" })
  .transform((value) => String(value));

/** A calendar day. */
export const day = z.iso.date({ error: "a calendar date" });

/** A time, kept as written, with or without a zone. */
export const moment = z.iso.datetime({ offset: true, local: true, error: "an ISO 8601 time" });

/** The two fields of a currency: one of them is null. */
export const currencyCodes = {
  iso_currency_code: text.nullish(),
  unofficial_currency_code: text.nullish(),
};
