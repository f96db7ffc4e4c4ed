import type { Distortion } from "./limit.ts";
import type { MeterReading } from "./meter.ts";

/** The correct state of a limit and its time, in milliseconds since 1970. */
export interface Truth extends MeterReading {
  readonly quota: number;
  readonly nowMs: number;
}

/** Header values as text, because an incorrect value need not be a number. */
export interface HeaderValues {
  readonly remaining: string;
  /** Time at which all permits are free again, in three units; undefined for concurrency. */
  readonly reset: { readonly deltaS: string; readonly epochS: string; readonly epochMs: string } | undefined;
}

/** Returns the correct values, seconds and milliseconds rounded up. */
export function truthful({ remaining, resetMs, nowMs }: Truth): HeaderValues {
  if (resetMs === undefined) return { remaining: String(remaining), reset: undefined };
  return {
    remaining: String(remaining),
    reset: {
      deltaS: String(Math.ceil(resetMs / 1000)),
      epochS: String(Math.ceil((nowMs + resetMs) / 1000)),
      epochMs: String(Math.ceil(nowMs + resetMs)),
    },
  };
}

const TEN_YEARS_MS = 315_360_000_000;

/** Every kind of incorrect value. */
export const DISTORTIONS: Readonly<Record<Distortion, (truth: Truth) => HeaderValues>> = {
  "always-zero": (truth) => truthful({ ...truth, remaining: 0 }),
  "always-full": (truth) => truthful({ ...truth, remaining: truth.quota }),
  "past-reset": (truth) => truthful(withReset(truth, -60_000)),
  "huge-reset": (truth) => truthful(withReset(truth, TEN_YEARS_MS)),
  negative: (truth) => truthful({ ...withReset(truth, -1000), remaining: -1 }),
  // Neither numbers nor tokens of structured fields.
  garbage: (truth) => ({ remaining: "lots?", reset: inAllUnits(truthful(truth), () => "soon?") }),
  "epoch-as-delta": (truth) => inAllUnitsOf(truth, ({ epochS }) => epochS),
  "delta-as-epoch": (truth) => inAllUnitsOf(truth, ({ deltaS }) => deltaS),
};

const withReset = (truth: Truth, resetMs: number): Truth =>
  truth.resetMs === undefined ? truth : { ...truth, resetMs };

function inAllUnitsOf(truth: Truth, text: (reset: NonNullable<HeaderValues["reset"]>) => string): HeaderValues {
  const words = truthful(truth);
  return { ...words, reset: inAllUnits(words, text) };
}

function inAllUnits(
  { reset }: HeaderValues,
  text: (reset: NonNullable<HeaderValues["reset"]>) => string,
): HeaderValues["reset"] {
  if (reset === undefined) return undefined;
  return { deltaS: text(reset), epochS: text(reset), epochMs: text(reset) };
}
