import { expect, test } from "@jest/globals";
import { lagOf, overviewSentence, stateOf } from "./source-state.ts";

test.each([
  [{}, "No source is connected."],
  [{ IN_STEP: 1 }, "The only source is in step."],
  [{ IN_STEP: 5 }, "All 5 sources are in step."],
  [{ IN_STEP: 3, OUT_OF_STEP: 2 }, "2 of 5 sources out of step."],
  [{ IN_STEP: 1, CATCHING_UP: 2, UNKNOWN: 1 }, "0 of 4 sources out of step, 2 catching up, 1 unknown."],
])("the overview says of %j: %s", (states, expected) => {
  const counts = Object.entries(states).map(([state, count]) => ({ state: state as "IN_STEP", count }));
  expect(overviewSentence(counts)).toBe(expected);
});

test("the most serious diagnosis is the cause of a state", () => {
  const diagnoses = [
    { sentence: "The first.", expectedRecoveryAt: "2026-11-30T12:00:00.000Z" },
    { sentence: "The second.", expectedRecoveryAt: null },
  ];
  const health = { state: "CATCHING_UP", since: "2026-11-30T11:00:00.000Z", cause: "RATE_LIMIT", diagnoses } as const;
  expect(stateOf({ status: "ACTIVE", health })).toEqual({
    tone: "warn",
    label: "Catching up",
    since: health.since,
    cause: "The first.",
    recoversAt: "2026-11-30T12:00:00.000Z",
  });
  expect(stateOf({ status: "PAUSED", health: { ...health, state: "UNKNOWN" } })).toMatchObject({ label: "Paused" });
  expect(stateOf({ status: null, health: null })).toMatchObject({ label: "Disconnected", tone: "idle" });
});

test("data is as old as the newest checkpoint, once everything was read", () => {
  const now = Date.parse("2026-11-30T12:00:00.000Z");
  const streams = [{ checkpointAt: "2026-11-30T11:59:50.000Z" }, { checkpointAt: null }];
  expect(lagOf({ lastSuccessAt: "2026-11-30T11:58:00.000Z", streams }, now)).toBe(10_000);
  expect(lagOf({ lastSuccessAt: null, streams }, now)).toBeUndefined();
});
