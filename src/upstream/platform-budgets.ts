import type { Budget } from "./budget/budget.ts";

/** A budget in use, until `release` is called. */
export interface TakenBudget {
  readonly budget: Budget;
  release(): void;
}

/** The budgets that the upstreams of a platform share in this process; each exists while one of them is open. */
export interface PlatformBudgets {
  /** @param create creates the budget of this credential */
  take(credential: string, create: () => Budget): TakenBudget;
}

export function createPlatformBudgets(): PlatformBudgets {
  const taken = new Map<string, { readonly budget: Budget; users: number }>();
  return {
    take(credential, create) {
      const entry = taken.get(credential) ?? { budget: create(), users: 0 };
      taken.set(credential, entry);
      entry.users += 1;
      return {
        budget: entry.budget,
        release() {
          entry.users -= 1;
          if (entry.users > 0) return;
          taken.delete(credential);
          entry.budget.close();
        },
      };
    },
  };
}
