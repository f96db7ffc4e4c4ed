import { z } from "zod";
import { errorWire } from "./error.ts";
import { id, text } from "./primitives.ts";

/** The response of `/item/get`. */
export const itemWire = z.object({
  item: z.object({ item_id: id, error: errorWire.nullish(), consent_expiration_time: text.nullish() }),
  status: z.object({ transactions: z.object({ last_successful_update: text.nullish() }).nullish() }).nullish(),
});
