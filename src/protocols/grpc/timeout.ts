/** Units of a timeout, each with its milliseconds. Source: gRPC, doc/PROTOCOL-HTTP2.md, "Timeout". */
const UNITS = [
  ["m", 1],
  ["S", 1_000],
  ["M", 60_000],
  ["H", 3_600_000],
] as const;
const MAX_VALUE = 99_999_999;

/** Returns the value of `grpc-timeout`: at most eight digits and a unit, never longer than requested by more than it. */
export function grpcTimeout(timeoutMs: number): string {
  const [unit, ms] = UNITS.find(([, unitMs]) => timeoutMs / unitMs <= MAX_VALUE) ?? UNITS[3];
  return `${Math.min(MAX_VALUE, Math.max(1, Math.floor(timeoutMs / ms)))}${unit}`;
}
