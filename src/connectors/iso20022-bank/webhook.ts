import type { UnsignedWebhook } from "../../connector-api/webhook.ts";
import type { BankConfig } from "./config.ts";
import { STATEMENTS } from "./streams.ts";

/**
 * Notification of new files, by the bank's own system, or by the script that uploads files to the address. The content
 * of such a call is not read, because it is not signed.
 */
export const bankWebhook: UnsignedWebhook<BankConfig> = {
  trust: "HINT",
  isConfigured: ({ hints }) => hints,
  identify: () => ({ deliveryId: undefined, eventType: undefined }),
  parse: () => [{ type: "streamHint", stream: STATEMENTS.name }],
};
