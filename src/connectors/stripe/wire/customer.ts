import { z } from "zod";
import { id, metadata, seconds, text } from "./primitives.ts";

export const customerWire = z.object({
  id,
  object: z.literal("customer"),
  business_name: text.nullish(),
  created: seconds,
  description: text.nullish(),
  email: text.nullish(),
  individual_name: text.nullish(),
  metadata,
  name: text.nullish(),
  phone: text.nullish(),
});
export type CustomerWire = z.infer<typeof customerWire>;
