import type { FileResolvers, QueryResolvers } from "./__generated__/types.ts";
import { allChildren } from "./child-list.ts";
import { loadOptional } from "./load-optional.ts";
import { resolveIdReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { sourceOf } from "./source-of.ts";

export const File: FileResolvers = {
  __resolveReference: (reference, { loaders }) =>
    resolveIdReference(reference, { type: "File", loader: loaders.fileById }),
  source: ({ sourceId }, _args, context) => sourceOf(context, sourceId),
  statements: ({ id }, _args, { loaders }) => allChildren(loaders.statementsByFile, id),
};

export const file: NonNullable<QueryResolvers["file"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.fileById, id);

export const files: NonNullable<QueryResolvers["files"]> = (_root, args, context) =>
  rootList(context, args, "files", context.loaders.lists.files);
