import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const findings: NonNullable<QueryResolvers["findings"]> = (_root, args, context) =>
  rootList(context, args, "findings", context.loaders.lists.findings);
