import type { BudgetStateResolvers } from "./__generated__/types.ts";

export const BudgetState: BudgetStateResolvers = {
  inUse: ({ bucket, inUse }) => (bucket === "concurrency" ? inUse : null),
};
