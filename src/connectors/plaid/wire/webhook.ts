import { z } from "zod";

/** Fields of every Plaid webhook. `item_id` is present in all that concern an Item. */
export const webhookWire = z.object({
  webhook_type: z.string().min(1).max(100),
  webhook_code: z.string().min(1).max(100),
  item_id: z.string().nullish(),
  /** Of PENDING_EXPIRATION. */
  consent_expiration_time: z.string().max(100).nullish().catch(undefined),
  /** Of PENDING_DISCONNECT; earlier versions of Plaid did not send it. */
  disconnect_time: z.string().max(100).nullish().catch(undefined),
});
export type WebhookWire = z.infer<typeof webhookWire>;

/** The response of `/webhook_verification_key/get`; the key itself is validated where it is used. */
export const verificationKeyWire = z.object({ key: z.looseObject({ kid: z.string() }) });
