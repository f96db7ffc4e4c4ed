import fc from "fast-check";

/** Something that happens at the upstream, on the way, or at our side. */
export type Step =
  | { readonly do: "put"; readonly who: number; readonly name: number }
  | { readonly do: "remove"; readonly who: number }
  | { readonly do: "pass"; readonly ms: number }
  /** Events that the provider sends now, by number; again when they were sent before. */
  | { readonly do: "send"; readonly picks: readonly number[] }
  | { readonly do: "replay"; readonly pick: number }
  /** Applies what is stored, at most so many deliveries in one transaction. */
  | { readonly do: "apply"; readonly cut: number }
  /** Reads a list page and holds it. */
  | { readonly do: "read" }
  /** Applies a page that is held, by number; again when it was applied before. */
  | { readonly do: "page"; readonly pick: number }
  /** Fetches again; the answers were made before, and arrive after, what happens meanwhile. */
  | { readonly do: "refetch"; readonly meanwhile: readonly Step[] };

/** How many customers a history is about. */
export const CUSTOMERS = 3;

const who = fc.nat({ max: CUSTOMERS - 1 });
const pick = fc.nat({ max: 40 });
const plain: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 6, arbitrary: fc.record({ do: fc.constant("put" as const), who, name: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(0, 300, 700, 1_000, 2_500) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("send" as const), picks: fc.array(pick, { minLength: 1, maxLength: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("replay" as const), pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("apply" as const), cut: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("read" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("page" as const), pick }) },
];
const refetch = fc.record({
  do: fc.constant("refetch" as const),
  meanwhile: fc.array(fc.oneof(...plain), { maxLength: 4 }),
});

export interface History {
  readonly steps: readonly Step[];
  /** Ranks of whatever is left over, repeated as often as it takes: the order in which it arrives at last. */
  readonly order: readonly number[];
  /** Deliveries in one transaction, at the end. */
  readonly cut: number;
}

/** Any history. */
export const histories: fc.Arbitrary<History> = fc.record({
  steps: fc.array(fc.oneof(...plain, { weight: 2, arbitrary: refetch }), { minLength: 3, maxLength: 30 }),
  order: fc.array(fc.nat({ max: 1_000 }), { minLength: 8, maxLength: 8 }),
  cut: fc.integer({ min: 1, max: 7 }),
});
