import type { UnsignedWebhook } from "../../connector-api/webhook.ts";
import type { BankConfig } from "./config.ts";
import { STATEMENTS } from "./streams.ts";

/**
 * "There is something new": of the bank's own system, or of the script that puts files at the address. Nothing of such a call
 * is read, since nobody signs it.
 */
export const bankWebhook: UnsignedWebhook<BankConfig> = {
  trust: "HINT",
  isConfigured: ({ hints }) => hints,
  identify: () => ({ deliveryId: undefined, eventType: undefined }),
  parse: () => [{ type: "streamHint", stream: STATEMENTS.name }],
};
