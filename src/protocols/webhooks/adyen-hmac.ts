import { createHmac } from "node:crypto";
import { parseExactJson } from "../rest/exact-json.ts";
import { decodeBase64 } from "./encodings.ts";
import { indexOfMatch } from "./matches-any.ts";
import type { SecretProof } from "./proof.ts";
import { type CurrentSecret, type Secret, secretsAt } from "./secrets.ts";
import { signatureInvalid } from "./signed-call.ts";

/** Items in one POST. Adyen sends one in JSON, and six at the most in SOAP. */
const MAX_ITEMS = 50;
const MAX_FIELD_CHARS = 1024;

/** What `verifyAdyenHmac` needs. */
export interface AdyenInput {
  readonly body: Uint8Array;
  /** HMAC keys as the Customer Area shows them: 64 hex digits. */
  readonly keys: readonly Secret[];
  readonly nowMs: number;
}

/** What is known of one `NotificationRequestItem`, in the order of the POST. */
export interface AdyenItemVerdict {
  readonly isSigned: boolean;
  /** Place of its key among those that were given; undefined when it is not signed. */
  readonly secret: number | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Adyen's standard webhooks: each item carries its own HMAC-SHA-256, as base64 in `additionalData.hmacSignature`, over
 * eight of its fields joined with ":". The whole delivery is refused when one item is not signed, or there is none. The
 * proof names the first item's key: Adyen signs all items of a POST with one.
 *
 * Not escaped: a colon in a reference stands as it is. Adyen's documentation once told to escape it and its servers
 * never did; its libraries followed the servers (Adyen/adyen-php-api-library PR 165, adyen-python-api-library issue 117
 * and PR 193, adyen-ruby-api-library issue 108, adyen-node-api-library src/utils/hmacValidator.ts). Cutting the text in
 * another way is possible for the four references only, since the other fields can hold no colon here.
 *
 * Signed are those eight and nothing else: not `reason`, `eventDate`, `paymentMethod`, `live` or the rest of
 * `additionalData`. Nothing says when it was signed: only the inbox, which stores a delivery once, stands against
 * replay. Whoever applies the delivery must parse it with `parseExactJson` as well, so that of two equal keys the one
 * verified is the one applied.
 * Source: Adyen docs, "Verify HMAC signatures", "Standard webhooks".
 * @throws ServiceError SIGNATURE_INVALID, always with the same words
 */
export function verifyAdyenHmac(input: AdyenInput): SecretProof {
  const verdicts = adyenVerdicts(input);
  const secret = verdicts[0]?.secret;
  if (secret === undefined || !verdicts.every(({ isSigned }) => isSigned)) throw signatureInvalid();
  return { scheme: "adyen-hmac", secret };
}

/** Item by item, whether it is signed. Empty: the body is no notification, or has more than `MAX_ITEMS`. */
export function adyenVerdicts({ body, keys, nowMs }: AdyenInput): readonly AdyenItemVerdict[] {
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

/** Undefined: a field has a form that Adyen does not write. */
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
    // What is no JSON has no signature in it: refused with the words for all.
    return undefined;
  }
}

function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
