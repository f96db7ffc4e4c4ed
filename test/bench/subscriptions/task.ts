import { z } from "zod";

/** Commands of a server, one JSON text per line of its input; each is answered by one line. */
export const serverCommandSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("publish"), events: z.number(), perTransaction: z.number() }),
  z.object({ type: z.literal("measure") }),
  z.object({ type: z.literal("cursor"), seq: z.string() }),
]);
export type ServerCommand = z.infer<typeof serverCommandSchema>;

/** Answer of a server; its first line has the address alone. */
export const serverAnswerSchema = z.object({
  /** `ws://127.0.0.1:PORT/graphql/ws` */
  url: z.string().optional(),
  /** Used heap after a collection. */
  heapBytes: z.number().optional(),
  /** Processor time since the last measurement. */
  cpuMs: z.number().optional(),
  /** Longest delay of the event loop since the last measurement. */
  delayMaxMs: z.number().optional(),
  cursor: z.string().optional(),
});
export type ServerAnswer = z.infer<typeof serverAnswerSchema>;

/** Commands of the clients; each is answered by an empty object when it is done. */
export const clientsCommandSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("open"),
    url: z.string(),
    subscribers: z.number(),
    /** Number of different documents that they send. */
    documents: z.number(),
    after: z.string().optional(),
    /** Messages that each subscriber receives before the command is done. */
    messages: z.number(),
  }),
  /** Waits until each subscriber has received this number of messages since it was opened. */
  z.object({ type: z.literal("await"), messages: z.number() }),
  z.object({ type: z.literal("close") }),
]);
export type ClientsCommand = z.infer<typeof clientsCommandSchema>;

/** Number of payments that the events are about. */
export const PAYMENTS = 500;

/** Selection of a page that shows changes of payments; `n` makes the document different from others. */
export function documentOf(n: number): string {
  return `subscription Changes($after: EventCursor) { syncEvents(after: $after) {
    __typename cursor at source { id }
    ... on EntityChanged { change entityType entityId entity { id${n === 0 ? "" : ` number${n}: id`} ... on Payment {
      status description amount { amount currency }
    } } }
  } }`;
}
