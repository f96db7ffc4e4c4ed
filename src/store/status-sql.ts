import { type Lifecycle, openStates, stateAfter, statesBefore } from "../domain/lifecycles.ts";

/** Returns a list of SQL text literals. The values are constants of the code, never input. */
export function literals(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(", ");
}

/** Returns the SQL literal of the state to which a signal leads. */
export function after<Signal extends string>(lifecycle: Lifecycle<string, Signal>, signal: Signal): string {
  return literals([stateAfter(lifecycle, signal)]);
}

/** Returns the SQL condition that a status allows a signal: one index on the status can serve it. */
export function allows<Signal extends string>(
  status: string,
  lifecycle: Lifecycle<string, Signal>,
  signal: Signal,
): string {
  const states = statesBefore(lifecycle, signal);
  return states.length === 1 ? `${status} = ${literals(states)}` : `${status} in (${literals(states)})`;
}

/**
 * Like `allows`, for rows that are given by their ids: an expression, because the planner would otherwise take the
 * index of the rows with this status when its statistics say that there are few, and read a whole backlog.
 */
export function allowsOfKnownRow<Signal extends string>(
  status: string,
  lifecycle: Lifecycle<string, Signal>,
  signal: Signal,
): string {
  return allows(`(${status} || '')`, lifecycle, signal);
}

/** Returns the SQL condition that the row has not ended. */
export function isOpen(status: string, lifecycle: Lifecycle<string, string>): string {
  return `${status} in (${literals(openStates(lifecycle))})`;
}

/** Returns the SQL condition that one of the signals leads from one status to the other. */
export function leads<Signal extends string>(
  from: string,
  to: string,
  lifecycle: Lifecycle<string, Signal>,
  signals: readonly Signal[],
): string {
  const pairs = signals.flatMap((signal) =>
    statesBefore(lifecycle, signal).map((state) => `(${literals([state, stateAfter(lifecycle, signal)])})`),
  );
  return `(${from}, ${to}) in (${pairs.join(", ")})`;
}
