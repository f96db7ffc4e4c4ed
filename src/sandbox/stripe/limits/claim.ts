import { honestly, TOLD, type Words } from "./lies.ts";
import type { Limit } from "./limit.ts";
import type { MeterReading } from "./meter.ts";
import { policyOf, type Policy } from "./policy.ts";

/** What the headers say of one limit. */
export interface Claim extends Words {
  readonly limit: Limit;
  readonly policy: Policy;
  /** Free permits by all permits, and always the truth: of several limits the tightest is told of. */
  readonly share: number;
}

/** What a limit's headers say of a reading taken at `nowMs`, milliseconds since 1970. */
export function claimOf(limit: Limit, reading: MeterReading, nowMs: number): Claim {
  const policy = policyOf(limit.rule);
  const tell = limit.lie === undefined ? honestly : TOLD[limit.lie];
  const words = tell({ ...reading, quota: policy.quota, nowMs });
  return { limit, policy, share: reading.remaining / policy.quota, ...words };
}
