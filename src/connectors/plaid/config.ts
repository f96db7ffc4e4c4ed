import { z } from "zod";
import { parseBaseUrl } from "../../protocols/rest/base-url.ts";
import { upstreamBaseUrl } from "../../protocols/rest/upstream-url.ts";

/** A header's value: printable ASCII without spaces, so that a pasted newline fails here and not at the first call. */
const secretText = z.string().regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 printable characters without spaces");

const baseUrl = upstreamBaseUrl
  // Every call carries the keys to a customer's bank account: they are sent unencrypted only to a sandbox on this
  // machine.
  .refine(
    (url) => url.startsWith("https:") || parseBaseUrl(url).namesLoopback,
    "must be https unless the host is this machine",
  );

/** Settings of one Item: one user's login at one bank. */
export const plaidConfig = z.strictObject({
  baseUrl: baseUrl
    .default("https://production.plaid.com")
    .describe("Base URL of the API: https://sandbox.plaid.com for Plaid's sandbox."),
  clientId: secretText.describe("Client id of the Plaid account."),
  secret: secretText.meta({ secret: true }).describe("Secret of the Plaid account, for the environment of `baseUrl`."),
  accessToken: secretText.meta({ secret: true }).describe("Access token of the Item: access-production-…"),
  itemId: secretText
    .optional()
    .describe("Id of the Item. With it, webhooks about other Items that arrive at the same address are ignored."),
  webhooks: z
    .boolean()
    .default(true)
    .describe(
      "Whether webhooks are accepted. Their verification keys are fetched from Plaid, so there is no secret to set.",
    ),
});

export type PlaidConfig = z.infer<typeof plaidConfig>;
