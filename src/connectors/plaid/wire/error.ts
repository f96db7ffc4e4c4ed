import { z } from "zod";

/** Plaid's error: the body of a refusal, and what an Item says of itself. `error_code` alone decides what it means to us. */
export const errorWire = z.object({
  error_type: z.string().nullish(),
  error_code: z.string(),
  request_id: z.string().nullish(),
});
export type ErrorWire = z.infer<typeof errorWire>;
