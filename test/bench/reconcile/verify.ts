import { verifyEvidence } from "../../../tools/verify-evidence.ts";
import type { MeasuredVerification } from "./task.ts";

/** Verifies a pack, as `npm run verify-evidence` does. */
const before = process.memoryUsage.rss();
const startedAtMs = performance.now();
const { problems } = verifyEvidence(process.argv[2] ?? "");
const result: MeasuredVerification = {
  seconds: Number(((performance.now() - startedAtMs) / 1_000).toFixed(1)),
  growthMb: Math.round((process.resourceUsage().maxRSS - before / 1_024) / 1_024), // maxRSS is in KB
  problems: problems.length,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
