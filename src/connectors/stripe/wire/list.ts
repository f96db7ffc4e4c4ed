import { z } from "zod";

/** A page. Items are parsed one by one, so that a malformed one fails alone. */
export const listWire = z.object({
  object: z.literal("list"),
  data: z.array(z.unknown()),
  has_more: z.boolean(),
});

/** The field of an item that paging needs. */
export const listedWire = z.object({ id: z.string().min(1).max(255) });

/** Last second of the year 9999, beyond which a date has no RFC 3339 form. */
const LAST_SECOND = 253_402_300_799;

/** Creation time of an item: shows how far a walk has come. */
export const createdWire = z.object({ created: z.int().nonnegative().max(LAST_SECOND) });
