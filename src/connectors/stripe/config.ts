import { z } from "zod";
import { MAX_SECRETS, type Secret } from "../../protocols/webhooks/secrets.ts";

/** A header's value: printable ASCII without spaces, so that a pasted newline fails here and not at the first call. */
const secretText = z.string().regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 printable characters without spaces");

const baseUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL" })
  .refine((url) => !/[?#@]/.test(url), "must have no query, fragment or user name")
  .transform((url) => url.replace(/\/+$/, ""));

/** While an endpoint's secret is rolled, Stripe signs with both until the old one expires. */
const webhookSecret = z
  .union(
    [
      secretText,
      z.strictObject({
        secret: secretText.describe("As the endpoint shows it: whsec_…"),
        expiresAt: z.iso
          .datetime({ offset: true, error: "must be RFC 3339, such as 2026-12-01T09:00:00Z" })
          .describe("RFC 3339; from this moment on it verifies nothing."),
      }),
    ],
    { error: "must be a text or {secret, expiresAt}, expiresAt as in 2026-12-01T09:00:00Z" },
  )
  .transform((given): Secret => {
    if (typeof given === "string") return given;
    return { value: given.secret, expiresAtMs: Date.parse(given.expiresAt) };
  });

/** Settings of one Stripe account. */
export const stripeConfig = z
  .strictObject({
    baseUrl: baseUrl
      .default("https://api.stripe.com")
      .describe("Where the API is. Only tests and sandboxes change it."),
    apiKey: secretText.describe("Secret or restricted key with read rights: sk_… or rk_…"),
    webhookSecrets: z
      .array(webhookSecret)
      .max(MAX_SECRETS)
      .default([])
      .describe(
        "Signing secrets of the webhook endpoint: texts, or {secret, expiresAt} for an old one while it is rotated. Empty: no webhooks are taken.",
      ),
  })
  .refine((config) => config.baseUrl.startsWith("https:") || isLiveKey(config.apiKey) !== true, {
    path: ["baseUrl"],
    error: "must be https with a live key",
  });

/** Whether a key is of live mode or of test mode, as its prefix says: `rk_live_`, `sk_test_`; undefined where it says neither. */
export function isLiveKey(apiKey: string): boolean | undefined {
  const mode = /^[a-z]+_(live|test)_/.exec(apiKey)?.[1];
  return mode === undefined ? undefined : mode === "live";
}

export type StripeConfig = z.infer<typeof stripeConfig>;
