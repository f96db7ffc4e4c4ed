import { z } from "zod";
import { ExactNumber } from "../../../protocols/rest/exact-json.ts";

/**
 * Text that can be stored: PostgreSQL takes neither U+0000 nor half a surrogate pair, and one such value would fail the
 * whole batch that it is in.
 */
export const text = z.string().refine((value) => value.isWellFormed() && !value.includes("\0"), "storable text");

/** An id, or any other word that is part of a key. Plaid's are case-sensitive. */
export const id = text.min(1).max(255);

/** A JSON number as the text that it was written with, which is the only exact form that it ever had. */
export const literal = z
  .union([z.int(), z.bigint(), z.instanceof(ExactNumber)], { error: "a number" })
  .transform((value) => String(value));

/** A calendar day. */
export const day = z.iso.date({ error: "a calendar date" });

/** A moment, kept as it is written, with or without a zone. */
export const moment = z.iso.datetime({ offset: true, local: true, error: "an ISO 8601 time" });

/** The two places of a currency: one of them is null. */
export const currencyCodes = {
  iso_currency_code: text.nullish(),
  unofficial_currency_code: text.nullish(),
};
