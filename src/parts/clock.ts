import type { Loop } from "../runtime/loop.ts";
import type { Part } from "../runtime/parts.ts";
import type { Database } from "../store/database.ts";
import { watchClock } from "../store/watch-clock.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly db: Database;
}

/** Reports when the clock of this process and the database's differ. */
export const part: Part<Needs, { readonly clockWatch: Loop }> = {
  name: "clock",
  start({ db, log }) {
    const clockWatch = watchClock({ db, log, random: Math.random });
    clockWatch.start();
    return { clockWatch };
  },
  close: ({ clockWatch }) => clockWatch.close(PART_DRAIN_MS),
};
