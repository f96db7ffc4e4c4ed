import { z } from "zod";

/**
 * Read position at the bank's address: after a file of a list, or after a version of the only file that it provides.
 */
export const bankCursor = z.strictObject({
  after: z.string().nullable(),
  etag: z.string().nullable(),
});
export type BankCursor = z.infer<typeof bankCursor>;
