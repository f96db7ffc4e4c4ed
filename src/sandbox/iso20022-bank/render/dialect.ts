import { z } from "zod";

export const ENCODINGS = ["utf-8", "iso-8859-1", "utf-16le", "utf-16be"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** How a bank writes its files: all of it is allowed, or is done. */
export const dialectSchema = z.strictObject({
  prefix: z
    .string()
    .regex(/^[A-Za-z_][\w.-]*$/u)
    .optional()
    .describe("namespace prefix instead of a default namespace"),
  envelope: z.boolean().default(false).describe("AppHdr and Document in one RequestPayload"),
  unsignedBalances: z.boolean().default(false).describe("balances that are not negative have no CdtDbtInd"),
  bareEntries: z.boolean().default(false).describe("booked entries without Sts, BookgDt and ValDt"),
  balanceCodes: z.enum(["booked", "interim"]).default("booked").describe("OPBD and CLBD, or PRCD and ITBD"),
  accountId: z
    .enum(["iban", "iban-in-other", "number"])
    .default("iban")
    .describe("Acct/Id/IBAN, the IBAN in Othr/Id, a number of the bank's own"),
  zone: z
    .string()
    .regex(/^(?:Z|[+-]\d\d:\d\d)$/u)
    .optional()
    .describe("BookgDt/DtTm with this offset instead of BookgDt/Dt"),
  pages: z.int().min(1).max(1000).default(1).describe("each statement in so many pages"),
  pagesAs: z
    .enum(["statements", "files"])
    .default("statements")
    .describe("pages as several Stmt of one message, or a message each"),
  pageBalances: z
    .enum(["interim", "whole"])
    .default("interim")
    .describe("pages have their own balances (ITBD inside), or all of them the whole statement's"),
  together: z.boolean().default(false).describe("all accounts in one message"),
  encoding: z.enum(ENCODINGS).default("utf-8"),
  pretty: z.boolean().default(true).describe("false: one line"),
  noEndToEnd: z.boolean().default(false).describe("NOTPROVIDED for every EndToEndId"),
  fractionDigits: z.int().min(3).max(5).optional().describe("amounts filled up with zeros to so many digits"),
});
export type Dialect = z.infer<typeof dialectSchema>;

/** The dialect with these switches; all others as they are by default. */
export function dialectOf(switches: z.input<typeof dialectSchema> = {}): Dialect {
  return dialectSchema.parse(switches);
}
