import { hash } from "node:crypto";
import { z } from "zod";
import type { RawPointer } from "../../connector-api/messages.ts";
import type {
  DeliveryIdentity,
  SignedWebhook,
  Verification,
  VerifyInput,
  WebhookCall,
  WebhookMessage,
} from "../../connector-api/webhook.ts";
import { ServiceError } from "../../domain/error.ts";
import { parseExactJson } from "../../protocols/rest/exact-json.ts";
import { plaidKeyId, type PlaidJwk, verifyPlaidJwt } from "../../protocols/webhooks/plaid-jwt.ts";
import { plaidPost } from "./client.ts";
import type { PlaidConfig } from "./config.ts";
import { streamsOf } from "./webhook-codes.ts";
import { verificationKeyWire, type WebhookWire, webhookWire } from "./wire/webhook.ts";

/** Plaid's webhooks: each says that there is something to read, and never what. Signed with keys that only Plaid has. */
export const plaidWebhook: SignedWebhook<PlaidConfig> = {
  trust: "SIGNED",
  isConfigured: ({ webhooks }) => webhooks,
  keys: {
    keyId: (call) => plaidKeyId(call),
    async fetchKey({ keyId, ...call }) {
      const answer = await plaidPost(call, {
        path: "/webhook_verification_key/get",
        body: { key_id: keyId },
        expected: ["INVALID_WEBHOOK_VERIFICATION_KEY_ID", "INVALID_FIELD"],
      });
      if ("refused" in answer) return undefined;
      const parsed = verificationKeyWire.safeParse(answer.json);
      if (!parsed.success) throw new ServiceError("UPSTREAM_MALFORMED", "the answer is no verification key");
      return parsed.data.key;
    },
  },
  verify,
  identify,
  parse,
};

function verify(input: VerifyInput<PlaidConfig>): Verification {
  // The service asks `fetchKey` for it, and hands back what that gave; `verifyPlaidJwt` believes no field of it.
  const key = input.key as PlaidJwk | undefined;
  verifyPlaidJwt({ ...input, keyOf: () => key });
  const kid = plaidKeyId(input);
  const { iat } = claimsOf(input) ?? {};
  return {
    scheme: "plaid-jwt",
    ...(kid !== undefined && { key: kid }),
    ...(iat !== undefined && { signedAt: new Date(iat * 1000).toISOString() }),
  };
}

/**
 * Plaid gives its webhooks no ids, and the same body comes each time that an Item has something new, so that its hash alone
 * would make every one but the first a duplicate for ever. What is signed at one second with one body is one delivery: the
 * same call sent again, by whomever, is a duplicate; what Plaid signs anew, because we did not answer or because there is
 * news, is another one, and at worst one read too many.
 */
function identify(call: WebhookCall): DeliveryIdentity {
  const wire = wireOf(call.body);
  const iat = claimsOf(call)?.iat;
  return {
    deliveryId: iat === undefined ? undefined : `${iat}:${hash("sha256", call.body, "hex")}`,
    eventType: wire && `${wire.webhook_type}.${wire.webhook_code}`,
  };
}

const claims = z.object({ iat: z.int() });

/** The claims of a call that has been verified. */
function claimsOf({ headers }: WebhookCall): z.infer<typeof claims> | undefined {
  const [, part = ""] = (headers.get("plaid-verification")?.[0] ?? "").split(".");
  try {
    return claims.safeParse(JSON.parse(Buffer.from(part, "base64url").toString("utf8"))).data;
  } catch {
    // Not JSON: it was never verified, and has no id.
    return undefined;
  }
}

function wireOf(body: Uint8Array): WebhookWire | undefined {
  try {
    return webhookWire.safeParse(parseExactJson(body)).data;
  } catch {
    // Not JSON: `parse` says so with words when it is applied.
    return undefined;
  }
}

function parse(raw: RawPointer, { itemId }: PlaidConfig): readonly WebhookMessage[] {
  const wire = wireOf(raw.payload.bytes);
  if (wire === undefined) throw new ServiceError("DELIVERY_MALFORMED", "the delivery is no webhook of Plaid's");
  // One address may serve many Items, each a source of its own.
  if (itemId !== undefined && wire.item_id && wire.item_id !== itemId) return [];
  return streamsOf(wire).map((stream) => ({ type: "streamHint", stream }));
}
