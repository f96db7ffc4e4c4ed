import type { Contributor } from "./contributor.ts";
import { audit } from "./audit.ts";
import { completeness } from "./completeness.ts";
import { findings } from "./findings.ts";
import { objects } from "./objects.ts";
import { payoutMatches } from "./payout-matches.ts";
import { payoutProofs } from "./payout-proofs.ts";
import { rawBytes } from "./raw-bytes.ts";
import { report } from "./report.ts";
import { totals } from "./totals.ts";

/** Parts of every pack, in the order of their members. */
export const CONTRIBUTORS: readonly Contributor[] = [
  report,
  totals,
  objects,
  findings,
  payoutProofs,
  payoutMatches,
  completeness,
  audit,
  rawBytes,
];
