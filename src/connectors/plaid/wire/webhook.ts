import { z } from "zod";

/** What every webhook of Plaid has. `item_id` is there in all that are about an Item. */
export const webhookWire = z.object({
  webhook_type: z.string().min(1).max(100),
  webhook_code: z.string().min(1).max(100),
  item_id: z.string().nullish(),
});
export type WebhookWire = z.infer<typeof webhookWire>;

/** The answer of `/webhook_verification_key/get`; the key itself is judged where it is used. */
export const verificationKeyWire = z.object({ key: z.looseObject({ kid: z.string() }) });
