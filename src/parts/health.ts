import { startHealthWatch } from "../diagnosis/health-watch.ts";
import type { Loop } from "../runtime/loop.ts";
import type { Part } from "../runtime/parts.ts";
import type { ServedTenants } from "../runtime/served-tenants.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly tenants: ServedTenants;
}

/** Evaluates in the background whether sources are in step with their upstreams, and reports each change. */
export const part: Part<Needs, { readonly health: Loop }> = {
  name: "health",
  start: ({ tenants, dbFor, log }) => ({
    health: startHealthWatch({ db: dbFor("health"), tenants, log, random: Math.random }),
  }),
  close: ({ health }) => health.close(PART_DRAIN_MS),
};
