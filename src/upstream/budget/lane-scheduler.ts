import { LANES, GUARANTEED_SHARE, type Lane } from "./lane.ts";

/** Maximum number of permits owed: a lane that could not use its share for another reason does not save it up. */
const MAX_OWED = 2;
/** A whole permit: ten tenths are slightly less than one in floating point. */
const A_WHOLE = 1 - 1e-9;

/**
 * Order of the waiting lanes: the most urgent first, but before it those that are owed a permit of their guaranteed
 * share.
 */
export class LaneScheduler {
  readonly #owed = new Map<Lane, number>();

  /** Returns the waiting lanes, the next one first. */
  order(waiting: readonly Lane[]): readonly Lane[] {
    const owed = waiting.filter((lane) => this.#owedTo(lane) >= A_WHOLE);
    return owed.length === 0 ? waiting : [...owed, ...waiting.filter((lane) => !owed.includes(lane))];
  }

  /**
   * Records that a permit went to `granted` while the lanes of `waiting` had waiting calls. The debt to a lane without
   * any is dropped.
   */
  count(granted: Lane, waiting: readonly Lane[], permits: number): void {
    for (const lane of LANES) {
      if (!waiting.includes(lane)) this.#owed.delete(lane);
      else this.#owed.set(lane, this.#owedAfter(lane, lane === granted ? permits : 0, permits));
    }
  }

  #owedAfter(lane: Lane, got: number, permits: number): number {
    return Math.min(MAX_OWED, Math.max(0, this.#owedTo(lane) + GUARANTEED_SHARE[lane] * permits - got));
  }

  #owedTo(lane: Lane): number {
    return this.#owed.get(lane) ?? 0;
  }
}
