import { z } from "zod";
import { id, text } from "./primitives.ts";

/**
 * An event that contains only its object's id. `context` is the account that the object belongs to, if that is another
 * one.
 */
export const thinEventWire = z.object({
  id,
  object: z.literal("v2.core.event"),
  context: text.nullish(),
  livemode: z.boolean().nullish(),
  related_object: z.object({ id, type: text }).nullish(),
  type: text,
});
export type ThinEventWire = z.infer<typeof thinEventWire>;
