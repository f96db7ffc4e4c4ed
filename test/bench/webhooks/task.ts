import { z } from "zod";

const connection = z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() });

/** What a contestant is told, as JSON in its first argument. It prints its URL when it is ready. */
export const contestantSchema = z.object({ connection, secret: z.string() });
export type ContestantTask = z.infer<typeof contestantSchema>;

/** What the load generator is told. */
export const loadSchema = z.object({
  /** Of the endpoint, path included. */
  url: z.url(),
  secret: z.string(),
  /** Texts of real events; the ids in them are made distinct. */
  templates: z.array(z.string()).min(1),
  /** Makes the ids of this load distinct from those of all others. */
  prefix: z.string(),
  events: z.number().int().positive(),
  connections: z.number().int().positive(),
  /** Undefined: each connection sends as soon as it has its answer. Otherwise events are due at this rate, answered or not. */
  perSecond: z.number().positive().optional(),
});
export type LoadTask = z.infer<typeof loadSchema>;

/** What the load generator prints as its last line. */
export const loadResultSchema = z.object({
  events: z.number(),
  /** From the first request to the last answer. */
  ms: z.number(),
  /** Answers that were no 2xx, and no 503 that says when to come again. */
  failed: z.number(),
  /** Calls that a 503 with `Retry-After` put off. Each was made again after the load, until it was taken. */
  deferred: z.number(),
  /** Milliseconds from when an event was due to its answer. */
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
});
export type LoadResult = z.infer<typeof loadResultSchema>;

/** What the subscriber is told. */
export const subscriberSchema = z.object({
  /** `http://127.0.0.1:PORT` */
  service: z.url(),
  tenantId: z.string(),
  sourceId: z.string(),
  secret: z.string(),
  /** Texts of events that each change one payment intent. */
  templates: z.array(z.string()).min(1),
  prefix: z.string(),
  events: z.number().int().positive(),
  /** The first ones, which are not measured: the service compiles what it does often. */
  warmUp: z.number().int().nonnegative(),
  connections: z.number().int().positive(),
  perSecond: z.number().positive(),
});
export type SubscriberTask = z.infer<typeof subscriberSchema>;

/** What the subscriber prints as its last line. */
export const subscriberResultSchema = z.object({
  events: z.number(),
  failed: z.number(),
  /** Events that never came. */
  missing: z.number(),
  /** Milliseconds from when a webhook was sent to the message at the subscriber. */
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
});
export type SubscriberResult = z.infer<typeof subscriberResultSchema>;
