import { z } from "zod";
import { parseBaseUrl } from "../../protocols/rest/base-url.ts";

/** A header's value: printable ASCII without spaces, so that a pasted newline fails here and not at the first call. */
const secretText = z.string().regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 printable characters without spaces");

const baseUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL" })
  .refine((url) => !/[?#@]/.test(url), "must have no query, fragment or user name")
  .transform((url) => url.replace(/\/+$/, ""))
  // Every call carries the keys to somebody's bank account: in the clear they go nowhere but to a sandbox of this machine.
  .refine((url) => url.startsWith("https:") || parseBaseUrl(url).namesLoopback, "must be https beyond this machine");

/** Settings of one Item: one user's login at one bank. */
export const plaidConfig = z.strictObject({
  baseUrl: baseUrl
    .default("https://production.plaid.com")
    .describe("Where the API is: https://sandbox.plaid.com for Plaid's sandbox."),
  clientId: secretText.describe("Client id of the Plaid account."),
  secret: secretText.describe("Secret of the Plaid account, for the environment that `baseUrl` is."),
  accessToken: secretText.describe("Access token of the Item: access-production-…"),
  itemId: secretText
    .optional()
    .describe("Id of the Item. With it, webhooks about other Items that come to the same address are passed over."),
  webhooks: z
    .boolean()
    .default(true)
    .describe("Whether webhooks are taken. Their keys are asked of Plaid, so that there is no secret of them to set."),
});

export type PlaidConfig = z.infer<typeof plaidConfig>;
