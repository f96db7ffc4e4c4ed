import { z } from "zod";

/**
 * Plaid's error: the body of a refusal, and the error state of an Item. `error_code` alone decides how we handle it.
 */
export const errorWire = z.object({
  error_type: z.string().nullish(),
  error_code: z.string(),
  request_id: z.string().nullish(),
});
export type ErrorWire = z.infer<typeof errorWire>;
