import { z } from "zod";

/** Settings of one account. A required setting has no default: a guess that looks right is worse than a message. */
export const exampleNameConfig = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL" })
    .transform((url) => url.replace(/\/+$/, ""))
    .describe("Where the API is."),
  apiKey: z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 printable characters without spaces")
    .describe("Key with read rights."),
});
export type ExampleNameConfig = z.infer<typeof exampleNameConfig>;
