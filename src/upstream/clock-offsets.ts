import { parseHttpDate } from "../protocols/rest/http-date.ts";

/*
 * Difference between our clock and those of upstreams, by the `Date` of their responses. A `Date` is in whole seconds and
 * was written at some time between the first byte of the request and the last one of the response: the middle is used,
 * which is wrong by at most half a second and half the duration.
 */

/** A response to an attempt of a call. */
export interface DatedResponse {
  /** HTTP status; undefined for another protocol. */
  readonly status: number | undefined;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly durationMs: number;
}

/** Difference between our clock and that of a source's upstream. */
export interface ClockOffset {
  readonly tenantId: string;
  readonly sourceId: string;
  /** Our time minus the upstream's: positive if its clock is behind. */
  readonly offsetMs: number;
}

export interface ClockOffsets {
  /** Takes a response into account that has just ended, at most one in a second of each source. */
  add(tenantId: string, sourceId: string, response: DatedResponse): void;
  /** Returns the medians of the sources that had responses since the last time. */
  take(): readonly ClockOffset[];
}

/** Shortest time between two samples of a source. */
const SAMPLE_MS = 1_000;
/** A longer call is no sample: it is not known when its `Date` was written. */
const LONGEST_MS = 5_000;
/** Samples whose median is used, and the fewest from which it is known: one of them may be of a wrong clock. */
const SAMPLES = 5;
const FEWEST = 3;
/** A sample counts for this time. */
const VALID_MS = 3_600_000;
/** About 10 MB. The clocks of more upstreams than this are not compared. */
const MAX_SOURCES = 50_000;

interface Samples {
  readonly tenantId: string;
  readonly sourceId: string;
  nextAtMs: number;
  isNew: boolean;
  latest: readonly { readonly atMs: number; readonly offsetMs: number }[];
}

/** @param nowMs epoch milliseconds */
export function createClockOffsets(nowMs: () => number): ClockOffsets {
  const sources = new Map<string, Samples>();
  return {
    add(tenantId, sourceId, response) {
      const atMs = nowMs();
      const key = `${tenantId}\0${sourceId}`;
      const existing = sources.get(key);
      if (existing !== undefined && atMs < existing.nextAtMs) return;
      const offsetMs = offsetOf(response, atMs);
      if (offsetMs === undefined) return;
      const samples = existing ?? { tenantId, sourceId, nextAtMs: 0, isNew: true, latest: [] };
      if (existing === undefined) {
        if (sources.size >= MAX_SOURCES) return;
        sources.set(key, samples);
      }
      samples.nextAtMs = atMs + SAMPLE_MS;
      samples.isNew = true;
      samples.latest = [...samples.latest, { atMs, offsetMs }].slice(-SAMPLES);
    },
    take() {
      const atMs = nowMs();
      const taken: ClockOffset[] = [];
      for (const [key, samples] of sources) {
        const { tenantId, sourceId, isNew } = samples;
        samples.latest = samples.latest.filter((sample) => Math.abs(atMs - sample.atMs) < VALID_MS);
        samples.isNew = false;
        if (samples.latest.length === 0) sources.delete(key);
        else if (isNew && samples.latest.length >= FEWEST)
          taken.push({ tenantId, sourceId, offsetMs: median(samples.latest.map((sample) => sample.offsetMs)) });
      }
      return taken;
    },
  };
}

/**
 * Returns our time minus the upstream's. Undefined if the response does not tell: without a valid `Date`; from a cache,
 * which states the time of the original response and the `Age` since then; an error of a server, which may be the page of
 * a gateway with a clock of its own. Source: RFC 9110, section 6.6.1, and RFC 9111, section 5.1
 */
function offsetOf({ status = 200, headers, durationMs }: DatedResponse, nowMs: number): number | undefined {
  const { date, age } = headers;
  if (date === undefined || age !== undefined || status >= 500 || durationMs > LONGEST_MS) return undefined;
  const theirMs = parseHttpDate(date);
  return theirMs === undefined ? undefined : nowMs - durationMs / 2 - (theirMs + 500);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
