import type { SourceIdResolvers } from "./__generated__/types.ts";

export const SourceId: SourceIdResolvers = {
  isCurrent: ({ replaced }) => !replaced,
};
