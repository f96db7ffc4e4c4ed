import { z } from "zod";
import { upstreamBaseUrl } from "../../protocols/rest/upstream-url.ts";
import { MAX_SECRETS, type Secret } from "../../protocols/webhooks/secrets.ts";
import { ACCOUNT_ID } from "./account-id.ts";

/** Maximum number of accounts named individually; `all` has no limit. */
const MAX_CONNECTED = 10_000;

/** A header's value: printable ASCII without spaces, so that a pasted newline fails here and not at the first call. */
const secretText = z.string().regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 printable characters without spaces");

const accountId = z.string().regex(ACCOUNT_ID, "must be the id of an account: acct_…");

/** Connected accounts: every call for one of them names it. */
const connectedAccounts = z
  .union([z.literal("all"), z.array(accountId).max(MAX_CONNECTED)], { error: "must be all, or a list of acct_… ids" })
  .refine((accounts) => accounts === "all" || new Set(accounts).size === accounts.length, "must name no account twice");

/** While an endpoint's secret is rolled, Stripe signs with both until the old one expires. */
const webhookSecret = z
  .union(
    [
      secretText,
      z.strictObject({
        secret: secretText.describe("Secret of the endpoint: whsec_…"),
        expiresAt: z.iso
          .datetime({ offset: true, error: "must be RFC 3339, such as 2026-12-01T09:00:00Z" })
          .describe("RFC 3339; from this time on, the secret is no longer accepted."),
      }),
    ],
    { error: "must be a string or {secret, expiresAt}, with expiresAt such as 2026-12-01T09:00:00Z" },
  )
  .transform((given): Secret => {
    if (typeof given === "string") return given;
    return { value: given.secret, expiresAtMs: Date.parse(given.expiresAt) };
  });

/** Settings of one Stripe account. */
export const stripeConfig = z
  .strictObject({
    baseUrl: upstreamBaseUrl
      .default("https://api.stripe.com")
      .describe("Base URL of the API. Only tests and sandboxes change it."),
    apiKey: secretText.meta({ secret: true }).describe("Secret or restricted key with read rights: sk_… or rk_…"),
    webhookSecrets: z
      .array(webhookSecret)
      .max(MAX_SECRETS)
      .default([])
      .meta({ secret: true })
      .describe(
        "Signing secrets of the webhook endpoints: strings, or {secret, expiresAt} for an old one during a rotation. Empty: no webhooks are accepted.",
      ),
    account: accountId
      .optional()
      .describe("For one connected account as a source of its own: its id (acct_…). Every call is made for it."),
    connectedAccounts: connectedAccounts
      .default([])
      .describe(
        "For a Connect platform: ids (acct_…) of the connected accounts to read besides its own, or `all` for every connected account.",
      ),
  })
  .refine((config) => config.baseUrl.startsWith("https:") || isLiveKey(config.apiKey) !== true, {
    path: ["baseUrl"],
    error: "must be https with a live key",
  })
  .refine(({ account, connectedAccounts: others }) => account === undefined || others.length === 0, {
    path: ["connectedAccounts"],
    error: "must be empty where account is given",
  });

/**
 * Returns true for a live mode key and false for a test mode key, by its prefix: `rk_live_`, `sk_test_`; undefined if
 * the prefix shows neither.
 */
export function isLiveKey(apiKey: string): boolean | undefined {
  const mode = /^[a-z]+_(live|test)_/.exec(apiKey)?.[1];
  return mode === undefined ? undefined : mode === "live";
}

export type StripeConfig = z.infer<typeof stripeConfig>;

/** Returns true if a source reads this connected account. */
export function isConnected({ connectedAccounts }: StripeConfig, account: string): boolean {
  return connectedAccounts === "all" || connectedAccounts.includes(account);
}

/** Returns true if a source reads more accounts than the key's own. */
export function isPlatform({ connectedAccounts }: StripeConfig): boolean {
  return connectedAccounts === "all" || connectedAccounts.length > 0;
}
