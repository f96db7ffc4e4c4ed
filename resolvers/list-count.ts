import type { ListCountResolvers } from "./__generated__/types.ts";

export const ListCount: ListCountResolvers = {
  count: async ({ load }) => (await load()).count,
  isEstimate: async ({ load }) => (await load()).isEstimate,
};
