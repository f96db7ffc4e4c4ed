import { z } from "zod";
import { id, seconds, text } from "./primitives.ts";

/** `data.object` is a snapshot of the object as it was when the event happened; its kind says how to read it. */
export const eventWire = z.object({
  id,
  object: z.literal("event"),
  /** A connected account's event, at a platform that listens to those too. */
  account: text.nullish(),
  api_version: text.nullish(),
  created: seconds,
  data: z.object({ object: z.looseObject({ object: text }) }),
  livemode: z.boolean().nullish(),
  type: text,
});
export type EventWire = z.infer<typeof eventWire>;

/** The type of an event that may be unreadable otherwise. */
export const eventTypeWire = z.object({ type: z.string().max(255) });
