import type { StatementCheckResolvers } from "./__generated__/types.ts";

export const StatementCheck: StatementCheckResolvers = {
  closes: ({ difference }) => (difference === undefined ? null : difference.minor === 0n),
};
