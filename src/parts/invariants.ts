import type { Metrics } from "../metrics.ts";
import { startInvariantWatch } from "../reconcile/invariants/invariant-watch.ts";
import type { Loop } from "../runtime/loop.ts";
import type { Part } from "../runtime/parts.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly sources: SourceRegistry;
  readonly metrics: Metrics;
}

/** Checks the rules over stored objects in the background. */
export const part: Part<Needs, { readonly invariants: Loop }> = {
  name: "invariants",
  start: ({ dbFor, sources, log, wakeUps, metrics }) => ({
    invariants: startInvariantWatch({
      db: dbFor("invariants"),
      sources,
      log,
      wakeUps,
      random: Math.random,
      onConfirmed: metrics.invariantBroken,
    }),
  }),
  close: ({ invariants }) => invariants.close(PART_DRAIN_MS),
};
