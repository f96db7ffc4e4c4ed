import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const payment: NonNullable<QueryResolvers["payment"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.paymentById, id);
