import { z } from "zod";

/** Where the bank's address was read to: behind a file of a list, or a version of the one file that it gives. */
export const bankCursor = z.strictObject({
  after: z.string().nullable(),
  etag: z.string().nullable(),
});
export type BankCursor = z.infer<typeof bankCursor>;
