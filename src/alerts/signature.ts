import { createHmac, randomBytes } from "node:crypto";

/** A secret with the time until which messages are signed with it too; undefined: without an end. */
export interface SigningSecret {
  /** `whsec_…` */
  readonly value: string;
  /** Epoch milliseconds. */
  readonly untilMs?: number | undefined;
}

const PREFIX = "whsec_";
/** Source: Standard Webhooks 1.0.0, "Signature scheme": 24 to 64 bytes. */
const SECRET_BYTES = 32;

export function createSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/**
 * Returns the headers of Standard Webhooks 1.0.0 for one attempt. While secrets are rotated there is a signature of each,
 * so that a receiver may use either one.
 */
export function signatureHeaders(
  id: string,
  body: string,
  secrets: readonly SigningSecret[],
  nowMs: number,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(nowMs / 1_000));
  const current = secrets.filter(({ untilMs }) => untilMs === undefined || nowMs < untilMs);
  const signatures = current.map(({ value }) => {
    const key = Buffer.from(value.slice(PREFIX.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
