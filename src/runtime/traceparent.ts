/** Position in a trace, as the header `traceparent` has it. Source: W3C Trace Context, "traceparent Header". */
export interface TracePosition {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  /** Bit 0: the spans of the trace are recorded. */
  readonly traceFlags: number;
}

/** Versions above 00 may have more fields behind these, and ff is no version. */
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const MAX_CHARACTERS = 512;
const RECORDED = 1;

/** Returns the position that a header names; undefined for any other text, which begins no error but a new trace. */
export function parseTraceparent(text: unknown): TracePosition | undefined {
  if (typeof text !== "string" || text.length > MAX_CHARACTERS) return undefined;
  const [, version, traceId = "", spanId = "", flags = "", rest] = TRACEPARENT.exec(text) ?? [];
  if (version === undefined || (version === "00" && rest !== undefined)) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & RECORDED };
}

/** Returns the header of a position. The database checks this form: migration 0027. */
export function formatTraceparent({ traceId, spanId, traceFlags }: TracePosition): string {
  return `00-${traceId}-${spanId}-0${traceFlags & RECORDED}`;
}
