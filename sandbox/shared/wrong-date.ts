/** Part of a set of faults that this needs. */
interface ClockFaults {
  strike(name: "clockBehindMs" | "clockAheadMs", path: string): { readonly value: number | undefined } | undefined;
}

/** Returns the `Date` of a response whose server's clock is wrong; undefined without such a fault. */
export function wrongDate(faults: ClockFaults, path: string): string | undefined {
  const behind = faults.strike("clockBehindMs", path)?.value;
  const ahead = faults.strike("clockAheadMs", path)?.value;
  if (behind === undefined && ahead === undefined) return undefined;
  return new Date(Date.now() - (behind ?? 0) + (ahead ?? 0)).toUTCString();
}
