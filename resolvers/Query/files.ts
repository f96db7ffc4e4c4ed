import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const files: NonNullable<QueryResolvers["files"]> = (_root, args, context) =>
  rootList(context, args, "files", context.loaders.lists.files);
