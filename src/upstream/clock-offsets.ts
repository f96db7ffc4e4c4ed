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

/** A source that calls an upstream, perhaps with the credential of others. */
export interface ClockUser {
  readonly tenantId: string;
  readonly sourceId: string;
}

export interface ClockOffsets {
  /** Notes that a source makes a call with a credential: for an hour, the offset of that upstream is the source's too. */
  use(credential: string, source: ClockUser): void;
  /** Takes a response into account that has just ended, at most one in a second of each credential. */
  add(credential: string, response: DatedResponse): void;
  /** Returns the median of each upstream that had responses since the last time, for every source that uses it. */
  take(): readonly ClockOffset[];
}

/** Shortest time between two samples of a credential. */
const SAMPLE_MS = 1_000;
/** A longer call is no sample: it is not known when its `Date` was written. */
const LONGEST_MS = 5_000;
/** Samples whose median is used, and the fewest from which it is known: one of them may be of a wrong clock. */
const SAMPLES = 5;
const FEWEST = 3;
/** A sample counts for this time, and a use of the credential as well. */
const VALID_MS = 3_600_000;
/** About 10 MB. The clocks of the upstreams of more sources than this are not compared. */
const MAX_SOURCES = 50_000;

/** Sources of one credential and the latest responses to any of them. */
interface Clock {
  readonly users: Map<string, ClockUser & { readonly usedAtMs: number }>;
  nextAtMs: number;
  isNew: boolean;
  latest: readonly { readonly atMs: number; readonly offsetMs: number }[];
}

/** @param nowMs epoch milliseconds */
export function createClockOffsets(nowMs: () => number): ClockOffsets {
  const clocks = new Map<string, Clock>();
  let sources = 0;

  function forgetUnused(credential: string, clock: Clock, atMs: number): void {
    clock.latest = clock.latest.filter((sample) => isValid(sample.atMs, atMs));
    for (const [key, { usedAtMs }] of clock.users)
      if (!isValid(usedAtMs, atMs)) {
        clock.users.delete(key);
        sources -= 1;
      }
    if (clock.users.size === 0) clocks.delete(credential);
  }

  return {
    use(credential, { tenantId, sourceId }) {
      const key = `${tenantId}\0${sourceId}`;
      const existing = clocks.get(credential);
      const isKnown = existing?.users.has(key) ?? false;
      if (!isKnown && sources >= MAX_SOURCES) return;
      if (!isKnown) sources += 1;
      const clock = existing ?? { users: new Map(), nextAtMs: 0, isNew: false, latest: [] };
      if (existing === undefined) clocks.set(credential, clock);
      clock.users.set(key, { tenantId, sourceId, usedAtMs: nowMs() });
    },
    add(credential, response) {
      const atMs = nowMs();
      const clock = clocks.get(credential);
      if (clock === undefined || atMs < clock.nextAtMs) return;
      const offsetMs = offsetOf(response, atMs);
      if (offsetMs === undefined) return;
      clock.nextAtMs = atMs + SAMPLE_MS;
      clock.isNew = true;
      clock.latest = [...clock.latest, { atMs, offsetMs }].slice(-SAMPLES);
    },
    take() {
      const atMs = nowMs();
      const taken: ClockOffset[] = [];
      for (const [credential, clock] of clocks) {
        const { isNew } = clock;
        clock.isNew = false;
        forgetUnused(credential, clock, atMs);
        if (!isNew || clock.latest.length < FEWEST) continue;
        const offsetMs = median(clock.latest.map((sample) => sample.offsetMs));
        for (const { tenantId, sourceId } of clock.users.values()) taken.push({ tenantId, sourceId, offsetMs });
      }
      return taken;
    },
  };
}

function isValid(atMs: number, nowMs: number): boolean {
  return Math.abs(nowMs - atMs) < VALID_MS;
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
