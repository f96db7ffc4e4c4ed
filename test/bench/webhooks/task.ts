import { z } from "zod";

const connection = z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() });

/** The task of a contestant, as JSON in its first argument. It prints its URL when it is ready. */
export const contestantSchema = z.object({ connection, secret: z.string() });
export type ContestantTask = z.infer<typeof contestantSchema>;

/** The task of the load generator. */
export const loadSchema = z.object({
  /** Of the endpoint, path included. */
  url: z.url(),
  secret: z.string(),
  /** Texts of real events; the ids in them are made distinct. */
  templates: z.array(z.string()).min(1),
  /** Makes the ids of this load different from those of all others. */
  prefix: z.string(),
  events: z.number().int().positive(),
  connections: z.number().int().positive(),
  /**
   * Undefined: each connection sends as soon as it has its response. Otherwise events are due at this rate, answered
   * or not.
   */
  perSecond: z.number().positive().optional(),
});
export type LoadTask = z.infer<typeof loadSchema>;

/** The last line of the load generator's output. */
export const loadResultSchema = z.object({
  events: z.number(),
  /** From the first request to the last response. */
  ms: z.number(),
  /** Responses that were neither 2xx nor a 503 with a time to retry after. */
  failed: z.number(),
  /** Calls that got a 503 with `Retry-After`. Each was made again after the load, until it was accepted. */
  deferred: z.number(),
  /** Milliseconds from the due time of an event to its response. */
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
});
export type LoadResult = z.infer<typeof loadResultSchema>;

/** The task of the subscriber. */
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
  /** The first ones, which are not measured: the service compiles its frequent code. */
  warmUp: z.number().int().nonnegative(),
  connections: z.number().int().positive(),
  perSecond: z.number().positive(),
});
export type SubscriberTask = z.infer<typeof subscriberSchema>;

/** The last line of the subscriber's output. */
export const subscriberResultSchema = z.object({
  events: z.number(),
  failed: z.number(),
  /** Events that never arrived. */
  missing: z.number(),
  /** Milliseconds from the sending of a webhook to the message at the subscriber. */
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
});
export type SubscriberResult = z.infer<typeof subscriberResultSchema>;
