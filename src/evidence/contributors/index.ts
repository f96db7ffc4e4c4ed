import type { Contributor } from "./contributor.ts";
import { audit } from "./audit.ts";
import { findings } from "./findings.ts";
import { objects } from "./objects.ts";
import { rawBytes } from "./raw-bytes.ts";
import { report } from "./report.ts";
import { totals } from "./totals.ts";

/** Parts of every pack, in the order of their members. */
export const CONTRIBUTORS: readonly Contributor[] = [report, totals, objects, findings, audit, rawBytes];
