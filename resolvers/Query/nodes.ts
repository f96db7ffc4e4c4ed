import type { QueryResolvers } from "../__generated__/types.ts";
import { requireShortLists } from "../input-error.ts";
import { loadNode } from "../load-node.ts";

export const nodes: NonNullable<QueryResolvers["nodes"]> = (_root, { ids, maxAge }, context) => {
  requireShortLists("nodes", { ids });
  return Promise.all(ids.map((id) => loadNode(context, { id, maxAge })));
};
