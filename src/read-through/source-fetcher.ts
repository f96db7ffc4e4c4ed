import type { Logger } from "pino";
import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { type Call, callsOf, fetchMessages } from "./call.ts";
import { createCommitter } from "./committer.ts";
import { createFlight, type Flight, type Target } from "./flight.ts";
import { idsInUse } from "./ids-in-use.ts";
import type { Lately } from "./lately.ts";
import { reportRefused } from "./report-refused.ts";
import { refusal, refusalOf, type Verdict } from "./verdict.ts";

export interface SourceFetcherOptions {
  readonly db: Database;
  readonly source: Source;
  readonly lately: Lately;
  readonly log: Logger;
  readonly onDoubts: (sourceId: string) => void;
}

/** Fetches objects of one source, each once however many want it. */
export interface SourceFetcher {
  /**
   * The object's fetch that is under way, or a new one. Its kind is one that the connector fetches.
   * @param notBeforeMs on the monotonic clock: a fetch that was answered before, and is only still being stored, will not do
   */
  flightOf(target: Target, notBeforeMs: number): Flight;
  /** Refuses what is under way, cancels its calls, and resolves when the last commit has ended. */
  close(): Promise<void>;
}

/** What is wanted within one turn of the event loop leaves together. */
export function createSourceFetcher(options: SourceFetcherOptions): SourceFetcher {
  const { db, source, lately } = options;
  const committer = createCommitter({ db, source, onDoubts: () => options.onDoubts(source.id) });
  const flights = new Map<string, Flight>();
  /** Wanted, and not yet asked for. */
  const boarding = new Set<Flight>();
  /** Asked for, not yet answered. */
  const calls = new Map<Flight, Call>();
  /** When those were answered that are being stored. */
  const answered = new WeakMap<Flight, number>();
  /** Asked for again, since the first answer was in doubt. */
  const doubted = new WeakSet<Flight>();
  const running = new Set<Promise<void>>();
  let closed = false;

  function flightOf(target: Target, notBeforeMs: number): Flight {
    const underWay = flights.get(target.id);
    if (underWay !== undefined && (answered.get(underWay) ?? Infinity) >= notBeforeMs) return underWay;
    const flight = createFlight(target, () => abandon(flight));
    if (closed) {
      flight.land(refusal("OVERLOADED"));
      return flight;
    }
    flights.set(target.id, flight);
    board(flight);
    return flight;
  }

  function board(flight: Flight): void {
    boarding.add(flight);
    if (boarding.size === 1) setImmediate(depart);
  }

  /** A call is canceled when nobody waits for any of its objects; whoever wants one later begins anew. */
  function abandon(flight: Flight): void {
    if (boarding.delete(flight)) forget(flight);
    const call = calls.get(flight);
    if (call === undefined || !call.flights.every((other) => other.isAbandoned())) return;
    for (const other of call.flights) forget(other);
    call.controller.abort();
  }

  function forget(flight: Flight): void {
    if (flights.get(flight.target.id) === flight) flights.delete(flight.target.id);
  }

  function depart(): void {
    if (boarding.size === 0) return;
    const asked = db.query<{ asked: string }>("select clock_timestamp()::text as asked");
    for (const call of callsOf(source, boarding)) {
      for (const flight of call.flights) calls.set(flight, call);
      const ended = run(call, asked).finally(() => running.delete(ended));
      running.add(ended);
    }
    boarding.clear();
  }

  async function run(call: Call, asked: Promise<readonly { readonly asked: string }[]>): Promise<void> {
    try {
      const [clock] = await asked;
      const messages = await fetchMessages(source, call, await idsInUse(db, source, call));
      const answer = { messages, asked: clock?.asked ?? "" };
      const answeredMs = performance.now();
      for (const flight of call.flights) {
        calls.delete(flight);
        answered.set(flight, answeredMs);
      }
      const kept = await committer.commit(answer);
      for (const flight of call.flights) settle(flight, kept.get(flight.target.id));
    } catch (reason) {
      const error = ServiceError.from(reason);
      for (const flight of call.flights) {
        calls.delete(flight);
        land(flight, refusalOf(error));
      }
      const targets = call.flights.map(({ target }) => target);
      await reportRefused({ source, targets, error }, options);
    }
  }

  /**
   * Judges by what was stored: an answer that is quarantined shows nothing. One that could not be ordered against what was
   * written while it was on its way is asked for once more: what is stored by then, the next one has seen.
   */
  function settle(flight: Flight, kept: "observed" | "doubt" | undefined): void {
    if (kept === undefined) return land(flight, refusal("UPSTREAM_FAULT"));
    if (kept === "observed") {
      lately.note(flight.target.id, answered.get(flight) ?? -Infinity);
      return land(flight, { kind: "fresh", fetched: true });
    }
    if (closed || doubted.has(flight) || flight.isAbandoned()) return land(flight, refusal("OVERLOADED"));
    doubted.add(flight);
    answered.delete(flight);
    board(flight);
  }

  function land(flight: Flight, verdict: Verdict): void {
    forget(flight);
    flight.land(verdict);
  }

  return {
    flightOf,
    async close() {
      closed = true;
      for (const flight of flights.values()) flight.land(refusal("OVERLOADED"));
      boarding.clear();
      for (const { controller } of calls.values()) controller.abort();
      await Promise.all(running);
    },
  };
}
