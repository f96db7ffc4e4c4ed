import { describe, expect, test } from "@jest/globals";
import {
  DELIVERY,
  FILE,
  type Lifecycle,
  openStates,
  QUARANTINE,
  RUN,
  SOURCE,
  stateAfter,
  statesBefore,
  statesOf,
  STREAM,
} from "./lifecycles.ts";

const ALL: readonly (readonly [string, Lifecycle<string, string>])[] = [
  ["SOURCE", SOURCE],
  ["RUN", RUN],
  ["STREAM", STREAM],
  ["DELIVERY", DELIVERY],
  ["FILE", FILE],
  ["QUARANTINE", QUARANTINE],
];

/** Returns the states to which signals lead from a state. */
function nextOf({ next }: Lifecycle<string, string>, state: string): readonly string[] {
  return Object.values(next[state] ?? {}).filter((target) => typeof target === "string");
}

function reachable(lifecycle: Lifecycle<string, string>): ReadonlySet<string> {
  const found = new Set(lifecycle.initial);
  for (const state of found) for (const target of nextOf(lifecycle, state)) found.add(target); // grows while it is read
  return found;
}

describe.each(ALL)("the lifecycle %s", (_name, lifecycle) => {
  test("reaches every state from its initial states", () => {
    expect([...reachable(lifecycle)].toSorted()).toEqual(statesOf(lifecycle).toSorted());
  });

  test("has a way out of every state that is not terminal, and none out of a terminal one", () => {
    for (const state of statesOf(lifecycle)) {
      const targets = nextOf(lifecycle, state).filter((target) => target !== state);
      expect([state, targets.length > 0]).toEqual([state, openStates(lifecycle).includes(state)]);
    }
  });

  test("has for every signal one target, and a reason for every state in which it has no effect", () => {
    const signals = Object.keys(lifecycle.next[statesOf(lifecycle)[0] ?? ""] ?? {});
    expect(signals.length).toBeGreaterThan(0);
    for (const signal of signals) {
      expect(statesBefore(lifecycle, signal).length).toBeGreaterThan(0);
      expect(statesOf(lifecycle)).toContain(stateAfter(lifecycle, signal));
    }
    const unchanged = statesOf(lifecycle).flatMap((state) =>
      Object.values(lifecycle.next[state] ?? {}).filter((target) => typeof target !== "string"),
    );
    for (const { reason } of unchanged) expect(reason).toMatch(/^\w.{10,}$/);
  });
});

test("a signal that leads to several states has no single target", () => {
  const branching: Lifecycle<"A" | "B", "go"> = {
    initial: ["A"],
    terminal: [],
    next: { A: { go: "B" }, B: { go: "A" } },
  };
  expect(() => stateAfter(branching, "go")).toThrow("exactly one state, got 2");
});
