import type { AccessEndMessage } from "../../connector-api/messages.ts";
import type { WebhookWire } from "./wire/webhook.ts";

const RENEWAL = "Let the user of the bank login renew the consent, by Plaid Link in update mode.";

/** Time from PENDING_DISCONNECT to the end where it does not state it. Source: Plaid docs, "Items", PENDING_DISCONNECT. */
const DISCONNECT_MS = 7 * 24 * 3_600_000;

/** Returns what the state of the Item says about the end of the user's consent. */
export function accessEndOf(consentEndMs: number | undefined): AccessEndMessage {
  const at = consentEndMs === undefined ? undefined : new Date(consentEndMs).toISOString();
  return { type: "accessEnd", at, renewal: RENEWAL };
}

/**
 * Returns what a webhook says about the end of the access; undefined if it says nothing about it. In Europe it is in the
 * Item's state too; in the United States and Canada it is only in the webhook. Source: Plaid docs, "Items", webhooks
 */
export function announcedEnd(wire: WebhookWire): AccessEndMessage | undefined {
  if (wire.webhook_type !== "ITEM") return undefined;
  switch (wire.webhook_code) {
    case "PENDING_EXPIRATION": {
      const endMs = Date.parse(wire.consent_expiration_time ?? "");
      return Number.isNaN(endMs) ? undefined : accessEndOf(endMs);
    }
    case "PENDING_DISCONNECT": {
      const endMs = Date.parse(wire.disconnect_time ?? "");
      const end = Number.isNaN(endMs) ? { at: undefined, afterMs: DISCONNECT_MS } : accessEndOf(endMs);
      return { type: "accessEnd", ...end, isAnnounced: true, renewal: RENEWAL };
    }
    case "LOGIN_REPAIRED":
      return { type: "accessEnd", at: undefined, isAnnounced: true, renewal: RENEWAL };
    default:
      return undefined;
  }
}
