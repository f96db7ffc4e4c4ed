import { steadyMs } from "../arrivals/steady-clock.ts";
import type { ControlOptions, ControlRoute } from "./control-route.ts";

/** Routes for the requests that the server received, counted and individually. */
export const COUNTER_ROUTES: readonly (readonly [string, ControlRoute])[] = [
  [
    "GET counters",
    ({ counters, foreign, keys, dispatcher }) => {
      foreign.advance(steadyMs());
      return { json: { ...counters.read(keys.list().keys()), webhooks: dispatcher.counts() } };
    },
  ],
  [
    "DELETE counters",
    ({ counters, foreign, dispatcher }) => {
      foreign.advance(steadyMs());
      counters.reset();
      dispatcher.resetCounts();
      return { json: {} };
    },
  ],
  ["GET arrivals", (options, { query }) => ({ lines: arrivalLines(options, query.get("key") ?? undefined) })],
];

function* arrivalLines({ counters }: ControlOptions, key: string | undefined): Generator<string> {
  for (const arrival of counters.arrivals(key)) yield JSON.stringify(arrival);
}
