/**
 * Milliseconds since 1970, with fractions, that never decrease: the start of the process by the wall clock, plus the
 * time elapsed since by the monotonic one. Comparable between processes of one machine that started at about the same
 * time.
 */
export function steadyMs(): number {
  return performance.timeOrigin + performance.now();
}
