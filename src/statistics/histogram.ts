/*
 * A histogram with exponential buckets: bucket n has the values up to 1.5 to the power of n, so that a quantile is known
 * to a factor of 1.5, and the histograms of several processes and periods are added number by number.
 */

const BASE = 1.5;
/** The last bucket has everything above 11 million, which is three hours in milliseconds: it has no upper bound. */
export const BUCKETS = 42;

/** Returns the bucket of a value; 0 has everything up to 1. */
export function bucketOf(value: number): number {
  if (!(value > 1)) return 0;
  return Math.min(BUCKETS - 1, Math.ceil(Math.log(value) / Math.log(BASE)));
}

/**
 * Returns a quantile of the values in the buckets, as the upper bound of the bucket that it is in; undefined without
 * values.
 * @param share 0 to 1
 * @param max greatest value, which bounds the result
 */
export function quantile(buckets: readonly number[], share: number, max: number): number | undefined {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let passed = 0;
  for (const [bucket, count] of buckets.entries()) {
    passed += count;
    if (passed >= share * total && passed > 0) return bucket === BUCKETS - 1 ? max : Math.min(max, BASE ** bucket);
  }
  return max;
}
