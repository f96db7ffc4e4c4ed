import { type AuditTrail, createAuditTrail } from "../audit/audit-trail.ts";
import type { Metrics } from "../metrics.ts";
import type { Part } from "../runtime/parts.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly metrics: Metrics;
}

/** Records who did what. */
export const part: Part<Needs, { readonly auditTrail: AuditTrail }> = {
  name: "audit trail",
  start({ dbFor, log, metrics }) {
    const auditTrail = createAuditTrail({
      db: dbFor("audit trail"),
      random: Math.random,
      onRecorded: metrics.auditRow,
      onProblem: (err) => log.error({ err }, "the end of an action could not be recorded in the audit trail"),
    });
    auditTrail.start();
    return { auditTrail };
  },
  close: ({ auditTrail }) => auditTrail.close(PART_DRAIN_MS),
};
