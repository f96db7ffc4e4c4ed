import { expect, test } from "@jest/globals";
import { type Lifecycle, statesOf, type SignalWithoutEffect } from "../../src/domain/lifecycles.ts";

export interface LifecycleWalk<State extends string, Signal extends string> {
  /** Stores a row in a state, and returns its id. */
  plant(state: State): Promise<string>;
  /** Real functions that give each signal to a row. A rejection counts as refused. */
  readonly signals: Readonly<Record<Signal, readonly ((id: string) => Promise<unknown>)[]>>;
  status(id: string): Promise<string>;
}

/** Defines a test for every pair of a state and a signal: the row must be in exactly the state of the table. */
export function walkLifecycle<State extends string, Signal extends string>(
  lifecycle: Lifecycle<State, Signal>,
  { plant, signals, status }: LifecycleWalk<State, Signal>,
): void {
  const pairs = statesOf(lifecycle).flatMap((state) =>
    (Object.keys(signals) as Signal[]).flatMap((signal) =>
      signals[signal].map((give, index) => ({ state, signal, give, index, next: lifecycle.next[state][signal] })),
    ),
  );
  test.each(pairs)("in the state $state, the signal $signal (function $index) leads to $next", async (pair) => {
    const id = await plant(pair.state);
    expect(await status(id)).toBe(pair.state);
    const given = await pair.give(id).then(
      () => "accepted",
      () => "refused",
    );
    expect(given).toBe(isRefused(pair.next) ? "refused" : "accepted");
    expect(await status(id)).toBe(typeof pair.next === "string" ? pair.next : pair.state);
  });
}

function isRefused(next: string | SignalWithoutEffect): boolean {
  return typeof next !== "string" && next.unchanged === "refused";
}
