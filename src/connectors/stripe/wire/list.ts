import { z } from "zod";

/** A page. Items are parsed one by one, so that a garbled one stops only itself. */
export const listWire = z.object({
  object: z.literal("list"),
  data: z.array(z.unknown()),
  has_more: z.boolean(),
});

/** What paging itself needs of an item. */
export const listedWire = z.object({ id: z.string().min(1).max(255) });

/** Of the year 9999, beyond which a date has no RFC 3339 form. */
const LAST_SECOND = 253_402_300_799;

/** When an item was made: how far a walk has come. */
export const createdWire = z.object({ created: z.int().nonnegative().max(LAST_SECOND) });
