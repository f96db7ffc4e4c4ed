import type { Logger } from "pino";
import { requestRefetches } from "../apply/request-refetches.ts";
import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { type Call, callsOf, fetchMessages, judge } from "./call.ts";
import { createCommitter } from "./committer.ts";
import { createFlight, type Flight, type Target } from "./flight.ts";
import type { Lately } from "./lately.ts";
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
  /** The object's fetch that is under way, or a new one. Its kind is one that the connector fetches. */
  flightOf(target: Target): Flight;
  /** Refuses what is under way, cancels its calls, and resolves when the last commit has ended. */
  close(): Promise<void>;
}

/** What is wanted within one turn of the event loop leaves together. */
export function createSourceFetcher(options: SourceFetcherOptions): SourceFetcher {
  const { db, source, lately, log } = options;
  const committer = createCommitter({ db, source, onDoubts: () => options.onDoubts(source.id) });
  const flights = new Map<string, Flight>();
  /** Wanted, and not yet asked for. */
  const boarding = new Set<Flight>();
  /** Asked for, not yet answered. */
  const calls = new Set<Call>();
  const running = new Set<Promise<void>>();
  let closed = false;

  function flightOf(target: Target): Flight {
    const underWay = flights.get(target.id);
    if (underWay !== undefined) return underWay;
    const flight = createFlight(target, () => abandon(flight));
    if (closed) {
      flight.land(refusal("OVERLOADED"));
      return flight;
    }
    flights.set(target.id, flight);
    boarding.add(flight);
    if (boarding.size === 1) setImmediate(depart);
    return flight;
  }

  /** A call is canceled when nobody waits for any of its objects; whoever wants one later begins anew. */
  function abandon(flight: Flight): void {
    if (boarding.delete(flight)) forget(flight);
    for (const call of calls) {
      if (!call.flights.includes(flight) || !call.flights.every((other) => other.isAbandoned())) continue;
      for (const other of call.flights) forget(other);
      call.controller.abort();
    }
  }

  function forget(flight: Flight): void {
    if (flights.get(flight.target.id) === flight) flights.delete(flight.target.id);
  }

  function depart(): void {
    if (boarding.size === 0) return;
    const asked = db.query<{ asked: string }>("select clock_timestamp()::text as asked");
    for (const call of callsOf(source, boarding)) {
      calls.add(call);
      const ended = run(call, asked).finally(() => running.delete(ended));
      running.add(ended);
    }
    boarding.clear();
  }

  async function run(call: Call, asked: Promise<readonly { readonly asked: string }[]>): Promise<void> {
    try {
      const [clock] = await asked;
      const answer = { messages: await fetchMessages(source, call), asked: clock?.asked ?? "" };
      calls.delete(call);
      const observedMs = await committer.commit(answer);
      for (const { target } of call.flights) {
        if (judge(answer.messages, target).kind === "fresh") lately.note(target.id, observedMs);
      }
      land(call, (target) => judge(answer.messages, target));
    } catch (reason) {
      const error = ServiceError.from(reason);
      calls.delete(call);
      land(call, () => refusalOf(error));
      await report(call, error);
    }
  }

  function land(call: Call, verdictOf: (target: Target) => Verdict): void {
    for (const flight of call.flights) {
      forget(flight);
      flight.land(verdictOf(flight.target));
    }
  }

  /** Credentials that are refused to a reader are refused to all: the refetcher finds it out, and says so of the source. */
  async function report({ flights: refused }: Call, error: ServiceError): Promise<void> {
    if (error.code === "INTERNAL") log.error({ err: error, sourceId: source.id }, "fetching for a reader failed");
    if (error.code !== "UPSTREAM_UNAUTHORIZED") return;
    const targets = refused.map(({ target }) => target);
    try {
      await db.transaction(source.tenantId, (tx) => requestRefetches(tx, source.id, targets));
      options.onDoubts(source.id);
    } catch (reason) {
      log.warn({ err: reason, sourceId: source.id }, "refused credentials could not be reported");
    }
  }

  return {
    flightOf,
    async close() {
      closed = true;
      for (const flight of flights.values()) flight.land(refusal("OVERLOADED"));
      boarding.clear();
      for (const { controller } of calls) controller.abort();
      await Promise.all(running);
    },
  };
}
