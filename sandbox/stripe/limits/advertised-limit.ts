import { truthful, DISTORTIONS, type HeaderValues } from "./misleading-headers.ts";
import type { Limit } from "./limit.ts";
import type { MeterReading } from "./meter.ts";
import { policyOf, type Policy } from "./policy.ts";

/** Header values of one limit. */
export interface AdvertisedLimit extends HeaderValues {
  readonly limit: Limit;
  readonly policy: Policy;
  /**
   * Free permits divided by all permits, always the correct value: of several limits the one with the smallest share is
   * reported.
   */
  readonly share: number;
}

/** Computes the header values of a limit from a reading taken at `nowMs`, milliseconds since 1970. */
export function advertisedLimitOf(limit: Limit, reading: MeterReading, nowMs: number): AdvertisedLimit {
  const policy = policyOf(limit.rule);
  const distort = limit.distortion === undefined ? truthful : DISTORTIONS[limit.distortion];
  const values = distort({ ...reading, quota: policy.quota, nowMs });
  return { limit, policy, share: reading.remaining / policy.quota, ...values };
}
