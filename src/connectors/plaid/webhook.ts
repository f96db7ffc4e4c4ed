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
import { beginPlaidJwt, plaidKeyId, type PlaidJwk, verifyPlaidJwt } from "../../protocols/webhooks/plaid-jwt.ts";
import { announcedEnd } from "./access-end.ts";
import { plaidPost } from "./client.ts";
import type { PlaidConfig } from "./config.ts";
import { streamsOf } from "./webhook-codes.ts";
import { verificationKeyWire, type WebhookWire, webhookWire } from "./wire/webhook.ts";

/**
 * Plaid's webhooks: each reports that new data can be read, and never contains it. Signed with keys that only Plaid
 * has.
 */
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
      if (!parsed.success) throw new ServiceError("UPSTREAM_MALFORMED", "the response is not a verification key");
      return parsed.data.key;
    },
  },
  recipient: ({ body }) => wireOf(body)?.item_id ?? undefined,
  begin: ({ headers, nowMs }) => beginPlaidJwt({ headers, nowMs }),
  verify,
  identify,
  parse,
};

function verify(input: VerifyInput<PlaidConfig>): Verification {
  // The service calls `fetchKey` for it, and passes its result here; `verifyPlaidJwt` trusts no field of it.
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
 * Identifies a delivery. Plaid gives its webhooks no ids, and the same body arrives each time that an Item has
 * something new, so that its hash alone would make every one but the first a duplicate forever. The same body signed in
 * the same second is one delivery: the same call sent again, by any sender, is a duplicate; a call that Plaid signs
 * again, because we did not respond or because there is new data, is another one, and at worst causes one unnecessary
 * read.
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

/** Returns the claims of a call that has been verified. */
function claimsOf({ headers }: WebhookCall): z.infer<typeof claims> | undefined {
  const [, part = ""] = (headers.get("plaid-verification")?.[0] ?? "").split(".");
  try {
    return claims.safeParse(parseExactJson(Buffer.from(part, "base64url"))).data;
  } catch {
    // Not JSON: it was never verified, and has no id.
    return undefined;
  }
}

function wireOf(body: Uint8Array): WebhookWire | undefined {
  try {
    return webhookWire.safeParse(parseExactJson(body)).data;
  } catch {
    // Not JSON, or ambiguous: `parse` reports that with a message when the delivery is applied.
    return undefined;
  }
}

function parse(raw: RawPointer, { itemId }: PlaidConfig): readonly WebhookMessage[] {
  const wire = webhookWire.safeParse(parseBody(raw.payload.bytes)).data;
  if (wire === undefined) throw new ServiceError("DELIVERY_MALFORMED", "the delivery is not a Plaid webhook");
  // One address may serve many Items, each a source of its own.
  if (itemId !== undefined && wire.item_id && wire.item_id !== itemId) return [];
  const end = announcedEnd(wire);
  const hints = streamsOf(wire).map((stream) => ({ type: "streamHint", stream }) as const);
  return end === undefined ? hints : [end, ...hints];
}

function parseBody(bytes: Uint8Array): unknown {
  try {
    return parseExactJson(bytes);
  } catch (cause) {
    const { publicMessage } = ServiceError.from(cause);
    throw new ServiceError("DELIVERY_MALFORMED", `the delivery is not a Plaid webhook: ${publicMessage}`, { cause });
  }
}
