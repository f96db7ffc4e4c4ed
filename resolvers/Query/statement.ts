import type { QueryResolvers } from "../__generated__/types.ts";
import { loadFresh } from "../load-fresh.ts";

export const statement: NonNullable<QueryResolvers["statement"]> = (_root, args, context) =>
  loadFresh(context, { type: "Statement", loader: context.loaders.statementById }, args);
