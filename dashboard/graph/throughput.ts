import { type ReadonlySignal, signal } from "@preact/signals";

/** Seconds that are kept. */
const SECONDS = 120;

/** Events per second of the last two minutes, by what they are about. */
export interface Throughput {
  /** Epoch seconds, number of changed objects, and number of other events; oldest first. Replaced each second. */
  readonly seconds: ReadonlySignal<readonly [at: number[], changes: number[], others: number[]]>;
  add(events: readonly { readonly __typename: string }[]): void;
  /** Begins a new second. */
  tick(nowMs: number): void;
}

export function createThroughput(): Throughput {
  const seconds = signal<[number[], number[], number[]]>([[], [], []]);
  let [changes, others] = [0, 0];
  return {
    seconds,
    add(events) {
      const changed = events.filter(({ __typename: type }) => type === "EntityChanged").length;
      changes += changed;
      others += events.length - changed;
    },
    tick(nowMs) {
      const [at, changed, other] = seconds.value;
      const keep = (list: readonly number[], value: number): number[] => [...list, value].slice(-SECONDS);
      seconds.value = [keep(at, Math.floor(nowMs / 1_000)), keep(changed, changes), keep(other, others)];
      [changes, others] = [0, 0];
    },
  };
}
