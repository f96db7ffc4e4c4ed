import type { FileResolvers } from "./__generated__/types.ts";
import { allChildren } from "./child-list.ts";
import { sourceOf } from "./source-of.ts";

export const File: FileResolvers = {
  source: ({ sourceId }, _args, context) => sourceOf(context, sourceId),
  statements: ({ id }, _args, { loaders }) => allChildren(loaders.statementsByFile, id),
};
