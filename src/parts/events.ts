import { createEventFeed, type EventFeed } from "../events/feed.ts";
import type { Part } from "../runtime/parts.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
}

/** The event log, from which subscriptions are served. */
export const part: Part<Needs, { readonly feed: EventFeed }> = {
  name: "events",
  start: ({ dbFor, log }) => ({
    feed: createEventFeed({
      database: dbFor("events", "awaited"),
      onProblem: (err) => log.warn({ err }, "the event feed failed, trying again"),
    }),
  }),
  close: ({ feed }) => feed.close(),
};
