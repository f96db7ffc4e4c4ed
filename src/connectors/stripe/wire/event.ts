import { z } from "zod";
import { id, seconds, text } from "./primitives.ts";

/** `data.object` is a snapshot of the object at the time of the event; its type determines the parser. */
export const eventWire = z.object({
  id,
  object: z.literal("event"),
  /** Account of a connected account's event, at a platform that also receives those. */
  account: text.nullish(),
  api_version: text.nullish(),
  created: seconds,
  data: z.object({ object: z.looseObject({ object: text }), previous_attributes: z.unknown().optional() }),
  livemode: z.boolean().nullish(),
  type: text,
});
export type EventWire = z.infer<typeof eventWire>;

/** The type of an event that may be otherwise unreadable. */
export const eventTypeWire = z.object({ type: z.string().max(255) });
