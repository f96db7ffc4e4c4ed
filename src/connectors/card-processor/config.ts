import { z } from "zod";
import { upstreamBaseUrl } from "../../protocols/rest/upstream-url.ts";

/** The processor's maximum: the fewest calls for the same objects. */
const MAX_PAGE_SIZE = 250;

const pem = z.string().regex(/^-----BEGIN [A-Z ]+-----/, "must be PEM: -----BEGIN …");

/** Settings of one merchant. */
export const cardProcessorConfig = z
  .strictObject({
    baseUrl: upstreamBaseUrl.describe(
      "Address of the gRPC interface: https://HOST:PORT. http means without encryption, for sandboxes only.",
    ),
    apiKey: z
      .string()
      .regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 printable characters without spaces")
      .meta({ secret: true })
      .describe("Key of the merchant, with read rights."),
    pageSize: z
      .int()
      .min(1)
      .max(MAX_PAGE_SIZE)
      .default(MAX_PAGE_SIZE)
      .describe("Number of objects per page, 1 to 250."),
    reflection: z
      .boolean()
      .default(false)
      .describe("Whether each full read asks the server for its contract, by reflection, and reports what differs."),
    certificateAuthority: pem
      .optional()
      .describe("PEM of the authorities that are trusted in addition to the system's."),
    clientCertificate: pem
      .optional()
      .describe("PEM of the certificate by which we prove our identity, with clientKey."),
    clientKey: pem.optional().meta({ secret: true }).describe("PEM of the private key of clientCertificate."),
  })
  .refine(({ clientCertificate, clientKey }) => (clientCertificate === undefined) === (clientKey === undefined), {
    path: ["clientKey"],
    error: "must be given together with clientCertificate",
  });
export type CardProcessorConfig = z.infer<typeof cardProcessorConfig>;
