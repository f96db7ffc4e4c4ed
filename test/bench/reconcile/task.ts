import { z } from "zod";

const connection = z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() });

/** Tenant whose source is compared. */
export const TENANT = "bench";

/** What the upstream prints when it is ready. */
export const addressSchema = z.object({ baseUrl: z.url(), apiKey: z.string(), startS: z.number() });

/** The task of the process that compares, as JSON in its first argument. */
export const taskSchema = addressSchema.extend({ connection });
export type Task = z.infer<typeof taskSchema>;

const figures = {
  seconds: z.number(),
  /** Largest resident memory above that before it, in MB. */
  growthMb: z.number(),
  /** Longest turn of the event loop, in milliseconds of processor time. */
  longestTurnMs: z.number(),
};

const comparison = z.object({ ...figures, calls: z.number(), differences: z.number() });
export type MeasuredComparison = z.infer<typeof comparison>;

/** The last line of its output. */
export const resultSchema = z.object({ records: z.number(), inStep: comparison, altered: comparison });
export type Result = z.infer<typeof resultSchema>;

/** The task of the process that writes an evidence pack. */
export const evidenceTaskSchema = z.object({ connection, tenantId: z.string(), path: z.string() });
export type EvidenceTask = z.infer<typeof evidenceTaskSchema>;

/** The last line of its output. */
export const packSchema = z.object({
  ...figures,
  /** Lines of objects, raw bytes and the audit trail. */
  rows: z.number(),
  megabytes: z.number(),
});
export type MeasuredPack = z.infer<typeof packSchema>;

/** The last line of the output of the process that verifies it. */
export const verificationSchema = z.object({ seconds: z.number(), growthMb: z.number(), problems: z.number() });
export type MeasuredVerification = z.infer<typeof verificationSchema>;

/** The task of the process that matches, as JSON in its first argument. */
export const matchTaskSchema = z.object({
  connection,
  payments: z.number(),
  /** Order in which the objects are stored; in random order they are matched meanwhile. */
  order: z.enum(["given", "random"]),
});
export type MatchTask = z.infer<typeof matchTaskSchema>;

/** The last line of its output. */
export const matchingSchema = z.object({
  order: matchTaskSchema.shape.order,
  payments: z.number(),
  /** Payouts and transactions with a result. */
  objects: z.number(),
  /** Time of all steps together. */
  seconds: z.number(),
  steps: z.number(),
  longestStepMs: z.number(),
  /** Matches that are not true. */
  wrong: z.number(),
  /** Planted breaks that no open object shows. */
  missed: z.number(),
  /** Share of the true matches that were found. */
  recall: z.number(),
});
export type MeasuredMatching = z.infer<typeof matchingSchema>;
