import { z } from "zod";
import { upstreamBaseUrl } from "../../src/protocols/rest/upstream-url.ts";

/** Settings of one account. A required setting has no default: a plausible guess is worse than an error message. */
export const exampleNameConfig = z.strictObject({
  baseUrl: upstreamBaseUrl.describe("Where the API is."),
  apiKey: z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 printable characters without spaces")
    .meta({ secret: true }) // replaced by updateSourceCredentials, and by nothing else
    .describe("Key with read rights."),
});
export type ExampleNameConfig = z.infer<typeof exampleNameConfig>;
