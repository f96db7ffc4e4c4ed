import fc from "fast-check";

/** An action of the upstream, of the network, or of the service. */
export type Step =
  | { readonly do: "put"; readonly who: number; readonly name: number }
  | { readonly do: "remove"; readonly who: number }
  | { readonly do: "pass"; readonly ms: number }
  /** Events that the provider sends now, by number; repeated if they were sent before. */
  | { readonly do: "send"; readonly picks: readonly number[] }
  | { readonly do: "replay"; readonly pick: number }
  /** Applies stored deliveries, at most this many in one transaction. */
  | { readonly do: "apply"; readonly cut: number }
  /** Reads a list page and keeps it. */
  | { readonly do: "read" }
  /** Applies a kept page, by number; repeated if it was applied before. */
  | { readonly do: "page"; readonly pick: number }
  /** Fetches again; the responses were computed before, and arrive after, the steps in `meanwhile`. */
  | { readonly do: "refetch"; readonly meanwhile: readonly Step[] };

/** Number of customers in a history. */
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
  /** Ranks of all remaining items, repeated as often as necessary: the order in which they finally arrive. */
  readonly order: readonly number[];
  /** Maximum number of deliveries in one transaction, at the end. */
  readonly cut: number;
}

/** Generator of arbitrary histories. */
export const histories: fc.Arbitrary<History> = fc.record({
  steps: fc.array(fc.oneof(...plain, { weight: 2, arbitrary: refetch }), { minLength: 3, maxLength: 30 }),
  order: fc.array(fc.nat({ max: 1_000 }), { minLength: 8, maxLength: 8 }),
  cut: fc.integer({ min: 1, max: 7 }),
});
