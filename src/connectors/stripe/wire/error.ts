import { z } from "zod";

/** Stripe's error envelope. */
export const errorWire = z.object({
  error: z.object({ code: z.string().nullish(), param: z.string().nullish(), type: z.string().nullish() }),
});
