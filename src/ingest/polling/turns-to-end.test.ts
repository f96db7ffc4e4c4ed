import { expect, test } from "@jest/globals";
import { type Turn, turnsToEnd } from "./turns-to-end.ts";

const NOW_MS = 1_000_000;
const turn = (seconds: number, change: Partial<Turn> = {}): Turn => ({
  startedAtMs: NOW_MS - seconds * 1_000,
  hasAdvanced: true,
  isEnding: false,
  ...change,
});

test("the streams that were read for longest end their turns, as many as others wait", () => {
  const [short, long, longest] = [turn(9), turn(11), turn(30)];
  expect(turnsToEnd([long, short, longest], 5, NOW_MS)).toEqual([longest, long]);
  expect(turnsToEnd([long, short, longest], 1, NOW_MS)).toEqual([longest]);
  expect(turnsToEnd([long], 0, NOW_MS)).toEqual([]);
});

test("a stream whose turn is ending already is not chosen again", () => {
  const ending = turn(30, { isEnding: true });
  const next = turn(20);
  expect(turnsToEnd([ending, next], 1, NOW_MS)).toEqual([next]);
});

test("a stream keeps its turn until its first checkpoint, because it would only repeat its calls, but not for ever", () => {
  const waiting = turn(60, { hasAdvanced: false });
  const stuck = turn(121, { hasAdvanced: false });
  expect(turnsToEnd([waiting, stuck], 2, NOW_MS)).toEqual([stuck]);
});
