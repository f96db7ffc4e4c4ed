import { z } from "zod";

/** A page. Items are parsed one by one, so that a garbled one stops only itself. */
export const listWire = z.object({
  object: z.literal("list"),
  data: z.array(z.unknown()),
  has_more: z.boolean(),
});

/** What paging itself needs of an item. */
export const listedWire = z.object({ id: z.string().min(1).max(255) });

/** When an item was made, for the progress figure only. */
export const createdWire = z.object({ created: z.int().nonnegative() });
