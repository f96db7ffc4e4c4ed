import { LANES, SURE_SHARE, type Lane } from "./lane.ts";

/** A lane that could not use its share for another reason does not save it up. */
const MAX_OWED = 2;
/** Ten tenths are a little less than one. */
const A_WHOLE = 1 - 1e-9;

/** Whose turn it is among the lanes that wait: the most urgent, but those first that are owed a permit of their sure share. */
export class LaneTurns {
  readonly #owed = new Map<Lane, number>();

  /** The waiting lanes, who is next first. */
  order(waiting: readonly Lane[]): readonly Lane[] {
    const owed = waiting.filter((lane) => this.#owedTo(lane) >= A_WHOLE);
    return owed.length === 0 ? waiting : [...owed, ...waiting.filter((lane) => !owed.includes(lane))];
  }

  /** A permit went to `granted` while the lanes of `waiting` had somebody waiting. What is owed to a lane without any is forgotten. */
  count(granted: Lane, waiting: readonly Lane[], permits: number): void {
    for (const lane of LANES) {
      if (!waiting.includes(lane)) this.#owed.delete(lane);
      else this.#owed.set(lane, this.#owedAfter(lane, lane === granted ? permits : 0, permits));
    }
  }

  #owedAfter(lane: Lane, got: number, permits: number): number {
    return Math.min(MAX_OWED, Math.max(0, this.#owedTo(lane) + SURE_SHARE[lane] * permits - got));
  }

  #owedTo(lane: Lane): number {
    return this.#owed.get(lane) ?? 0;
  }
}
