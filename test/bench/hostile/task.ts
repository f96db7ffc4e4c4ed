import { z } from "zod";

/** Stored payments, each with a payer, two refunds, a dispute and four ledger entries. */
export const PAYMENTS = 2_000;

export const readySchema = z.object({ url: z.string() });

/**
 * What the server saw since the previous line: the largest delay of its event loop, which other processes on the
 * machine prolong, its processor time, and the growth of its memory.
 */
export const figuresSchema = z.object({ delayMaxMs: z.number(), cpuMs: z.number(), rssGrowthMb: z.number() });
export type Figures = z.infer<typeof figuresSchema>;
