import type { SigningKey } from "../audit/signing-key.ts";
import { createEvidencePacks, type EvidencePacks } from "../evidence/evidence-packs.ts";
import type { Metrics } from "../metrics.ts";
import type { Part } from "../runtime/parts.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly metrics: Metrics;
  readonly signingKey: SigningKey;
}

/** Writes evidence packs, one at a time in each process. */
export const part: Part<Needs, { readonly evidencePacks: EvidencePacks }> = {
  name: "evidence",
  start({ config, dbFor, log, metrics, signingKey }) {
    const evidencePacks = createEvidencePacks({
      db: dbFor("evidence"),
      key: signingKey,
      days: config.retentionDays.evidence,
      random: Math.random,
      onProblem: (err) => log.warn({ err }, "an evidence pack could not be written"),
      onEnded: metrics.evidencePack,
    });
    evidencePacks.start();
    return { evidencePacks };
  },
  close: ({ evidencePacks }) => evidencePacks.close(PART_DRAIN_MS),
};
