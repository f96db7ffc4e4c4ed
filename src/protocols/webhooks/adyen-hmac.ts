import { createHmac } from "node:crypto";
import { parseExactJson } from "../rest/exact-json.ts";
import { decodeBase64 } from "./encodings.ts";
import { indexOfMatch } from "./matches-any.ts";
import type { SecretProof } from "./proof.ts";
import { type CurrentSecret, type Secret, secretsAt } from "./secrets.ts";
import { signatureInvalid } from "./signed-call.ts";

/** Maximum items in one POST. Adyen sends one in JSON, and at most six in SOAP. */
const MAX_ITEMS = 50;
const MAX_FIELD_CHARS = 1024;

/** Input of `verifyAdyenHmac`. */
export interface AdyenInput {
  readonly body: Uint8Array;
  /** HMAC keys as displayed in the Customer Area: 64 hex digits. */
  readonly keys: readonly Secret[];
  readonly nowMs: number;
}

/** Verification result of one `NotificationRequestItem`, in the order of the POST. */
export interface AdyenItemSignature {
  readonly isSigned: boolean;
  /** Index of the matching key in the input; undefined if the item is not signed. */
  readonly secret: number | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Verifies Adyen's standard webhooks: each item carries its own HMAC-SHA-256, as base64 in
 * `additionalData.hmacSignature`, over eight of its fields joined with ":". The whole delivery is rejected if one item
 * is not signed, or if there is none. The proof names the first item's key: Adyen signs all items of a POST with one.
 * A colon in a reference is not escaped. Adyen's documentation once required escaping and its servers never did it; its
 * libraries followed the servers (Adyen/adyen-php-api-library PR 165, adyen-python-api-library issue 117 and PR 193,
 * adyen-ruby-api-library issue 108, adyen-node-api-library src/utils/hmacValidator.ts). Splitting the text in another
 * way is possible for the four references only, because the other fields cannot contain a colon here.
 * Only those eight fields are signed: not `reason`, `eventDate`, `paymentMethod`, `live` or the rest of
 * `additionalData`. The signature has no timestamp: only the inbox, which stores a delivery once, protects from replay.
 * A body with a duplicate key in one object is rejected: only one of the two values would be verified. Source: Adyen
 * docs, "Verify HMAC signatures", "Standard webhooks".
 * @throws ServiceError SIGNATURE_INVALID, always with the same message
 */
export function verifyAdyenHmac(input: AdyenInput): SecretProof {
  const signatures = adyenSignatures(input);
  const secret = signatures[0]?.secret;
  if (secret === undefined || !signatures.every(({ isSigned }) => isSigned)) throw signatureInvalid();
  return { scheme: "adyen-hmac", secret };
}

/** Returns for each item if it is signed. Empty: the body is not a notification, or has more than `MAX_ITEMS` items. */
export function adyenSignatures({ body, keys, nowMs }: AdyenInput): readonly AdyenItemSignature[] {
  const secrets = secretsAt(keys, nowMs).filter(({ value }) => /^(?:[0-9a-f]{64}|[0-9A-F]{64})$/.test(value));
  return itemsOf(body).map((item) => {
    const secret = signedWith(item, secrets)?.index;
    return { isSigned: secret !== undefined, secret };
  });
}

function signedWith(item: Json, keys: readonly CurrentSecret[]): CurrentSecret | undefined {
  const { hmacSignature } = objectOf(item["additionalData"]);
  const signature = typeof hmacSignature === "string" ? decodeBase64(hmacSignature) : undefined;
  const text = signedText(item);
  if (signature === undefined || text === undefined) return undefined;
  const expected = keys.map(({ value }) =>
    createHmac("sha256", Buffer.from(value, "hex")).update(text, "utf8").digest(),
  );
  return keys[indexOfMatch(expected, [signature]) ?? -1];
}

/** Returns the signed text; undefined: a field has a form that Adyen does not write. */
function signedText(item: Json): string | undefined {
  const amount = objectOf(item["amount"]);
  const fields = [
    reference(item["pspReference"]),
    reference(item["originalReference"]),
    reference(item["merchantAccountCode"]),
    reference(item["merchantReference"]),
    /^-?[0-9]{1,18}$/.exec(integerText(amount["value"]))?.[0],
    /^[A-Z]{3}$/.exec(reference(amount["currency"]) ?? "")?.[0],
    /^[A-Z][A-Z0-9_]{0,99}$/.exec(reference(item["eventCode"]) ?? "")?.[0],
    /^(?:true|false)$/.exec(reference(item["success"]) ?? "")?.[0],
  ];
  return fields.includes(undefined) ? undefined : fields.join(":");
}

/** An absent reference is signed as an empty one. */
function reference(value: unknown): string | undefined {
  if (value === undefined || value === null) return "";
  return typeof value === "string" && value.length <= MAX_FIELD_CHARS ? value : undefined;
}

function integerText(value: unknown): string {
  return typeof value === "number" || typeof value === "bigint" ? String(value) : "";
}

function itemsOf(body: Uint8Array): readonly Json[] {
  const { notificationItems } = objectOf(parseOrUndefined(body));
  if (!Array.isArray(notificationItems) || notificationItems.length > MAX_ITEMS) return [];
  return notificationItems.map((entry: unknown) => objectOf(objectOf(entry)["NotificationRequestItem"]));
}

function parseOrUndefined(body: Uint8Array): unknown {
  try {
    return parseExactJson(body);
  } catch {
    // Invalid JSON contains no signature: it is rejected with the common message.
    return undefined;
  }
}

function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
