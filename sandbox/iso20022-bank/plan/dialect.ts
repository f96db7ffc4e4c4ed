import { z } from "zod";

export const ENCODINGS = ["utf-8", "iso-8859-1", "utf-16le", "utf-16be"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Format options of a bank's files: each is allowed by the standard, or used in practice. */
export const dialectSchema = z.strictObject({
  prefix: z
    .string()
    .regex(/^[A-Za-z_][\w.-]*$/u)
    .optional()
    .describe("namespace prefix instead of a default namespace"),
  envelope: z.boolean().default(false).describe("AppHdr and Document in one RequestPayload"),
  unsignedBalances: z.boolean().default(false).describe("balances that are not negative have no CdtDbtInd"),
  bareEntries: z.boolean().default(false).describe("booked entries without Sts, BookgDt and ValDt"),
  balanceCodes: z
    .enum(["booked", "interim", "information"])
    .default("booked")
    .describe("OPBD and CLBD, PRCD and ITBD, or OPAV and INFO"),
  balanceSubType: z
    .string()
    .regex(/^[\w-]{1,35}$/u)
    .optional()
    .describe("Tp/SubTp/Prtry of every balance"),
  entries: z
    .enum(["listed", "totals", "none"])
    .default("listed")
    .describe("entries one by one; only their control totals; neither"),
  signedDebits: z.boolean().default(false).describe("TtlDbtNtries/Sum is a negative number"),
  reportTotals: z
    .enum(["none", "booked", "all"])
    .default("none")
    .describe("TxsSummry of a camt.052: none, over booked entries, or over pending ones too"),
  charges: z.enum(["records", "total"]).default("records").describe("each charge, or TtlChrgsAndTaxAmt only"),
  accountId: z
    .enum(["iban", "iban-in-other", "number"])
    .default("iban")
    .describe("Acct/Id/IBAN, the IBAN in Othr/Id, a number of the bank's own"),
  zone: z
    .string()
    .regex(/^(?:Z|[+-]\d\d:\d\d)$/u)
    .optional()
    .describe("BookgDt/DtTm with this offset instead of BookgDt/Dt"),
  oneIban: z
    .boolean()
    .default(false)
    .describe("all accounts under the IBAN and the statement ids of the first: one account in several currencies"),
  authorisations: z
    .boolean()
    .default(false)
    .describe(
      "camt.052: pending entries with five sixths of the booked amount, and one in the morning that is never booked",
    ),
  pages: z.int().min(1).max(1000).default(1).describe("number of pages of each statement"),
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
  fractionDigits: z.int().min(3).max(5).optional().describe("number of digits that amounts are padded to with zeros"),
});
export type Dialect = z.infer<typeof dialectSchema>;

/** The dialect with these options; all others have their defaults. */
export function dialectOf(switches: z.input<typeof dialectSchema> = {}): Dialect {
  return dialectSchema.parse(switches);
}
