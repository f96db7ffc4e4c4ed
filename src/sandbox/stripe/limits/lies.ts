import type { Lie } from "./limit.ts";
import type { MeterReading } from "./meter.ts";

/** What is to be told of a limit, and when: milliseconds since 1970. */
export interface Truth extends MeterReading {
  readonly quota: number;
  readonly nowMs: number;
}

/** The same as text, because a lie need not be a number. */
export interface Words {
  readonly remaining: string;
  /** When all permits are free again, in three units; undefined for concurrency. */
  readonly reset: { readonly deltaS: string; readonly epochS: string; readonly epochMs: string } | undefined;
}

/** The truth, seconds and milliseconds rounded up. */
export function honestly({ remaining, resetMs, nowMs }: Truth): Words {
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

/** Every lie. */
export const TOLD: Readonly<Record<Lie, (truth: Truth) => Words>> = {
  "always-zero": (truth) => honestly({ ...truth, remaining: 0 }),
  "always-full": (truth) => honestly({ ...truth, remaining: truth.quota }),
  "past-reset": (truth) => honestly(withReset(truth, -60_000)),
  "huge-reset": (truth) => honestly(withReset(truth, TEN_YEARS_MS)),
  negative: (truth) => honestly({ ...withReset(truth, -1000), remaining: -1 }),
  // Neither numbers nor tokens of structured fields.
  garbage: (truth) => ({ remaining: "lots?", reset: inAllUnits(honestly(truth), () => "soon?") }),
  "epoch-as-delta": (truth) => inAllUnitsOf(truth, ({ epochS }) => epochS),
  "delta-as-epoch": (truth) => inAllUnitsOf(truth, ({ deltaS }) => deltaS),
};

const withReset = (truth: Truth, resetMs: number): Truth =>
  truth.resetMs === undefined ? truth : { ...truth, resetMs };

function inAllUnitsOf(truth: Truth, text: (reset: NonNullable<Words["reset"]>) => string): Words {
  const words = honestly(truth);
  return { ...words, reset: inAllUnits(words, text) };
}

function inAllUnits({ reset }: Words, text: (reset: NonNullable<Words["reset"]>) => string): Words["reset"] {
  if (reset === undefined) return undefined;
  return { deltaS: text(reset), epochS: text(reset), epochMs: text(reset) };
}
